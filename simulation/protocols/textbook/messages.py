"""What processes say to each other, and the timers that they set for themselves.

A ballot is ``(round, process)``: rounds count from 1 and the process makes it unique, so
no two proposers ever use the same one (*Paxos Made Simple*, section 2.2: proposals have
distinct numbers). Ballots compare as tuples do. Instances and values are whole numbers.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

Ballot = tuple[int, int]

NO_BALLOT: Final[Ballot] = (0, 0)
"""Below every ballot that is ever used."""


class Prepare(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1a, proposer to acceptors: promise me ``ballot`` and tell me your vote."""

    instance: int
    ballot: Ballot


class Promise(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1b, acceptor to proposer: promised; my last vote was this, or None."""

    instance: int
    ballot: Ballot
    vote_ballot: Ballot | None
    vote: int | None


class Accept(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2a, proposer to acceptors: vote for ``value`` in ``ballot``."""

    instance: int
    ballot: Ballot
    value: int


class Accepted(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2b, acceptor to the learner that counts: I voted for ``value`` in ``ballot``."""

    instance: int
    ballot: Ballot
    value: int


class Nack(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Acceptor to proposer: ``ballot`` is refused, for I have promised ``promised``."""

    instance: int
    ballot: Ballot
    promised: Ballot


class Decide(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """To a learner: ``instance`` is decided as ``value``."""

    instance: int
    value: int


class Ask(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """To all learners: who knows what ``instance`` is decided as, tell me."""

    instance: int


class Retry(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A proposer's timer: it has waited long enough and tries the next ballot."""

    instance: int


class Overdue(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A timer: this process took part in ``instance`` and should have heard the decision."""

    instance: int
