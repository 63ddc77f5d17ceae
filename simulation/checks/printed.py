"""What the lines of a log prove by themselves, where no execution is known that prints them.

The lines are arranged as a story, as far as they go: an instance that a line does not tell is
taken from the line before it, who sent what is not known and taken to be somebody else each
time. Events are numbers of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from simulation.checks import safety
from simulation.checks.story import Story
from simulation.checks.verdict import Violated
from simulation.faults import Kill, Strike
from simulation.harness.reports import WaitEnded
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision
from simulation.protocols.paxos.reports import AlreadyDecided, DyingUndecided
from simulation.protocols.reports import AcceptedHeard, Begun, Decided, PromiseHeard, ValueAsked
from simulation.seedlog.lines import Line
from simulation.seedlog.runs import LoggedRun
from simulation.trace import Kind, Places, Record

BY_WHAT_IS_THERE = (
    safety.agreement,
    safety.one_value_per_ballot,
    safety.ballots_rise,
    safety.chosen_value_stays,
    safety.dead_are_silent,
)
"""The checks that lines suffice for. They tell neither what was proposed nor what was promised."""

BY_WHAT_IS_NOT = (safety.quorum_behind_decision, safety.highest_vote_adopted)
"""The checks that need every line: one that is missing would look like a vote that was not cast."""


def judge_lines(run: LoggedRun, *, lacking: bool = False) -> list[Violated]:
    """The properties that the printed lines of a run violate. ``events`` are numbers of lines.

    Where the run may be ``lacking`` lines, where some are unreadable, or where it does not begin
    with its beginning, nothing is concluded from what is not there.
    """
    names = [f"p{number}" for number in range(1, run.participants + 1)]
    places = Places(names, ["replica"])
    story = Story(list(_records(run, places)), places)
    whole = not lacking and not run.unreadable and isinstance(run.readable[0].said, Begun)
    findings = [check(story) for check in (*BY_WHAT_IS_THERE, *(BY_WHAT_IS_NOT if whole else ()))]
    return [finding for finding in findings if isinstance(finding, Violated)]


def _records(run: LoggedRun, places: Places) -> Iterator[Record]:
    telling = _Telling(run, places)
    for line in run.readable:
        if 0 <= line.process < places.count:
            tell = _TELL.get(type(line.said), _Telling.as_it_is)
            yield from tell(telling, line, line.said)


class _Telling:
    """Makes records of lines, with what the lines before them told."""

    def __init__(self, run: LoggedRun, places: Places) -> None:
        self._places = places
        self._instances = {line.said.instance for line in run.readable if isinstance(line.said, Decided)}
        self._ballots: dict[int, tuple[int, Any]] = {}
        self._decided: dict[int, set[tuple[int, int]]] = {}

    def as_it_is(self, line: Line, said: Any) -> Iterator[Record]:
        yield _record(line, Kind.REPORT, line.process, said)

    def promise(self, line: Line, said: Any) -> Iterator[Record]:
        self._ballots[line.process] = (said.instance, said.ballot)
        yield from self.vote(line, said)

    def vote(self, line: Line, said: Any) -> Iterator[Record]:
        yield from self.as_it_is(line, msgspec.structs.replace(said, acceptor=line.number))

    def value(self, line: Line, said: Any) -> Iterator[Record]:
        if line.process in self._ballots:
            yield from self.as_it_is(line, ValueAsked(*self._ballots[line.process], said.value))

    def decision(self, line: Line, said: Any) -> Iterator[Record]:
        self._decided.setdefault(line.process, set()).add((said.instance, said.value))
        yield from self.as_it_is(line, said)

    def already(self, line: Line, said: Any) -> Iterator[Record]:
        yield self._told(line, said.instance, said.value)

    def waited(self, line: Line, said: Any) -> Iterator[Record]:
        """A client was told a value: of the instance of which its process knows it, or of the only one."""
        decided = self._decided.get(line.process, ())
        instances = {instance for instance, value in decided if value == said.value} or self._instances
        if said.value is not None and len(instances) == 1:
            yield self._told(line, min(instances), said.value)

    def death(self, line: Line, said: Any) -> Iterator[Record]:
        yield from self.as_it_is(line, said)
        yield _record(line, Kind.STRIKE, line.process, Strike(Kill(), line.process, "machine"))

    def _told(self, line: Line, instance: int, value: int) -> Record:
        reply = Answer(0, Decision(instance, value))
        return _record(line, Kind.RETURN, self._places.client(line.process), reply)


_TELL: Mapping[type, Callable[[_Telling, Line, Any], Iterator[Record]]] = {
    PromiseHeard: _Telling.promise,
    AcceptedHeard: _Telling.vote,
    ValueAsked: _Telling.value,
    Decided: _Telling.decision,
    AlreadyDecided: _Telling.already,
    WaitEnded: _Telling.waited,
    DyingUndecided: _Telling.death,
}


def _record(line: Line, kind: Kind, place: int, content: Any) -> Record:
    return (line.number, 1, line.number, int(kind), -1, place, place, content)
