"""simloom: a datagram socket on each host of a world.

``simloom.run(..., seed=)`` makes one run, with the scheduler it has by default; neither its
recorder nor its self-check is on. Its tape, its event log and the collection of garbage at
the end of every run cannot be off. Datagrams, for a stream would have to be opened to each
acceptor first. Latencies are set for all links.
"""

from __future__ import annotations

import asyncio

import simloom

from benchmarks.peers.datagrams import ENOUGH_SECONDS, NAMES, PROPOSER, AcceptorNode, ProposerNode, listen
from benchmarks.peers.roles import Acceptor, Proposer, decree
from benchmarks.workloads import HIGH_US, LOW_US, Decree
from simulation.units import SECOND


def decide(seed: int) -> Decree:
    """One decree."""
    return simloom.run(_cluster, seed=seed).value


async def _cluster(world: simloom.World) -> Decree:
    world.net.set_latency(LOW_US / SECOND, HIGH_US / SECOND)
    proposer = Proposer()
    acceptors = [Acceptor() for _ in NAMES]
    pairs = zip(NAMES, acceptors, strict=True)
    opening = [_open(world, name, AcceptorNode(role)) for name, role in pairs]
    await asyncio.gather(*opening)
    await _open(world, PROPOSER, ProposerNode(proposer))
    await world.sleep(ENOUGH_SECONDS)
    return decree(proposer, acceptors)


def _open(world: simloom.World, name: str, node: asyncio.DatagramProtocol) -> asyncio.Task[None]:
    return world.host(name).spawn(lambda: listen(node, name))
