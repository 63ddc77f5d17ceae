"""simloop: an ordinary asyncio program with a datagram socket per node.

``simloop.explore`` makes the run of one seed, with the scheduling policy it has by default
and without shrinking; its trace cannot be off. Datagrams, for a stream would have to be
opened to each acceptor first. Latencies are set for all links.
"""

from __future__ import annotations

import asyncio

import simloop

from benchmarks.peers.datagrams import cluster
from benchmarks.workloads import HIGH_US, LOW_US, Decree
from simulation.units import SECOND


def decide(seed: int) -> Decree:
    """One decree."""
    # A run's value is not handed out, only the report of one that failed.
    outcomes: list[Decree] = []

    async def main() -> None:
        asyncio.get_running_loop().net.set_defaults(latency=(LOW_US / SECOND, HIGH_US / SECOND))
        outcomes.append(await cluster())

    report = simloop.explore(main, [seed])
    if report is not None:
        raise AssertionError(report.render())
    return outcomes[0]
