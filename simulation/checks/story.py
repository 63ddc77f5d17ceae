"""A run arranged for judging: its reports by type, its strikes, its calls, who died when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from simulation.faults import Kill, LinksHealed, Strike
from simulation.harness import Outcome, Plan
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision, Propose, Undecided
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Decided
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, ID, KIND, PROCESS

LAST_ACT = int(Kind.REQUEST)
"""The last of the kinds of records that are acts of a machine."""

_REPORT = int(Kind.REPORT)
_CALL = int(Kind.CALL)
_RETURN = int(Kind.RETURN)
_TELLING: frozenset[type] = frozenset({Propose, Answer, Strike, LinksHealed})
"""What is said beside reports that a check may ask for."""


class Said:
    """One report: what was said, by which process, in which record, after how many others."""

    __slots__ = ("content", "id", "place", "process")

    def __init__(self, record: Record, process: int, place: int) -> None:
        self.content: Any = record[CONTENT]
        self.id = record[ID]
        self.process = process
        self.place = place


class Story:
    """The records of one run, sorted into what checks ask for. Built in one pass."""

    def __init__(self, records: Sequence[Record], places: Places) -> None:
        self.records = records
        self.places = places
        self.quorum = majority(places.count)
        self.strikes: list[Said] = []
        self.healed: list[Said] = []
        """The ends of faults of links, which tell how many messages felt them."""
        self.proposals: list[Said] = []
        self.returns: list[Said] = []
        self.last_acts: dict[int, int] = {}
        """Where in ``records`` each address's last act of a machine stands."""
        last_acts = self.last_acts
        places_of = self._places_of = defaultdict[type, list[int]](list)
        self._said: dict[type, list[Said]] = {}
        for place, record in enumerate(records):
            kind = record[KIND]
            if kind <= LAST_ACT:
                last_acts[record[PROCESS]] = place
                if kind == _REPORT:
                    places_of[record[CONTENT].__class__].append(place)
            elif record[CONTENT].__class__ in _TELLING:
                self._sort(record, place)

    def _sort(self, record: Record, place: int) -> None:
        content = record[CONTENT]
        if isinstance(content, Strike):
            self.strikes.append(Said(record, content.process, place))
            return
        if isinstance(content, LinksHealed):
            self.healed.append(Said(record, -1, place))
            return
        said = Said(record, record[PROCESS] % self.places.count, place)
        if record[KIND] == _CALL:
            self.proposals.append(said)
        elif record[KIND] == _RETURN and not isinstance(content.reply, Undecided):
            self.returns.append(said)

    def said(self, kind: type) -> list[Said]:
        """All reports of this type, in the order of the trace."""
        if kind not in self._said:
            process = self.places.process
            self._said[kind] = [
                Said(self.records[place], process(self.records[place][PROCESS]), place)
                for place in self._places_of.get(kind, ())
            ]
        return self._said[kind]

    @cached_property
    def learned(self) -> list[Said]:
        """Every time that a decision became known: to a process, or to its client by a reply.

        ``content`` has ``instance`` and ``value``.
        """
        learned = list(self.said(Decided))
        for said in self.returns:
            if isinstance(said.content.reply, Decision):
                record = (*self.records[said.place][:CONTENT], said.content.reply)
                learned.append(Said(record, said.process, said.place))
        return sorted(learned, key=attrgetter("place"))

    def name(self, process: int) -> str:
        """The process's name."""
        return self.places.names[process]

    def deaths(self) -> dict[int, Said]:
        """The strike that killed each process that was killed."""
        killed: dict[int, Said] = {}
        for strike in self.strikes:
            if isinstance(strike.content.fault, Kill):
                killed.setdefault(strike.process, strike)
        killed.pop(-1, None)
        return killed


class RunStory(Story):
    """A story of which it is known what had to happen in it, and how it ended."""

    def __init__(self, records: Sequence[Record], places: Places, plan: Plan, outcome: Outcome) -> None:
        super().__init__(records, places)
        self.plan = plan
        self.outcome = outcome
