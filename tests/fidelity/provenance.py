"""Which test of the original suite printed which run of the seed log.

The suite ran every test ten times over: a *block*. In a block each process proposes one
and the same value. The log opens with five rounds of the two hardest tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .runs import Run


class Case(NamedTuple):
    """One row of the tables: a scenario by name, with its size and its profile.

    ``n`` is None where the scenario's own number of participants is meant.
    """

    scenario: str
    n: int | None
    profile: str

    def __str__(self) -> str:
        return " ".join(str(part) for part in self if part is not None)


_COMPLEX = tuple(
    (Case(scenario, 11, profile), 10)
    for scenario in ("leader_crash_complex", "leader_crash_complex_2")
    for profile in ("dist", "local")
)

_SUITE: tuple[tuple[Case, int], ...] = (
    (Case("simple_3", 3, "local"), 5),
    (Case("simple", 3, "local"), 10),
    (Case("simple", 3, "dist"), 10),
    (Case("simple", 5, "local"), 10),
    (Case("simple_2", 3, "dist"), 10),
    (Case("simple_2", 3, "local"), 10),
    (Case("simple_3", 3, "local"), 10),
    (Case("many_1", 5, "dist"), 10),
    (Case("many_1", 5, "local"), 10),
    (Case("many_2", 5, "dist"), 10),
    (Case("many_2", 5, "local"), 10),
    (Case("non_leader_crash", 3, "dist"), 10),
    (Case("non_leader_crash", 3, "local"), 10),
    (Case("minority_non_leader_crash", 5, "dist"), 10),
    (Case("minority_non_leader_crash", 5, "local"), 10),
    (Case("leader_crash_simple", 5, "dist"), 10),
    (Case("leader_crash_simple", 5, "local"), 10),
    (Case("leader_crash_simple_2", 7, "dist"), 10),
    (Case("leader_crash_simple_2", 7, "local"), 10),
)

_LAST: tuple[tuple[Case, int], ...] = (
    (Case("leader_crash_before_decision", 5, "dist"), 10),
    (Case("leader_crash_before_decision", 5, "local"), 10),
)

BLOCKS: tuple[tuple[Case, int], ...] = _COMPLEX * 5 + _SUITE + _COMPLEX + _LAST
"""All blocks in the order of the log, with their numbers of complete runs."""


def blocks(runs: Sequence[Run]) -> Iterator[tuple[Case, Sequence[Run]]]:
    """The complete runs of the seed log by block.

    Raises ValueError when their number is not the one that ``BLOCKS`` adds up to.
    """
    wanted = sum(length for _, length in BLOCKS)
    if len(runs) != wanted:
        raise ValueError(f"the seed log has {wanted} complete runs, these are {len(runs)}")
    start = 0
    for case, length in BLOCKS:
        yield case, runs[start : start + length]
        start += length


def by_case(runs: Sequence[Run]) -> dict[Case, list[Run]]:
    """The complete runs of the seed log by row of its tables."""
    rows: dict[Case, list[Run]] = {}
    for case, block in blocks(runs):
        rows.setdefault(case, []).extend(block)
    return rows
