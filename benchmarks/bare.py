"""The floor: both workloads on nothing but ``heapq``.

Node objects, entries ``(time_us, sequence, function, argument)``, tuples for messages,
latencies from one stream of the standard library. No trace, no digest, no named streams.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from benchmarks.workloads import (
    ACCEPTORS,
    BALLOT,
    FACTOR,
    LOW_US,
    MASK,
    NODES,
    OTHERS,
    QUORUM,
    SPAN_US,
    VALUE,
    Decree,
    Wandering,
    first_words,
)

Receiver = Callable[[Any], None]


class Wire:
    """A heap, a clock and a latency."""

    __slots__ = ("deliveries", "now_us", "queue", "random", "sequence")

    def __init__(self, random: Random) -> None:
        self.random = random.random
        self.queue: list[tuple[int, int, Receiver, Any]] = []
        self.sequence = count()
        self.now_us = 0
        self.deliveries = 0

    def send(self, function: Receiver, argument: Any) -> None:
        """Call ``function`` with ``argument`` after a latency."""
        at_us = self.now_us + LOW_US + int(self.random() * SPAN_US)
        heappush(self.queue, (at_us, next(self.sequence), function, argument))

    def run(self) -> None:
        """Deliver until nothing is in flight."""
        queue = self.queue
        deliveries = 0
        while queue:
            self.now_us, _, function, argument = heappop(queue)
            function(argument)
            deliveries += 1
        self.deliveries = deliveries


class Wanderer:
    """A node of W1. A message is ``(word, hops)``: the hops that follow this one."""

    __slots__ = ("delivered", "node", "nodes", "wire")

    def __init__(self, node: int, nodes: list[Wanderer], wire: Wire) -> None:
        self.node = node
        self.nodes = nodes
        self.wire = wire
        self.delivered = 0

    def receive(self, message: tuple[int, int]) -> None:
        """Count the token and send it on."""
        word, hops = message
        self.delivered += 1
        if hops:
            self.forward(word, hops - 1)

    def forward(self, word: int, hops: int) -> None:
        """Send the token where its next word says."""
        word = word * FACTOR + 1 & MASK
        destination = (self.node + 1 + (word * OTHERS >> 32)) % NODES
        self.wire.send(self.nodes[destination].receive, (word, hops))


class Proposer:
    """Asks all acceptors, counts what they answer."""

    __slots__ = ("acceptors", "promises", "value", "vote_ballot", "votes", "wire")

    def __init__(self, acceptors: list[Acceptor], wire: Wire) -> None:
        self.acceptors = acceptors
        self.wire = wire
        self.promises = 0
        self.votes = 0
        self.vote_ballot = 0
        self.value = VALUE

    def start(self) -> None:
        """Phase 1a."""
        for acceptor in self.acceptors:
            self.wire.send(acceptor.on_prepare, (self, BALLOT))

    def on_promise(self, message: tuple[int, int, int]) -> None:
        """Phase 2a, once a quorum has promised."""
        _, vote_ballot, vote = message
        if vote_ballot > self.vote_ballot:
            self.vote_ballot = vote_ballot
            self.value = vote
        self.promises += 1
        if self.promises == QUORUM:
            for acceptor in self.acceptors:
                self.wire.send(acceptor.on_accept, (self, BALLOT, self.value))

    def on_accepted(self, ballot: int) -> None:
        """Tell everybody, once a quorum has voted."""
        self.votes += 1
        if self.votes == QUORUM:
            for acceptor in self.acceptors:
                self.wire.send(acceptor.on_learn, self.value)


class Acceptor:
    """Promises, votes and learns."""

    __slots__ = ("learned", "promised", "vote", "vote_ballot", "wire")

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.promised = 0
        self.vote_ballot = 0
        self.vote = 0
        self.learned: int | None = None

    def on_prepare(self, message: tuple[Proposer, int]) -> None:
        """Phase 1b."""
        proposer, ballot = message
        if ballot > self.promised:
            self.promised = ballot
            self.wire.send(proposer.on_promise, (ballot, self.vote_ballot, self.vote))

    def on_accept(self, message: tuple[Proposer, int, int]) -> None:
        """Phase 2b."""
        proposer, ballot, value = message
        if ballot >= self.promised:
            self.promised = self.vote_ballot = ballot
            self.vote = value
            self.wire.send(proposer.on_accepted, ballot)

    def on_learn(self, value: int) -> None:
        """The decision is known here."""
        self.learned = value


def wander(hops: int, random: Random) -> Wandering:
    """W1 on the latencies of ``random``: every token is delivered ``hops`` times."""
    wire = Wire(random)
    nodes: list[Wanderer] = []
    nodes.extend(Wanderer(node, nodes, wire) for node in range(NODES))
    for node, word in zip(nodes, first_words(), strict=True):
        node.forward(word, hops - 1)
    wire.run()
    return Wandering(tuple(node.delivered for node in nodes))


def decide(random: Random) -> Decree:
    """One decree on the latencies of ``random``, all objects built anew."""
    wire = Wire(random)
    acceptors = [Acceptor(wire) for _ in range(ACCEPTORS)]
    Proposer(acceptors, wire).start()
    wire.run()
    return Decree(tuple(acceptor.learned for acceptor in acceptors), wire.deliveries)
