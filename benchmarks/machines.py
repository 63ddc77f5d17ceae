"""Both workloads as machines of this package: ``simulation.protocols.machine`` and no more.

Process 0 of ``Paxos`` is the proposer, the others are the acceptors. ``Wanderer`` is a
node of W1.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.workloads import BALLOT, FACTOR, MASK, NODES, OTHERS, QUORUM, VALUE, first_words
from simulation.protocols.effects import Multicast, Send
from simulation.protocols.inputs import Started
from simulation.protocols.machine import Config, Machine, Step, handles

PROPOSER = 0


class Prepare(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1a."""

    ballot: int


class Promise(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1b: with the last vote, ballot 0 where there is none."""

    ballot: int
    vote_ballot: int
    vote: int


class Accept(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2a."""

    ballot: int
    value: int


class Accepted(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2b."""

    ballot: int


class Learn(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The decision."""

    value: int


class Asking(Struct, frozen=True, gc=False):
    """The proposer: how many have answered, and the value of the highest vote so far."""

    promises: int = 0
    votes: int = 0
    vote_ballot: int = 0
    value: int = VALUE


class Voter(Struct, frozen=True, gc=False):
    """An acceptor, and what it has learned."""

    promised: int = 0
    vote_ballot: int = 0
    vote: int = 0
    learned: int | None = None


class Paxos(Machine):
    """One decree: process 0 proposes, the other five accept."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.acceptors = config.peers[PROPOSER + 1 :]

    @handles(Started)
    def on_started(self, state: None, sender: int, message: Started) -> Step:
        """The proposer opens phase 1; an acceptor waits."""
        if self.config.process != PROPOSER:
            return Voter(), ()
        return Asking(), (Multicast(self.acceptors, Prepare(BALLOT)),)

    @handles(Prepare)
    def on_prepare(self, state: Voter, sender: int, message: Prepare) -> Step:
        """Phase 1b."""
        if message.ballot <= state.promised:
            return state, ()
        promise = Promise(message.ballot, state.vote_ballot, state.vote)
        return replace(state, promised=message.ballot), (Send(sender, promise),)

    @handles(Promise)
    def on_promise(self, state: Asking, sender: int, message: Promise) -> Step:
        """Phase 2a, once a quorum has promised."""
        if message.vote_ballot > state.vote_ballot:
            state = replace(state, vote_ballot=message.vote_ballot, value=message.vote)
        state = replace(state, promises=state.promises + 1)
        if state.promises != QUORUM:
            return state, ()
        return state, (Multicast(self.acceptors, Accept(BALLOT, state.value)),)

    @handles(Accept)
    def on_accept(self, state: Voter, sender: int, message: Accept) -> Step:
        """Phase 2b."""
        ballot = message.ballot
        if ballot < state.promised:
            return state, ()
        state = replace(state, promised=ballot, vote_ballot=ballot, vote=message.value)
        return state, (Send(sender, Accepted(ballot)),)

    @handles(Accepted)
    def on_accepted(self, state: Asking, sender: int, message: Accepted) -> Step:
        """Tell everybody, once a quorum has voted."""
        state = replace(state, votes=state.votes + 1)
        if state.votes != QUORUM:
            return state, ()
        return state, (Multicast(self.acceptors, Learn(state.value)),)

    @handles(Learn)
    def on_learn(self, state: Voter, sender: int, message: Learn) -> Step:
        """The decision is known here."""
        return replace(state, learned=message.value), ()


class Token(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What wanders in W1: its word, and the hops that follow this one."""

    word: int
    hops: int


class Tally(Struct, frozen=True, gc=False):
    """How many tokens a node of W1 has got."""

    delivered: int = 0


class Wanderer(Machine):
    """A node of W1. Each token is delivered ``hops`` times."""

    hops = 1

    @handles(Started)
    def on_started(self, state: None, sender: int, message: Started) -> Step:
        """Send the own token on its way."""
        word = first_words()[self.config.process]
        return Tally(), (self._forward(word, self.hops - 1),)

    @handles(Token)
    def on_token(self, state: Tally, sender: int, message: Token) -> Step:
        """Count the token and send it on."""
        state = Tally(state.delivered + 1)
        if not message.hops:
            return state, ()
        return state, (self._forward(message.word, message.hops - 1),)

    def _forward(self, word: int, hops: int) -> Send:
        word = word * FACTOR + 1 & MASK
        destination = (self.config.process + 1 + (word * OTHERS >> 32)) % NODES
        return Send(destination, Token(word, hops))


def wanderer(hops: int) -> type[Wanderer]:
    """The machine of W1 for so many ``hops``: a protocol is a class, so this makes one."""
    return type(f"Wanderer{hops}", (Wanderer,), {"hops": hops})
