"""What an event says, in the protocol's words: a few of them for a mark, and all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from simulation.faults import Calmed, LinksHealed, LinksHit, Strike, Unsaid
from simulation.protocols import reports
from simulation.protocols.inputs import Restarted, Started
from simulation.trace import Kind, Places, Record
from simulation.trace.codec import spelled_out
from simulation.trace.record import CONTENT, KIND, PROCESS, SOURCE

_PROCESSES = ("leader", "announced", "proposer", "acceptor", "process")
"""Fields whose number is that of a process."""


def short(record: Record, places: Places) -> str:
    """A few words for a mark: ``votes 203 in 3``."""
    content = record[CONTENT]
    words = _SHORT.get(type(content))
    if words is not None and record[KIND] == Kind.REPORT:
        return words(content, places)
    if record[KIND] == Kind.STRIKE:
        return _struck(content)
    return told(content, places)


def whole(record: Record, places: Places) -> str:
    """One sentence: who, what, from whom. ``p3 handles Accept(instance 1, ballot 3, value 203) of p1``."""
    return sentence(record, places, places.name(record[PROCESS]), places.name(record[SOURCE]))


def sentence(record: Record, places: Places, who: str, source: str) -> str:
    """``whole`` with other names for who and from whom: many events differ in nothing else."""
    content, kind = record[CONTENT], record[KIND]
    match kind:
        case Kind.MESSAGE:
            return f"{who} handles {told(content, places)} of {source}"
        case Kind.LOST:
            return f"{told(content, places)} of {source} to {who} is lost"
        case Kind.TIMER:
            return f"{who}: the timer {told(content, places)} goes off"
        case Kind.CALL:
            return f"{who} calls: {told(content, places)}"
        case Kind.RETURN:
            return f"{who} is answered: {told(getattr(content, 'reply', content), places)}"
        case Kind.REQUEST:
            return f"{who} {_began(content, places)}"
        case Kind.STRIKE:
            return f"{_struck(content)}{_at(content, who)}"
    return f"{who} {_VERBS.get(type(content), '')}{short(record, places)}"


def _began(content: Any, places: Places) -> str:
    if isinstance(content, Started):
        return "starts"
    if isinstance(content, Restarted):
        return "starts another life"
    return f"is asked: {told(content, places)}"


def _at(content: Any, who: str) -> str:
    return f" at {who}" if isinstance(content, (Strike, Unsaid)) else ""


def _struck(content: Any) -> str:
    match content:
        case Strike(fault, _, by, reason):
            # A planned fault's name says when it was planned, and its place says when it struck.
            return f"{told(fault).lower()} ({reason})" if by == "machine" and reason else told(fault).lower()
        case LinksHit(fault, _, _, _, reason):
            return f"{reason or told(fault).lower()}"
        case LinksHealed(reason, messages):
            return f"{reason} is over; {messages} messages felt it"
        case Calmed():
            return "calm"
        case Unsaid(report):
            return f"left unsaid: {told(report)}"
    return told(content)


def told(content: Any, places: Places | None = None) -> str:
    """``Accept(instance 1, ballot 3, value 203)``; what is None is left out."""
    if not isinstance(content, msgspec.Struct):
        return value(content)
    fields = [
        f"{name} {field(name, getattr(content, name), places)}"
        for name in content.__struct_fields__
        if getattr(content, name) is not None and name != "call"
    ]
    return f"{type(content).__name__}({', '.join(fields)})" if fields else type(content).__name__


def field(name: str, thing: Any, places: Places | None) -> str:
    """The value of a field of this name: ballots as they are shown everywhere, processes by their names."""
    if places is None:
        return value(thing)
    if "ballot" in name or name == "promised":
        return ballot(thing, places)
    if name in _PROCESSES and type(thing) is int and 0 <= thing < places.count:
        return places.names[thing]
    return value(thing)


def value(thing: Any) -> str:
    """A value in one line, a struct by its fields."""
    if isinstance(thing, msgspec.Struct):
        return told(thing)
    if isinstance(thing, tuple):
        return f"({', '.join(map(value, thing))})"
    if isinstance(thing, (frozenset, set, dict)):
        return str(spelled_out(thing))
    return str(thing)


def _promise(said: Any, places: Places) -> str:
    voted = "" if said.vote_ballot is None else f", voted {said.vote} in {ballot(said.vote_ballot, places)}"
    return f"promises {ballot(said.ballot, places)}{voted}"


def ballot(number: Any, places: Places) -> str:
    """As ``Places.ballot``; a struct by its fields."""
    return value(number) if isinstance(number, msgspec.Struct) else places.ballot(number)


_VERBS: dict[type, str] = {reports.LeaderNamed: "believes in ", reports.BallotStarted: "starts "}
"""What a sentence needs and a mark does not."""

_SHORT: dict[type, Callable[[Any, Places], str]] = {
    reports.Proposed: lambda said, places: f"proposes {said.value}",
    reports.LeaderNamed: lambda said, places: f"leader {places.names[said.leader]}",
    reports.BallotStarted: lambda said, places: f"ballot {ballot(said.ballot, places)}",
    reports.Promised: _promise,
    reports.Refused: lambda said, places: (
        f"refuses {ballot(said.ballot, places)}, promised {ballot(said.promised, places)}"
    ),
    reports.ValueAsked: lambda said, places: f"asks {said.value} in {ballot(said.ballot, places)}",
    reports.Accepted: lambda said, places: f"votes {said.value} in {ballot(said.ballot, places)}",
    reports.Decided: lambda said, places: f"decides {said.value}",
}
