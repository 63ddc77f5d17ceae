"""The two workloads, what every way of running them must deliver, and their parameters.

*W1*: eleven tokens wander among eleven nodes; whoever gets one sends it on to another
node. The destination is a function of the token's word alone, never of the clock or of
chance, so every way of running W1 delivers the same messages whatever its latencies are.

*Paxos*: one proposer, five acceptors, one decree without rivals. Prepare, promise,
accept, accepted and learn cross the network five times each: 25 deliveries.
Source: Lamport, *Paxos Made Simple* (2001), sections 2.2 and 2.3.

The word steps by a linear congruence (Knuth, *TAOCP* vol. 2, section 3.3.4, table 1,
line 15). Every node of every variant writes the same two lines::

    word = word * FACTOR + 1 & MASK
    destination = (node + 1 + (word * OTHERS >> 32)) % NODES
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

NODES: Final = 11
OTHERS: Final = NODES - 1
FACTOR: Final = 69_069
MASK: Final = 0xFFFFFFFF

ACCEPTORS: Final = 5
QUORUM: Final = 3
BALLOT: Final = 1
VALUE: Final = 7
PAXOS_DELIVERIES: Final = 25

LOW_US: Final = 1_000
HIGH_US: Final = 2_000
SPAN_US: Final = HIGH_US - LOW_US + 1
"""A latency is a whole number of microseconds, uniform in ``LOW_US``..``HIGH_US``.

Three of the fastest messages in a row take longer than one of the slowest. So no accept
overtakes the prepare before it, nobody refuses anything, and it is always 25 deliveries.
"""


class Wandering(Struct, frozen=True):
    """What came of W1: how many tokens each node got."""

    delivered: tuple[int, ...]


class Decree(Struct, frozen=True):
    """What came of Paxos: what each acceptor learned, and how many messages arrived."""

    learned: tuple[int | None, ...]
    deliveries: int


def first_words() -> tuple[int, ...]:
    """The word of each token, in the order of the nodes that send them first."""
    return tuple(range(1, NODES + 1))


def expected_wandering(hops: int) -> Wandering:
    """W1 without a network: each token followed by itself for ``hops`` deliveries."""
    delivered = [0] * NODES
    for node, word in enumerate(first_words()):
        for _ in range(hops):
            word = word * FACTOR + 1 & MASK
            node = (node + 1 + (word * OTHERS >> 32)) % NODES
            delivered[node] += 1
    return Wandering(tuple(delivered))


def expected_decree() -> Decree:
    """Paxos without rivals: everybody learns the only value proposed."""
    return Decree((VALUE,) * ACCEPTORS, PAXOS_DELIVERIES)
