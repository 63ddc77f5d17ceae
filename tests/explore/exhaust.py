"""The whole of two proposers with two attempts each: ``python -m tests.explore.exhaust``.

It takes some minutes, so it is no test. The correct textbook protocol with three acceptors is
exhausted in 369,265 states and 2,281,249 transitions, and holds.
"""

from __future__ import annotations

import sys

from simulation.explore import explore
from simulation.protocols import find_protocol


def main() -> None:
    """Explore, and say what came of it; progress goes to the standard error."""
    explored = explore(
        find_protocol("textbook"),
        on_progress=lambda *counts: print("states and transitions so far:", *counts, file=sys.stderr),
    )
    print(explored)


if __name__ == "__main__":
    main()
