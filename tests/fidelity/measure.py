"""What one run's log amounts to: counts of lines, order of lines, fates of the killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .runs import Run, smallest

PROPOSE = ("propose", "propose_action")
PREPARED = ("prepared", "prepared_value")

COLUMNS: dict[str, tuple[str, ...]] = {
    "propose": PROPOSE,
    "SET3": ("set_3",),
    "SET2": ("set_2",),
    "SETv": ("set_value",),
    "leader": ("leader",),
    "sendprep": ("send_prepare",),
    "prepare": ("prepare",),
    "prepared": PREPARED,
    "Try": ("try_count",),
    "accept": ("accept",),
    "accepted": ("accepted",),
    "decided": ("decided",),
    "already": ("already",),
    "client": ("client_decided",),
    "mql": ("queue",),
}
"""Column of the seed's table of counts -> the kinds of lines that it counts."""

FATES = ("before", "between", "after")
"""A killed proposer was gone before it took part in a ballot, during it, or after deciding."""


@dataclass(frozen=True)
class Measurement:
    """The figures of one run.

    ``counts`` has one entry for each of ``COLUMNS``. ``leader_lines`` counts the leader
    lines of each survivor. ``tokens`` counts a promise count printed in one piece once.
    """

    counts: dict[str, int]
    proposer: str
    smallest_proposes: bool
    second_ballot: bool
    leader_lines: tuple[int, ...]
    leader_lines_by_killed: int
    late_leader_lines: int
    leader_changes: bool
    ghost_first: bool
    accepts_before_accepted: int
    accepted_before_decided: int
    accept_before_value: bool
    proposer_accepts_first: bool
    proposer_decides_first: bool
    cut_pairs: int
    tokens: int
    fates: tuple[str, ...]


def measure(run: Run) -> Measurement:
    """The figures of a complete run that decided something."""
    sent = run.of("send_prepare")
    proposer = sent[-1].process if sent else ""
    leaders = run.of("leader")
    cut_pairs = count_cut_pairs(run)
    return Measurement(
        counts={column: len(run.places(*kinds)) for column, kinds in COLUMNS.items()},
        proposer=proposer,
        smallest_proposes=proposer == smallest(run.survivors),
        second_ballot=any(line.fields["ballot"] == "2" for line in sent),
        leader_lines=_lines_each(run, run.survivors),
        leader_lines_by_killed=sum(line.process not in run.survivors for line in leaders),
        late_leader_lines=_count_from(run, "leader", run.first("decided")),
        leader_changes=len({line.fields["leader"] for line in leaders}) > 1,
        ghost_first=bool(leaders) and leaders[0].fields["leader"] not in run.survivors,
        accepts_before_accepted=_count_before(run, "accept", run.first("accepted")),
        accepted_before_decided=_count_before(run, "accepted", run.first("decided")),
        accept_before_value=run.first("accept") < run.first("set_value"),
        proposer_accepts_first=[line.process for line in run.of("accept")[:1]] == [proposer],
        proposer_decides_first=[line.process for line in run.of("decided")[:1]] == [proposer],
        cut_pairs=cut_pairs,
        tokens=len(run.lines) - len(run.places("try_run")) + cut_pairs,
        fates=tuple(fate(run, name) for name in sorted(run.killed_proposers)),
    )


def fate(run: Run, name: str) -> str:
    """What became of a killed proposer: one of ``FATES``.

    *after*: it printed a decision. *between*: it printed a leader line or a prepare, and
    no decision. *before*: neither.
    """
    printed = {line.kind for line in run.of_process(name)}
    if "decided" in printed:
        return "after"
    return "between" if printed & {"leader", "prepare"} else "before"


def count_cut_pairs(run: Run) -> int:
    """How often another line came between the two halves of a promise count."""
    ends = [run.lines[place + 1].kind for place in run.places("try_run") if place + 1 < len(run.lines)]
    return len(run.places("try_run")) - ends.count("try_count")


def _lines_each(run: Run, processes: Iterable[str]) -> tuple[int, ...]:
    by_process = Counter(line.process for line in run.of("leader"))
    return tuple(by_process[name] for name in sorted(processes))


def _count_before(run: Run, kind: str, end: int) -> int:
    return sum(place < end for place in run.places(kind))


def _count_from(run: Run, kind: str, start: int) -> int:
    return len(run.places(kind)) - _count_before(run, kind, start)
