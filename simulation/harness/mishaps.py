"""What the world does to a run: the planned faults, each at its time or at its step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

from simulation.cluster import Cluster
from simulation.faults import (
    OF_MACHINES,
    UNDONE_BY,
    Calmed,
    Drift,
    Fault,
    KeepWrites,
    LinkFault,
    LinksHit,
    LoseWrites,
    Pin,
    PlannedFault,
    Restart,
    Resume,
    RingHit,
    Slow,
    Steady,
    Strike,
    Suspend,
    Target,
    resolve,
)
from simulation.harness.plan import Calm, Plan
from simulation.kernel import Purpose, Stream
from simulation.trace import Kind
from simulation.units import NEVER_US

Doing = Generator[Any, Any, None]


class Mishaps:
    """Lets the faults of ``plan`` strike ``cluster``. ``ended`` are the processes whose part is over."""

    def __init__(self, cluster: Cluster, plan: Plan, ended: set[int]) -> None:
        self._cluster = cluster
        self._kernel = cluster.kernel
        self._plan = plan
        self._ended = ended
        self._calm = False
        self._draws: dict[str, Stream] = {}

    def begin(self, start: Any, calm_is_over: Callable[[], None]) -> None:
        """Wait from now on for the times and the steps of all faults; times count from ``start``."""
        if self._plan.calm is not None:
            self._kernel.process(self._calm_down(start, self._plan.calm, calm_is_over))
        pinned = [fault for fault in self._plan.faults if fault.pin is not None]
        if pinned:
            self._cluster.watch([(fault.pin, self._when_reached(fault)) for fault in pinned if fault.pin])
        for number, fault in enumerate(self._plan.faults):
            if fault.every_us is not None:
                self._kernel.process(self._at_a_rate(start, fault, fault.every_us, number))
            elif fault.pin is None:
                self._kernel.process(self._in_time(start, fault))

    def _in_time(self, start: Any, planned: PlannedFault) -> Doing:
        yield start
        yield self._kernel.sleep(planned.at_us)
        if not self._calm:
            yield from self._happen(planned, None)

    def _at_a_rate(self, start: Any, planned: PlannedFault, every_us: int, number: int) -> Doing:
        """Let a fault strike again and again. The gaps are exponential: when it last did tells nothing."""
        gaps = self._cluster.entropy.stream(Purpose.RATE, number)
        until_us = NEVER_US if planned.until_us is None else planned.until_us
        yield start
        yield self._kernel.sleep(planned.at_us)
        at_us = planned.at_us
        while True:
            gap_us = max(1, gaps.exponential(every_us))
            at_us += gap_us
            if at_us >= until_us:
                return
            yield self._kernel.sleep(gap_us)
            if self._calm:
                return
            self._strike_now(planned, None)

    def _when_reached(self, planned: PlannedFault) -> Callable[[int], None]:
        """What happens whenever a process takes the step of a fault: at the right one, it strikes."""
        taken = 0
        pin = planned.pin

        def reached(process: int) -> None:
            nonlocal taken
            if self._calm or not isinstance(pin, Pin) or taken >= pin.nth:
                return
            if pin.by is None or process in resolve(pin.by, self._cluster):
                taken += 1
                if taken == pin.nth:
                    self._strike_now(planned, process)

        return reached

    def _strike_now(self, planned: PlannedFault, taker: int | None) -> None:
        """Let a fault happen at this very point; only its end takes a process of the kernel."""
        doing = self._happen(planned, taker)
        wait = next(doing, None)
        if wait is not None:
            self._kernel.process(_rest(wait, doing))

    def _happen(self, planned: PlannedFault, taker: int | None) -> Doing:
        if isinstance(planned.fault, LinkFault):
            yield from self._weather(planned, planned.fault, taker)
            return
        cluster = self._cluster
        target = resolve(planned.target, cluster, taker)
        may_be = [process for process in target if self._may_strike(planned.fault, process)]
        struck = self._drawn(planned, planned.target, may_be)
        for process in struck:
            cluster.strike(planned.fault, process, by="schedule", reason=planned.name)
        if not struck:
            nobody = Strike(planned.fault, -1, "schedule", planned.name)
            cluster.record(Kind.STRIKE, cluster.places.coordinator, nobody)
        elif planned.for_us is not None:
            lives = [cluster.lives_begun(process) for process in struck]
            yield self._kernel.sleep(planned.for_us)
            self._undo(planned, [*zip(struck, lives, strict=True)])

    def _undo(self, planned: PlannedFault, struck: list[tuple[int, int]]) -> None:
        """End what a fault did to processes that have not begun another life since."""
        if self._calm:
            return
        undoing = UNDONE_BY[type(planned.fault)]
        for process, life in struck:
            same = self._cluster.lives_begun(process) == life and self._may_strike(undoing, process)
            if same or isinstance(planned.fault, OF_MACHINES):
                self._cluster.strike(undoing, process, by="schedule", reason=planned.name)

    def _may_strike(self, fault: Fault, process: int) -> bool:
        """Whether it would change anything: who is dead, suspended or slow is not made so again."""
        host = self._cluster.hosts[process]
        match fault:
            case Restart():
                # Who has ended is dead in good order.
                return not host.alive and process not in self._ended
            case Suspend() | Resume():
                return host.alive and host.suspended is isinstance(fault, Resume)
            case LoseWrites():
                return host.alive and not host.lies
            case Slow(times):
                return host.alive and self._cluster.luck.pace(process)[0] != times
            case Drift(per_mille):
                return host.alive and self._cluster.luck.pace(process)[1] != per_mille
        return host.alive

    def _weather(self, planned: PlannedFault, fault: LinkFault, taker: int | None) -> Doing:
        hits = RingHit if planned.ring else LinksHit
        sources = self._ends(planned, planned.target, taker)
        if planned.to is None:
            others = tuple(process for process in self._plan.order if process not in sources)
        else:
            others = self._ends(planned, planned.to, taker, without=sources)
        front = self._cluster.hit_links(
            hits(fault, sources, others, planned.both, planned.name), planned.for_us
        )
        if planned.for_us is not None:
            yield self._kernel.sleep(planned.for_us)
            if not self._calm:
                self._cluster.heal_links(front)

    def _ends(
        self, planned: PlannedFault, target: Target, taker: int | None, without: Sequence[int] = ()
    ) -> tuple[int, ...]:
        """Whose links are meant at one of their ends. Who is drawn is up, and not at the other end."""
        found = resolve(target, self._cluster, taker)
        if not target.drawn:
            return found
        up = [process for process in self._cluster.alive() if process in found and process not in without]
        return tuple(self._drawn(planned, target, up))

    def _drawn(self, planned: PlannedFault, target: Target, among: list[int]) -> list[int]:
        """All of these, or one of them where the target is drawn."""
        if not target.drawn or not among:
            return among
        if planned.name not in self._draws:
            number = self._plan.faults.index(planned)
            self._draws[planned.name] = self._cluster.entropy.stream(Purpose.TARGET, number)
        return [among[self._draws[planned.name].between(0, len(among) - 1)]]

    def _calm_down(self, start: Any, calm: Calm, is_over: Callable[[], None]) -> Doing:
        """Heal the core and freeze the rest as it stands; wait until the core's time is over."""
        yield start
        yield self._kernel.sleep(calm.at_us)
        self._calm = True
        cluster = self._cluster
        cluster.record(Kind.STRIKE, cluster.places.coordinator, Calmed(calm.core, calm.within_us))
        cluster.spare_links(calm.core)
        for process in calm.core:
            if self._may_strike(Restart(), process):
                cluster.strike(Restart(), process, by="schedule", reason="calm")
            elif cluster.hosts[process].suspended:
                cluster.strike(Resume(), process, by="schedule", reason="calm")
            if cluster.hosts[process].lies:
                cluster.strike(KeepWrites(), process, by="schedule", reason="calm")
            if cluster.luck.pace(process) != (1, 0):
                cluster.strike(Steady(), process, by="schedule", reason="calm")
        yield self._kernel.sleep(calm.within_us)
        is_over()


def _rest(wait: Any, doing: Doing) -> Doing:
    yield wait
    yield from doing
