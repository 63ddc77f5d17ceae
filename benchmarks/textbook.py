"""Both workloads on SimPy as its documentation teaches it.

A ``Store`` per node, a generator per node that takes from it, and for every message a
process of its own that waits for the latency and then puts the message into the store.
Source: the SimPy documentation's example "Event Latency".
"""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from typing import Any

import simpy

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

Process = Generator[simpy.Event, Any, None]


class Wire:
    """An environment, a store per node, and a process per message."""

    def __init__(self, nodes: int, random: Random) -> None:
        self.environment = simpy.Environment()
        self.stores = [simpy.Store(self.environment) for _ in range(nodes)]
        self.random = random
        self.deliveries = 0

    def send(self, destination: int, message: Any) -> None:
        """Put ``message`` into the destination's store after a latency."""
        self.environment.process(self._travel(destination, message))

    def receive(self, node: int) -> simpy.Event:
        """The next message that reaches ``node``."""
        return self.stores[node].get()

    def _travel(self, destination: int, message: Any) -> Process:
        yield self.environment.timeout(LOW_US + int(self.random.random() * SPAN_US))
        self.deliveries += 1
        self.stores[destination].put(message)


def wander(hops: int, random: Random) -> Wandering:
    """W1 on the latencies of ``random``: every token is delivered ``hops`` times."""
    wire = Wire(NODES, random)
    delivered = [0] * NODES
    for node, word in enumerate(first_words()):
        wire.environment.process(_wanderer(wire, node, delivered))
        _forward(wire, node, word, hops - 1)
    wire.environment.run()
    return Wandering(tuple(delivered))


def _wanderer(wire: Wire, node: int, delivered: list[int]) -> Process:
    while True:
        word, hops = yield wire.receive(node)
        delivered[node] += 1
        if hops:
            _forward(wire, node, word, hops - 1)


def _forward(wire: Wire, node: int, word: int, hops: int) -> None:
    word = word * FACTOR + 1 & MASK
    destination = (node + 1 + (word * OTHERS >> 32)) % NODES
    wire.send(destination, (word, hops))


def decide(random: Random) -> Decree:
    """One decree. Nodes 0..4 are the acceptors, the node after them is the proposer."""
    wire = Wire(ACCEPTORS + 1, random)
    learned: list[int | None] = [None] * ACCEPTORS
    for node in range(ACCEPTORS):
        wire.environment.process(_acceptor(wire, node, learned))
    wire.environment.process(_proposer(wire))
    wire.environment.run()
    return Decree(tuple(learned), wire.deliveries)


def _proposer(wire: Wire) -> Process:
    for acceptor in range(ACCEPTORS):
        wire.send(acceptor, ("prepare", BALLOT))
    promises = votes = best_ballot = 0
    chosen = VALUE
    while True:
        kind, *content = yield wire.receive(ACCEPTORS)
        if kind == "promise":
            _, vote_ballot, vote = content
            if vote_ballot > best_ballot:
                best_ballot, chosen = vote_ballot, vote
            promises += 1
            if promises == QUORUM:
                for acceptor in range(ACCEPTORS):
                    wire.send(acceptor, ("accept", BALLOT, chosen))
        else:
            votes += 1
            if votes == QUORUM:
                for acceptor in range(ACCEPTORS):
                    wire.send(acceptor, ("learn", chosen))


def _acceptor(wire: Wire, node: int, learned: list[int | None]) -> Process:
    promised = vote_ballot = vote = 0
    while True:
        kind, *content = yield wire.receive(node)
        if kind == "prepare":
            (ballot,) = content
            if ballot > promised:
                promised = ballot
                wire.send(ACCEPTORS, ("promise", ballot, vote_ballot, vote))
        elif kind == "accept":
            ballot, value = content
            if ballot >= promised:
                promised = vote_ballot = ballot
                vote = value
                wire.send(ACCEPTORS, ("accepted", ballot))
        else:
            (learned[node],) = content
