"""A set of processes that run one protocol: built once, reset for every run.

A reset cluster behaves like a new one: what a run did before leaves no trace in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulation.cluster import disk
from simulation.cluster.building import build_machines
from simulation.cluster.clients import Clients
from simulation.cluster.driver import Driver
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck
from simulation.cluster.points import Reached, Watch, Watched
from simulation.cluster.weather import Front, Weather
from simulation.errors import HarnessError
from simulation.faults import (
    Drift,
    Fault,
    KeepWrites,
    Kill,
    LinksHealed,
    LinksHit,
    LoseWrites,
    Pin,
    Restart,
    Resume,
    Slow,
    Steady,
    Strike,
    Suspend,
    Unsaid,
    Wipe,
)
from simulation.kernel import Entropy, Kernel, Purpose, Table
from simulation.network import Conditions, Fabric, Transit
from simulation.protocols.inputs import Restarted, Started
from simulation.protocols.machine import Machine
from simulation.protocols.registry import Protocol
from simulation.protocols.reports import BallotStarted, LeaderNamed
from simulation.trace import Kind, Places, Trace
from simulation.trace.record import CONTENT, NO_CAUSE, PROCESS

KEPT_ORDERS = 24
"""For so many orders of the participants, all those of four, the machines are kept."""

_STARTED = Started()


class Cluster:
    """The processes ``names`` running ``protocol`` under ``conditions``; the first ``acceptors`` vote."""

    def __init__(
        self, protocol: Protocol, names: Sequence[str], conditions: Conditions, acceptors: int | None = None
    ) -> None:
        self.protocol = protocol
        self._acceptors = len(names) if acceptors is None else acceptors
        self.places = Places(names, [part.__name__.lower() for part in protocol.components])
        self.count = len(self.places.names)
        self.kernel = Kernel()
        self.entropy = Entropy(0)
        self.trace = Trace()
        addresses = self.count * len(protocol.components)
        self.luck = Luck(conditions, self.entropy, addresses=self.places.coordinator, processes=self.count)
        self.hosts = [Host(address % self.count, address) for address in range(addresses)]
        self.driver = Driver(self.kernel, self.hosts, self.places, self.luck)
        self.clients = Clients(self.kernel, self.places, self.luck)
        self._machines = [self.hosts[process :: self.count] for process in range(self.count)]
        self._order: tuple[int, ...] = ()
        self._machines_by_order: dict[tuple[int, ...], list[Machine]] = {}
        self._fabric = self._weave(conditions)
        self._weather = Weather(self.entropy, conditions, self.count, protocol.apart)
        self.reset(0)

    def reset(self, seed: int, order: Sequence[int] | None = None) -> None:
        """Become a new cluster with this seed and this order of the participants."""
        self.kernel.reset()
        self.entropy.reseed(seed)
        self.luck.reset()
        self.trace = Trace()
        self._fabric.reset()
        self._weather.reset()
        self.driver.begin(self.trace)
        self._connect(self._fabric.transit())
        self.clients.begin(self.trace)
        wanted = tuple(range(self.count)) if order is None else tuple(order)
        if wanted != self._order:
            self._order = wanted
            self._install_machines()
        for host in self.hosts:
            host.reset()

    def names_become_visible(self, visible_us: list[list[int]] | None) -> None:
        """From now on process p finds q by name only from ``visible_us[p][q]`` on."""
        self._connect(self._fabric.transit(visible_us))

    def start(self, process: int) -> None:
        """Begin the first life of a process, all its machines."""
        self._begin(process, lambda host: _STARTED)

    def restart(self, process: int) -> None:
        """Begin another life of a dead process, with what was durable and nothing else."""
        self._begin(process, lambda host: Restarted(host.durable))

    def stop(self, process: int) -> None:
        """End a process in good order: no fault, nothing to record."""
        self.driver.stop(self.machines_of(process))

    def strike(self, fault: Fault, process: int, *, by: str, reason: str = "") -> None:
        """Let a fault happen to a process and record it. The dead feel a restart, and a recovered machine."""
        serving = self.hosts[process]
        recovers = isinstance(fault, (KeepWrites, Steady))
        if serving.alive is isinstance(fault, Restart) and not recovers:
            return
        self.record(Kind.STRIKE, process, Strike(fault, process, by, reason))
        machines = self._machines[process]
        if isinstance(fault, Kill):
            self.stop(process)
            if isinstance(fault, Wipe):
                disk.wipe(machines)
        elif isinstance(fault, LoseWrites):
            disk.begin_to_lie(machines)
        elif isinstance(fault, KeepWrites):
            disk.stop_lying(machines)
        elif isinstance(fault, (Slow, Drift, Steady)):
            self._change_pace(fault, process)
        elif isinstance(fault, Restart):
            self._tell_unsaid(process)
            self.restart(process)
        elif isinstance(fault, Suspend):
            self.driver.suspend(serving)
        elif isinstance(fault, Resume):
            self.driver.resume(serving)
        else:
            raise HarnessError(f"the cluster does not know the fault {type(fault).__name__}")

    def lives_begun(self, process: int) -> int:
        """How many lives this process has begun, the present one too."""
        return self.hosts[process].lives

    def hit_links(self, hit: LinksHit, for_us: int | None = None) -> Front:
        """Let a fault hit messages from now on, and record it. Who says for how long ends it, too."""
        self.record(Kind.STRIKE, self.places.coordinator, hit)
        if not self._weather.lasting():
            self.driver.connect(self._weather.through(self._transit))
        front = self._weather.begin(hit, self.kernel.now + (for_us or 0))
        self._watch_arrivals()
        return front

    def heal_links(self, front: Front) -> None:
        """Let a fault of links be over, and record how many messages felt it. Once is enough."""
        if front in self._weather.lasting():
            self._weather.end(front)
            self._watch_arrivals()
            healed = LinksHealed(front.hit.reason, front.messages)
            self.record(Kind.STRIKE, self.places.coordinator, healed)

    def spare_links(self, core: Sequence[int]) -> None:
        """Let no fault of links be felt any more between these processes; where it is, let it last."""
        self._weather.spare(core)

    def heal_all_links(self) -> None:
        """Let every fault of links be over."""
        for front in self._weather.lasting():
            self.heal_links(front)

    def watch(self, pins: Sequence[tuple[Pin, Reached]]) -> None:
        """Tell of steps of this run, which has not begun yet, whenever a process takes one."""
        watched = [Watched(pin.step, pin.before, reached) for pin, reached in pins]
        self.driver.watch(Watch(self.protocol.moments, watched))

    def record(self, kind: Kind, place: int, content: Any) -> None:
        """Record something that happens now at an address and that no machine caused."""
        number = self.kernel.sequence()
        self.trace.records.append((self.kernel.now, 1, number, int(kind), NO_CAUSE, place, place, content))

    def calm_transit(self) -> Transit:
        """When a message arrives where nothing hinders it."""
        return self._fabric.transit()

    # A view for targets (``faults.targets.View``) ---------------------------------------

    def alive(self) -> list[int]:
        """The processes that are up, suspended ones too, in ascending order."""
        return [host.process for host in self.hosts[: self.count] if host.alive]

    def believed_leader(self, process: int) -> int | None:
        """Whom this process named leader last, or None."""
        for record in reversed(self.trace.records):
            if record[PROCESS] == process and type(record[CONTENT]) is LeaderNamed:
                return int(record[CONTENT].leader)
        return None

    def highest_ballot(self, process: int) -> Any:
        """The highest ballot that this process started, of any instance, or None."""
        return max(
            (
                record[CONTENT].ballot
                for record in self.trace.records
                if record[PROCESS] == process and type(record[CONTENT]) is BallotStarted
            ),
            default=None,
        )

    def queue_length(self, process: int) -> int:
        """Inputs that wait in the mailbox of the machine that serves clients."""
        return len(self.hosts[process].mailbox)

    def machines_of(self, process: int) -> list[Host]:
        """The hosts of all machines of a process."""
        return self._machines[process]

    def _begin(self, process: int, first_input: Callable[[Host], Any]) -> None:
        if self.hosts[process].alive:
            raise HarnessError(f"{self.places.name(process)} is up: only who is dead can begin a life")
        for host in self._machines[process]:
            host.live()
            self.driver.give(host, first_input(host))
            if not host.alive:
                # It died of its first input, and with it the machines that never began.
                return

    def _change_pace(self, fault: Slow | Drift | Steady, process: int) -> None:
        times, per_mille = (1, 0) if isinstance(fault, Steady) else self.luck.pace(process)
        if isinstance(fault, Slow):
            times = fault.times
        elif isinstance(fault, Drift):
            per_mille = fault.per_mille
        before, now = self.luck.pace(process), (times, per_mille)
        self.luck.go_at_pace(process, *now)
        self.driver.stretch_timers(self._machines[process], before, now)

    def _watch_arrivals(self) -> None:
        self.driver.repeat(self._weather.again_us if self._weather.repeats() else None)

    def _tell_unsaid(self, process: int) -> None:
        for host in self._machines[process]:
            for report in host.unsaid:
                self.record(Kind.STRIKE, host.address, Unsaid(report))

    # Building -------------------------------------------------------------------------

    def _connect(self, transit: Transit) -> None:
        self._transit = transit
        self.driver.connect(transit)

    def _install_machines(self) -> None:
        # Machines are sealed: those of an order that was seen before are as good as new.
        machines = self._machines_by_order.get(self._order)
        if machines is None:
            machines = build_machines(self.protocol, self.places, self._order, self._acceptors)
            if len(self._machines_by_order) < KEPT_ORDERS:
                self._machines_by_order[self._order] = machines
        for host, machine in zip(self.hosts, machines, strict=True):
            host.install(machine)

    def _weave(self, conditions: Conditions) -> Fabric:
        addresses = range(len(self.hosts))
        ranges = [
            conditions.own_delay_us if (source - destination) % self.count == 0 else conditions.delay_us
            for source in addresses
            for destination in addresses
        ]
        by_name = frozenset(
            address
            for address in addresses
            if self.protocol.components[address // self.count].finds_peers_by_name
        )
        return Fabric(
            conditions,
            addresses=len(addresses),
            processes=self.count,
            apart=self.protocol.apart,
            by_name=by_name,
            delays=Table(self.entropy, Purpose.LATENCY, ranges, group=len(addresses)),
        )
