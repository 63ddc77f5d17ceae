"""``python -m simulation``."""

from _simulation_command import main

if __name__ == "__main__":
    raise SystemExit(main())
