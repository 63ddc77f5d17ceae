"""Single-decree Paxos as TLA+ has it (tlaplus/Examples, ``Paxos.tla``), on the contract.

Acceptors as they are there: (maxBal, maxVBal, maxVal). What a leader may do is a function of
the set of all messages ever sent, so the one leader here sees every phase 1b message as soon
as it is sent and keeps them all: its memory *is* that part of the message set. That phases
1a and 2a may be tried at any time is a timer for each, which fires again and again.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols import Machine, Protocol, handles
from simulation.protocols.effects import Effect, Multicast, Send, SetTimer
from simulation.protocols.inputs import Started
from simulation.protocols.machine import Step
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Accepted

NONE = -1
"""No ballot, no value."""


class Phase1a(Struct, frozen=True, array_like=True, tag=True):
    ballot: int


class Phase1b(Struct, frozen=True, array_like=True, tag=True):
    acceptor: int
    ballot: int
    vote_ballot: int
    vote: int


class Phase2a(Struct, frozen=True, array_like=True, tag=True):
    ballot: int
    value: int


class Phase2b(Struct, frozen=True, array_like=True, tag=True):
    ballot: int
    value: int


class Begin(Struct, frozen=True, array_like=True, tag=True):
    """The timer of Phase1a(ballot)."""

    ballot: int


class Request(Struct, frozen=True, array_like=True, tag=True):
    """The timer of Phase2a(ballot, value)."""

    ballot: int
    value: int


class Votes(Struct, frozen=True):
    """An acceptor."""

    promised: int = NONE
    vote_ballot: int = NONE
    vote: int = NONE


class Heard(Struct, frozen=True):
    """The leader: all 1b messages there are, and the ballots that it has asked in."""

    promises: frozenset[Phase1b] = frozenset()
    asked: frozenset[int] = frozenset()


class Paxos(Machine):
    """An acceptor among the peers, the leader outside of them."""

    BALLOTS = 2
    VALUES = 2

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        if self.config.address in self.config.peers:
            return Votes(), ()
        timers: list[Effect] = [SetTimer(Begin(ballot), 0, 0) for ballot in range(self.BALLOTS)]
        for ballot in range(self.BALLOTS):
            timers += [SetTimer(Request(ballot, value), 0, 0) for value in range(self.VALUES)]
        return Heard(), tuple(timers)

    @handles(Begin)
    def on_begin(self, state: Heard, sender: int, timer: Begin) -> Step:
        return state, (SetTimer(timer, 0, 0), Multicast(self.config.peers, Phase1a(timer.ballot)))

    @handles(Phase1a)
    def on_phase_1a(self, state: Votes, sender: int, message: Phase1a) -> Step:
        if message.ballot <= state.promised:
            return state, ()
        promise = Phase1b(self.config.address, message.ballot, state.vote_ballot, state.vote)
        return replace(state, promised=message.ballot), (Send(sender, promise),)

    @handles(Phase1b)
    def on_phase_1b(self, state: Heard, sender: int, message: Phase1b) -> Step:
        return Heard(state.promises | {message}, state.asked), ()

    @handles(Request)
    def on_request(self, state: Heard, sender: int, timer: Request) -> Step:
        again = SetTimer(timer, 0, 0)
        if timer.ballot in state.asked or not self.may_ask(state, timer):
            return state, (again,)
        asked = Heard(state.promises, state.asked | {timer.ballot})
        return asked, (again, Multicast(self.config.peers, Phase2a(timer.ballot, timer.value)))

    def may_ask(self, state: Heard, timer: Request) -> bool:
        """Whether some quorum of promises has no vote, or a highest one for this value.

        Some quorum does if all promises up to some vote for the value make one.
        """
        promises = [promise for promise in state.promises if promise.ballot == timer.ballot]
        limits = [NONE, *[one.vote_ballot for one in promises if one.vote == timer.value]]
        quorum = majority(len(self.config.peers))
        return any(self.reaching(promises, limit) >= quorum for limit in limits)

    def reaching(self, promises: list[Phase1b], limit: int) -> int:
        """How many promises have no vote above ``limit``."""
        return len([promise for promise in promises if promise.vote_ballot <= limit])

    @handles(Phase2a)
    def on_phase_2a(self, state: Votes, sender: int, message: Phase2a) -> Step:
        ballot, value = message.ballot, message.value
        if ballot < state.promised:
            return state, ()
        voted = Accepted(1, ballot, value)
        return Votes(ballot, ballot, value), (voted, Send(sender, Phase2b(ballot, value)))

    @handles(Phase2b)
    def on_phase_2b(self, state: Heard, sender: int, message: Phase2b) -> Step:
        return state, ()


class PaxosOfOneValue(Paxos):
    """One value only."""

    VALUES = 1


class PaxosOfThreeBallots(Paxos):
    """Ballots 0..2."""

    BALLOTS = 3


def protocol(machine: type[Paxos]) -> Protocol:
    """The model as something to explore."""
    return Protocol(name=machine.__name__, about="", components=(machine,))
