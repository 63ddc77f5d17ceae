"""All that a process remembers, as frozen values, with one entry per instance.

``State.records`` is durable and the rest is not: a restart hands back the records alone.
A field belongs into ``Record`` where forgetting it could break a promise, a vote, a
decision or the uniqueness of ballots, and nowhere else.

A map from instances to values is a tuple of pairs in the order of the instances, so that
equal maps are equal tuples with equal hashes, whatever the order of their making.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import Final, TypeVar

from msgspec import Struct

from simulation.protocols.fields import Processes
from simulation.protocols.textbook.messages import NO_BALLOT, Ballot

_Value = TypeVar("_Value")

Entries = tuple[tuple[int, _Value], ...]

_instance = itemgetter(0)


class Record(Struct, frozen=True, gc=False):
    """What must outlive the process: its ballots, its promise, its vote, the decision."""

    round: int = 0
    """The highest round that this process has used in a ballot of its own."""
    promised: Ballot = NO_BALLOT
    vote_ballot: Ballot | None = None
    vote: int | None = None
    decided: int | None = None


HeardPromise = tuple[int, Ballot | None, int | None]
"""Who promised, and the ballot and the value of its last vote."""


class Attempt(Struct, frozen=True, gc=False):
    """A proposer's efforts for one instance, until it is decided or nothing is to be proposed.

    ``ballot`` is None during back-off. ``value`` is None until the value is asked for,
    and ``promises`` are those heard until then. ``waiting`` are the clients' calls with
    their values, oldest first: none where the process only catches up. ``tries`` counts
    ballots, ``highest`` is the highest round that a refusal named.
    """

    waiting: tuple[tuple[int, int], ...] = ()
    ballot: Ballot | None = None
    promises: tuple[HeardPromise, ...] = ()
    value: int | None = None
    tries: int = 0
    highest: int = 0


class Tally(Struct, frozen=True, gc=False):
    """A learner's count: who is known to have voted for ``value`` in ``ballot``."""

    ballot: Ballot = NO_BALLOT
    value: int | None = None
    voters: Processes = ()


class State(Struct, frozen=True, gc=False):
    """One process: the acceptor's records, the proposer's attempts, the learner's tallies.

    ``overdue`` counts, for each instance that this process waits to hear the decision of,
    how often it has waited in vain.
    """

    records: Entries[Record] = ()
    attempts: Entries[Attempt] = ()
    tallies: Entries[Tally] = ()
    overdue: Entries[int] = ()


BLANK: Final = Record()
IDLE: Final = Attempt()
NO_VOTES: Final = Tally()


def entry(entries: Entries[_Value], instance: int, absent: _Value) -> _Value:
    """The value of ``instance``, or ``absent``."""
    for number, value in entries:
        if number == instance:
            return value
    return absent


def with_entry(entries: Entries[_Value], instance: int, value: _Value) -> Entries[_Value]:
    """``entries`` with ``value`` as that of ``instance``."""
    if not entries or (len(entries) == 1 and entries[0][0] == instance):
        return ((instance, value),)
    index = bisect_left(entries, instance, key=_instance)
    after = index + (index < len(entries) and entries[index][0] == instance)
    return (*entries[:index], (instance, value), *entries[after:])


def without_entry(entries: Entries[_Value], instance: int) -> Entries[_Value]:
    """``entries`` without that of ``instance``, if there is one."""
    if not entries:
        return entries
    return tuple([pair for pair in entries if pair[0] != instance])
