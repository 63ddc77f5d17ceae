"""A run arranged for judging: its reports by type, its strikes, its calls, who died when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Any

from msgspec import Struct

from simulation.faults import Kill, Restart, Strike, Unsaid
from simulation.harness import Outcome, Plan
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision, Propose, Undecided
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Accepted, Decided
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, ID, KIND, PROCESS

LAST_ACT = Kind.REQUEST
"""The last of the kinds of records that are acts of a machine."""

# Tables that turn a column of kinds, one byte each, into ones and zeros.
_ACTS = bytes(number <= LAST_ACT for number in range(256))
_TOLD = bytes(number in (Kind.REPORT, Kind.CALL, Kind.RETURN, Kind.STRIKE) for number in range(256))
_ONLY = tuple(bytes(number == kind for number in range(256)) for kind in Kind)

_kind_of = itemgetter(KIND)
_process_of = itemgetter(PROCESS)
_place_of = attrgetter("place")


class Said(Struct, eq=False, gc=False):
    """One report: what was said, in which record, by which process, after how many others."""

    content: Any
    id: int
    process: int
    place: int


class Story:
    """The records of one run, sorted into what checks ask for.

    Most records of most runs are of no interest to any check. So they are sifted by a column
    of their kinds, and only those that are left are looked at one by one.
    """

    def __init__(self, records: Sequence[Record], places: Places) -> None:
        self.records = records
        self.places = places
        self.quorum = majority(places.count)
        self._kinds = bytes(map(_kind_of, records))
        self._said: dict[tuple[type, ...], list[Said]] = {}
        self._learned: list[Said] | None = None
        self._votes: dict[tuple[int, Any, int], list[Said]] | None = None
        places_of = self._places_of = defaultdict[type, list[int]](list)
        for place in compress(range(len(records)), self._kinds.translate(_TOLD)):
            places_of[records[place][CONTENT].__class__].append(place)
        self.proposals = self.said(Propose)
        self.strikes = self.said(Strike)
        self.returns = [
            self._said_at(place)
            for place in places_of.get(Answer, ())
            if records[place][CONTENT].reply.__class__ is not Undecided
        ]
        self._turns: list[Said] = []
        self._dead: dict[int, Said] = {}
        for said in self.strikes:
            self._turn(said)

    def _turn(self, said: Said) -> None:
        process, fault, dead = said.process, said.content.fault, self._dead
        if process >= 0 and isinstance(fault, Kill) and process not in dead:
            dead[process] = said
            self._turns.append(said)
        elif isinstance(fault, Restart) and dead.pop(process, None) is not None:
            self._turns.append(said)

    def _said_at(self, place: int) -> Said:
        record = self.records[place]
        return Said(record[CONTENT], record[ID], self.places.process(record[PROCESS]), place)

    def of_kind(self, kind: Kind) -> Iterator[Record]:
        """All records of this kind."""
        return compress(self.records, self._kinds.translate(_ONLY[kind]))

    def acting(self, begin: int, end: int) -> Iterator[int]:
        """The addresses of the acts of machines among these records, in the order of the trace."""
        acts = self._kinds[begin:end].translate(_ACTS)
        return map(_process_of, compress(self.records[begin:end], acts))

    def said(self, *kinds: type) -> list[Said]:
        """All reports (or proposals, or strikes) of these types, in the order of the trace."""
        found = self._said.get(kinds)
        if found is None:
            if len(kinds) == 1:
                found = [self._said_at(place) for place in self._places_of.get(kinds[0], ())]
            else:
                found = sorted([said for kind in kinds for said in self.said(kind)], key=_place_of)
            self._said[kinds] = found
        return found

    @property
    def learned(self) -> list[Said]:
        """Every time that a decision became known: to a process, or to its client by a reply.

        ``content`` has ``instance`` and ``value``.
        """
        if self._learned is None:
            told = [
                Said(said.content.reply, said.id, said.process, said.place)
                for said in self.returns
                if isinstance(said.content.reply, Decision)
            ]
            self._learned = sorted(self.said(Decided) + told, key=_place_of)
        return self._learned

    def unsaid(self, kind: type) -> list[Said]:
        """The reports of this type that a death cut short, at the places of the restarts.

        Each may have happened or not: what it tells is durable where a protocol says things as
        it should. So it can excuse what follows, and accuses nobody.
        """
        return [
            Said(said.content.report, said.id, said.process, said.place)
            for said in self.said(Unsaid)
            if type(said.content.report) is kind
        ]

    def votes(self) -> dict[tuple[int, Any, int], list[Said]]:
        """All votes by instance, ballot and value."""
        if self._votes is None:
            votes = self._votes = {}
            for said in self.said(Accepted):
                content = said.content
                votes.setdefault((content.instance, content.ballot, content.value), []).append(said)
        return self._votes

    def name(self, process: int) -> str:
        """The process's name."""
        return self.places.names[process]

    def ballot(self, number: Any) -> str:
        """The ballot, with the name of its process if it has one."""
        return self.places.ballot(number)

    def turns(self) -> list[Said]:
        """The strikes that ended lives (``Kill``) or began new ones, in the order of the trace."""
        return self._turns

    def deaths(self) -> list[Said]:
        """The strikes that ended lives, in the order of the trace."""
        return [turn for turn in self._turns if isinstance(turn.content.fault, Kill)]

    def restarts(self) -> list[Said]:
        """The strikes that began new lives, in the order of the trace."""
        return [turn for turn in self._turns if isinstance(turn.content.fault, Restart)]

    def dead(self) -> dict[int, Said]:
        """Who is dead at the end, with the strike that killed it, in the order of the deaths."""
        return self._dead


class RunStory(Story):
    """A story of which it is known what had to happen in it, and how it ended."""

    def __init__(self, records: Sequence[Record], places: Places, plan: Plan, outcome: Outcome) -> None:
        super().__init__(records, places)
        self.quorum = plan.quorum
        self.plan = plan
        self.outcome = outcome
