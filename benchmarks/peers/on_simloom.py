"""simloom: an ordinary asyncio program with a datagram socket per node.

``simloom.run(..., seed=)`` makes one run, with the scheduler it has by default; neither its
recorder nor its self-check is on. Its tape, its event log and the collection of garbage at
the end of every run cannot be off. Datagrams, for a stream would have to be opened to each
acceptor first. Latencies are set for all links.
"""

from __future__ import annotations

import simloom

from benchmarks.peers.datagrams import cluster
from benchmarks.workloads import HIGH_US, LOW_US, Decree
from simulation.units import SECOND


def decide(seed: int) -> Decree:
    """One decree."""
    return simloom.run(_world, seed=seed).value


async def _world(world: simloom.World) -> Decree:
    world.net.set_latency(LOW_US / SECOND, HIGH_US / SECOND)
    return await cluster()
