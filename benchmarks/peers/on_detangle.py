"""detangle: a datagram socket on each simulated host.

``detangle.run(..., seed=)`` makes one run, untraced as by default. Off, by options of its
own: the reordering of ready tasks and the seeding of the global ``random``, for here only
latencies are chance. They are choices, recorded one by one, and have as many steps as there
are microseconds. Datagrams, for its mailboxes take a task per node and are slower.
"""

from __future__ import annotations

import asyncio
from typing import Final

import detangle

from benchmarks.peers.datagrams import ENOUGH_SECONDS, NAMES, PROPOSER, AcceptorNode, ProposerNode, listen
from benchmarks.peers.roles import Acceptor, Proposer, decree
from benchmarks.workloads import HIGH_US, LOW_US, SPAN_US, Decree
from simulation.units import SECOND

CONFIG: Final = detangle.SimConfig(
    reorder=False,
    seed_random=False,
    net=detangle.NetConfig(latency=(LOW_US / SECOND, HIGH_US / SECOND), latency_steps=SPAN_US),
)


def decide(seed: int) -> Decree:
    """One decree."""
    return detangle.run(_cluster, seed=seed, config=CONFIG)


async def _cluster() -> Decree:
    proposer = Proposer()
    acceptors = [Acceptor() for _ in NAMES]
    pairs = zip(NAMES, acceptors, strict=True)
    opening = [detangle.spawn(listen(AcceptorNode(role), name), host=name) for name, role in pairs]
    await asyncio.gather(*opening)
    await detangle.spawn(listen(ProposerNode(proposer), PROPOSER), host=PROPOSER)
    await asyncio.sleep(ENOUGH_SECONDS)
    return decree(proposer, acceptors)
