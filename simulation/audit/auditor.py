"""A whole log: every run in it re-enacted and checked, one after the other.

Nothing of a run is kept when the next one comes, except what is to be told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from simulation.audit.explain import Divergence, explain
from simulation.audit.notes import notes
from simulation.checks.printed import judge_lines
from simulation.errors import InputError
from simulation.reenact import LINE_US, Diverged, GivenUp, Reenacted, Reenactor
from simulation.run import Run
from simulation.seedlog.lines import Line, cut
from simulation.seedlog.profile import profile_of
from simulation.seedlog.runs import LoggedRun, split
from simulation.trace.record import ID, TIME

MOST_EXPLAINED = 100
"""So many divergences are explained; in a log with more of them, the rest are only told."""


class Breach(Struct, frozen=True):
    """A property that a run violates, at the number of the line that completes the proof."""

    check: str
    line: int
    message: str


class Audited(Struct, frozen=True):
    """What is to be said of one run of a log.

    ``number`` counts runs from 0, ``line`` is the number of its first line. ``test`` is the
    scenario that it is a run of, ``profile`` ``"local"`` or ``"dist"``; either is empty where the
    run is too short to tell. A run is ``reenacted`` when an execution prints exactly its lines, to the end
    or, where it is not ``complete``, as far as it goes; ``run`` is that execution.
    """

    number: int
    line: int
    lines: int
    participants: int
    complete: bool
    profile: str
    test: str = ""
    reenacted: bool = False
    notes: tuple[str, ...] = ()
    breaches: tuple[Breach, ...] = ()
    unknown: tuple[str, ...] = ()
    divergence: Divergence | None = None
    unreadable: tuple[Line, ...] = ()
    run: Run | None = None

    @property
    def is_to_blame(self) -> bool:
        """Whether a log with this run in it does not pass."""
        return bool(self.breaches or self.unknown or self.divergence or self.unreadable)


class Auditor:
    """Judges the runs of logs by the protocol of this name.

    The search for an execution is given up after ``most_steps``, and the run is then unknown; without a
    number after as many as suit the size of the run.
    """

    def __init__(self, protocol: str = "paxos", *, most_steps: int | None = None) -> None:
        self._reenactor = Reenactor(protocol, most_steps=most_steps)
        self._explained = 0

    def judge_all(self, pieces: Iterable[str]) -> Iterator[Audited]:
        """What is to be said of each run of a log whose text comes in pieces. Raises ``LogError``."""
        return map(self.judge, split(cut(pieces)))

    def judge(self, run: LoggedRun) -> Audited:
        """What is to be said of one run."""
        seen = Audited(
            number=run.number,
            line=run.lines[0].number,
            lines=len(run.lines),
            participants=run.participants,
            complete=run.complete,
            profile=profile_of(run),
        )
        if run.unreadable:
            return replace(seen, breaches=_printed(run), unreadable=tuple(run.unreadable))
        try:
            found = self._reenactor.reenact(run)
        except InputError as error:
            nobody = Divergence(run.lines[0].number, str(error))
            return replace(seen, breaches=_printed(run), divergence=nobody)
        if isinstance(found, GivenUp):
            return replace(seen, breaches=_printed(run, lacking=True), unknown=(_given_up(run, found),))
        if found.cast.certain:
            seen = replace(seen, test=found.cast.scenario.name)
        if isinstance(found, Reenacted):
            return _with_execution(seen, run, found)
        divergence = self._explain(run, found)
        return replace(seen, breaches=_printed(run, lacking=divergence.lacking), divergence=divergence)

    def _explain(self, run: LoggedRun, found: Diverged) -> Divergence:
        self._explained += 1
        return explain(self._reenactor, run, found, search=self._explained <= MOST_EXPLAINED)


def _with_execution(seen: Audited, run: LoggedRun, found: Reenacted) -> Audited:
    done = found.run
    unknown = [f"{each.check}: {each.message}" for each in done.unknowns] if run.complete else []
    return replace(
        seen,
        reenacted=True,
        notes=tuple(notes(done, found.freedom)),
        breaches=tuple(_breaches(run, done)),
        unknown=tuple(unknown),
        run=done,
    )


def _given_up(run: LoggedRun, found: GivenUp) -> str:
    line = run.readable[found.index]
    return (
        f"re-enactment: the search for an execution was given up after {found.steps:,} steps. It came to line"
        f" {line.number}, {line.text!r}. There may be an execution that prints these lines, or none"
    )


def _breaches(run: LoggedRun, done: Run) -> Iterator[Breach]:
    """What the execution violates, at the lines where it does."""
    times = {record[ID]: record[TIME] for record in done.trace}
    for violated in done.violations:
        last_us = max((times[event] for event in violated.events), default=LINE_US)
        line = run.readable[last_us // LINE_US - 1]
        yield Breach(violated.check, line.number, violated.message)


def _printed(run: LoggedRun, *, lacking: bool = False) -> tuple[Breach, ...]:
    breaches = [Breach(v.check, max(v.events), v.message) for v in judge_lines(run, lacking=lacking)]
    return tuple(sorted(breaches, key=lambda breach: breach.line))
