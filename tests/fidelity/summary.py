"""Many runs of one case as one row of figures: the form in which the seed's are stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from .measure import COLUMNS, FATES, Measurement

Spread = tuple[float, float, float]
"""Least, median, most."""

ORDER = (
    "late_leader_lines",
    "leader_lines_by_killed",
    "accepts_before_accepted",
    "accepted_before_decided",
    "tokens",
)
"""The figures of a measurement that are summed up as a spread, beside the counts."""

RUNS_WITH = (
    "second_ballot",
    "late_leader_lines",
    "leader_changes",
    "accept_before_value",
    "smallest_proposes",
    "ghost_first",
    "proposer_accepts_first",
    "proposer_decides_first",
)
"""The figures of a measurement of which the runs are counted where they are not zero."""


@dataclass(frozen=True)
class Summary:
    """The figures of ``runs`` runs.

    ``lines`` and ``order`` are spreads over the runs, ``runs_with`` and ``proposers``
    count runs, ``leader_lines_per_survivor`` counts survivors by the number of their
    leader lines, ``fates`` counts killed proposers. ``usual_survivors`` counts those that
    printed the usual order of lines; it means something in the ``local`` profile only.
    """

    runs: int
    lines: dict[str, Spread]
    order: dict[str, Spread]
    runs_with: dict[str, int]
    cut_pairs: int
    leader_lines_per_survivor: dict[int, int]
    proposers: dict[str, int]
    fates: dict[str, int] = field(default_factory=dict)
    usual_survivors: int = 0

    def shares(self) -> dict[str, float]:
        """Every share of this row, between 0 and 1, by name."""
        survivors = sum(self.leader_lines_per_survivor.values())
        counted = {f"runs with {name}": self.runs_with[name] / self.runs for name in RUNS_WITH}
        for lines in range(4):
            counted[f"{lines} leader lines"] = self.leader_lines_per_survivor.get(lines, 0) / survivors
        for name, killed in self.fates.items():
            counted[f"killed {name}"] = killed / sum(self.fates.values())
        if self.usual_survivors:
            counted["usual order"] = self.usual_survivors / survivors
        for name, runs in self.proposers.items():
            counted[f"proposer {name}"] = runs / self.runs
        return counted


def summarise(measurements: Sequence[Measurement], usual_survivors: int = 0) -> Summary:
    """The row of figures of these runs; there has to be one at least."""
    fates = Counter(name for one in measurements for name in one.fates)
    return Summary(
        runs=len(measurements),
        lines={column: spread(one.counts[column] for one in measurements) for column in COLUMNS},
        order={name: spread(getattr(one, name) for one in measurements) for name in ORDER},
        runs_with={name: sum(bool(getattr(one, name)) for one in measurements) for name in RUNS_WITH},
        cut_pairs=sum(one.cut_pairs for one in measurements),
        leader_lines_per_survivor=dict(Counter(lines for one in measurements for lines in one.leader_lines)),
        proposers=dict(Counter(one.proposer for one in measurements)),
        fates={name: fates[name] for name in FATES} if fates else {},
        usual_survivors=usual_survivors,
    )


def spread(figures: Iterable[float]) -> Spread:
    """Least, median and most of the figures; of an even number the median is a mean of two."""
    ordered = sorted(figures)
    return ordered[0], median(ordered), ordered[-1]
