"""Both workloads on this package, through the doors that a user's own protocol has.

The machines of ``benchmarks.machines`` on ``simulation.cluster.Cluster``: hosts, named
links with a stream each, the trace kept, its digest taken. A cluster is built once and
reset for every seed, as the package's own runs do it.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from benchmarks.machines import Paxos, wanderer
from benchmarks.workloads import ACCEPTORS, HIGH_US, LOW_US, NODES, Decree, Wandering
from simulation.cluster import Cluster
from simulation.network import LOCAL
from simulation.protocols import Machine, Protocol
from simulation.trace import Kind
from simulation.trace.record import KIND

CONDITIONS = replace(
    LOCAL,
    delay_us=(LOW_US, HIGH_US),
    own_delay_us=(LOW_US, HIGH_US),
    own_decision_us=0,
    fifo=False,
    send_us=(0, 0),
    print_us=(0, 0),
)
"""The latency of the other variants; nothing else takes time."""


MOST_STEPS: Final = 10_000_000
"""A bound that no run comes near: a run ends when nothing is left to happen."""


class Runner:
    """One workload's cluster, ready for any number of runs."""

    def __init__(self, machine: type[Machine], processes: int) -> None:
        protocol = Protocol(name=machine.__name__, about="", components=(machine,))
        names = [f"p{process + 1}" for process in range(processes)]
        self.cluster = Cluster(protocol, names, CONDITIONS)

    def digest(self, seed: int) -> str:
        """One run until nothing is in flight, and the digest of its trace."""
        cluster = self.cluster
        cluster.reset(seed)
        for process in range(cluster.count):
            cluster.start(process)
        cluster.kernel.run_until(cluster.kernel.event(), most_steps=MOST_STEPS)
        return cluster.trace.digest()

    def deliveries(self) -> int:
        """How many messages the last run's trace tells of."""
        return sum(record[KIND] == Kind.MESSAGE for record in self.cluster.trace)


class Wanderers(Runner):
    """W1 with so many ``hops``."""

    def __init__(self, hops: int) -> None:
        super().__init__(wanderer(hops), NODES)

    def outcome(self, seed: int) -> Wandering:
        """What comes of one run."""
        self.digest(seed)
        return Wandering(tuple(host.state.delivered for host in self.cluster.hosts))


class Decrees(Runner):
    """One decree after the other."""

    def __init__(self) -> None:
        super().__init__(Paxos, ACCEPTORS + 1)

    def outcome(self, seed: int) -> Decree:
        """What comes of one run."""
        self.digest(seed)
        learned = tuple(host.state.learned for host in self.cluster.hosts[1:])
        return Decree(learned, self.deliveries())
