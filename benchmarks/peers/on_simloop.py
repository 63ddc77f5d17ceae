"""simloop: a datagram socket on each simulated host.

``simloop.explore`` makes the run of one seed, with the scheduling policy it has by default
and without shrinking; its trace cannot be off. Datagrams, for a stream would have to be
opened to each acceptor first. Latencies are set for all links.
"""

from __future__ import annotations

import asyncio

import simloop

from benchmarks.peers.datagrams import ENOUGH_SECONDS, NAMES, PROPOSER, AcceptorNode, ProposerNode, listen
from benchmarks.peers.roles import Acceptor, Proposer, decree
from benchmarks.workloads import HIGH_US, LOW_US, Decree
from simulation.units import SECOND


def decide(seed: int) -> Decree:
    """One decree."""
    proposer = Proposer()
    acceptors = [Acceptor() for _ in NAMES]
    report = simloop.explore(lambda: _cluster(proposer, acceptors), [seed])
    if report is not None:
        raise AssertionError(report.render())
    return decree(proposer, acceptors)


async def _cluster(proposer: Proposer, acceptors: list[Acceptor]) -> None:
    net = asyncio.get_running_loop().net
    net.set_defaults(latency=(LOW_US / SECOND, HIGH_US / SECOND))
    pairs = zip(NAMES, acceptors, strict=True)
    opening = [net.host(name).create_task(listen(AcceptorNode(role), name)) for name, role in pairs]
    await asyncio.gather(*opening)
    await net.host(PROPOSER).create_task(listen(ProposerNode(proposer), PROPOSER))
    await asyncio.sleep(ENOUGH_SECONDS)
