"""detangle: an ordinary asyncio program with a datagram socket per node.

``detangle.run(..., seed=)`` makes one run, untraced as by default. Off, by options of its
own: the reordering of ready tasks and the seeding of the global ``random``, for here only
latencies are chance. They are choices, recorded one by one, and have as many steps as there
are microseconds. Its mailboxes, made for prototypes of Paxos, take a task per node: measured
beside these datagrams they made two thirds as many runs, or less with messages copied.
"""

from __future__ import annotations

from typing import Final

import detangle

from benchmarks.peers.datagrams import cluster
from benchmarks.workloads import HIGH_US, LOW_US, SPAN_US, Decree
from simulation.units import SECOND

CONFIG: Final = detangle.SimConfig(
    reorder=False,
    seed_random=False,
    net=detangle.NetConfig(latency=(LOW_US / SECOND, HIGH_US / SECOND), latency_steps=SPAN_US),
)


def decide(seed: int) -> Decree:
    """One decree."""
    return detangle.run(cluster, seed=seed, config=CONFIG)
