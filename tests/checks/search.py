"""Searches the seeds of ``planted`` again: ``python -m tests.checks.search [MUTANT]``.

For every planted bug it prints the first seed in which exactly the same checks find it,
as a line for the table.
"""

from __future__ import annotations

import sys

from msgspec.structs import replace

from tests.checks.planted import PLANTED, Planted, finds

MOST_SEEDS = 2_000


def again(planted: Planted) -> Planted | None:
    """The same bug with the first seed that shows it to the same checks, or None."""
    for seed in range(MOST_SEEDS):
        found = finds(replace(planted, seed=seed).run())
        if found.keys() == planted.finds.keys():
            return replace(planted, seed=seed, finds=found)
    return None


def main(mutants: list[str]) -> None:
    """Print the lines of these mutants, or of all."""
    for planted in PLANTED:
        if not mutants or planted.mutant in mutants:
            found = again(planted)
            print(f"# no seed: {planted}" if found is None else line(found))


def line(planted: Planted) -> str:
    """The planted bug as it stands in the table."""
    return f'    Planted("{planted.mutant}", "{planted.scene}", {planted.seed}, {planted.finds}),'


if __name__ == "__main__":
    main(sys.argv[1:])
