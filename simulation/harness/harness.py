"""The life of a run: coordinator, scripts, planned faults, the end.

Every process starts its replica, waits until names are registered, reports ready, and on
the coordinator's start prints that it started and follows its script. When all scripts
are done it lingers, prints how long its replica's queue is if that one lives, and stops
it. The coordinator prints the values of all that were not killed.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from msgspec import Struct

from simulation.cluster import Cluster
from simulation.harness.mishaps import Mishaps
from simulation.harness.plan import Plan
from simulation.harness.reports import (
    Collected,
    KillsAnnounced,
    QueueRead,
    ScriptStarted,
    SpareAnnounced,
)
from simulation.harness.script import Script
from simulation.harness.startup import SETTLE_US, draw
from simulation.kernel import Ending
from simulation.trace import Kind

Doing = Generator[Any, Any, None]


class Outcome(Struct, frozen=True):
    """How a run ended, by process.

    ``ending`` says whether the run came to its own end; it is None where the log ends that a
    run re-enacts. ``values`` are what scripts got to know, ``survivors`` the processes alive
    when they read their queues, ``queues`` their replicas' queue lengths.
    """

    ending: Ending | None
    finished: bool
    values: tuple[int | None, ...]
    survivors: tuple[int, ...]
    queues: dict[int, int]


class Harness:
    """Carries out ``plan`` on ``cluster``."""

    def __init__(self, cluster: Cluster, plan: Plan) -> None:
        self._cluster = cluster
        self._plan = plan
        self._kernel = cluster.kernel
        self._everybody = range(len(plan.names))
        cluster.reset(plan.seed, plan.order)
        self._startup = draw(plan.conditions, len(plan.names), cluster.entropy)
        cluster.names_become_visible(self._startup.visible_us)
        self._scripts = [Script(cluster, plan, process) for process in self._everybody]
        self._start = self._kernel.event()
        self._all_done = self._kernel.event()
        self._over = self._kernel.event()
        self._not_ready = self._not_done = self._not_gone = len(plan.names)
        # Nobody leaves before the calm is over.
        self._not_done += plan.calm is not None
        self._collected: list[int | None] = []
        self._queues: dict[int, int] = {}
        self._ended: set[int] = set()

    def run(self) -> Outcome:
        """From the first node's start to the coordinator's last line."""
        for process in self._plan.order:
            self._kernel.process(self._life(process))
        if self._plan.faults or self._plan.calm is not None:
            Mishaps(self._cluster, self._plan, self._ended).begin(self._start, self._one_is_done)
        self._kernel.process(self._cut(self._plan.limit_us))
        ending = self._kernel.run_until(self._over, most_steps=self._plan.most_events)
        self._cluster.heal_all_links()
        return Outcome(
            ending=ending,
            finished=ending is Ending.FINISHED and not self._not_gone,
            values=tuple(script.value for script in self._scripts),
            survivors=tuple(sorted(self._queues)),
            queues=self._queues,
        )

    def _life(self, process: int) -> Doing:
        kernel, cluster, script = self._kernel, self._cluster, self._scripts[process]
        yield from self._boot(process)
        yield self._start
        yield kernel.sleep(self._startup.jitter_us[process])
        yield from self._announce(script)
        yield from script.run()
        self._one_is_done()
        yield self._all_done
        if self._plan.linger_us and self._alive(process):
            yield kernel.sleep(self._plan.linger_us)
        # A planned fault may have struck meanwhile: the dead have no queue to read.
        if self._alive(process):
            self._queues[process] = cluster.queue_length(process)
            yield from script.say(QueueRead(self._queues[process]))
            self._collected.append(script.value)
            cluster.stop(process)
        self._ended.add(process)
        self._gone()

    def _boot(self, process: int) -> Doing:
        kernel, startup = self._kernel, self._startup
        yield kernel.sleep(startup.node_start_us[process])
        self._cluster.start(process)
        ready_us = max(startup.node_start_us[process], startup.registered_us[process]) + SETTLE_US
        yield kernel.sleep(ready_us - kernel.now)
        self._not_ready -= 1
        if not self._not_ready:
            self._start.succeed()

    def _announce(self, script: Script) -> Doing:
        plan = self._plan
        yield from script.say(ScriptStarted(plan.order if plan.announce == "participants" else None))
        if plan.announce == "kill sets":
            roles = plan.roles
            yield from script.say(SpareAnnounced(roles["spare"]))
            yield from script.say(KillsAnnounced(roles["leaders"], roles["followers"]))

    def _one_is_done(self) -> None:
        self._not_done -= 1
        if not self._not_done:
            self._all_done.succeed()

    def _gone(self) -> None:
        self._not_gone -= 1
        if not self._not_gone:
            values = tuple(reversed(self._collected))
            self._cluster.record(Kind.REPORT, self._cluster.places.coordinator, Collected(values))
            self._over.succeed()

    def _cut(self, limit_us: int) -> Doing:
        yield self._kernel.sleep(limit_us)
        if not self._over.triggered:
            self._over.succeed()

    def _alive(self, process: int) -> bool:
        return self._cluster.hosts[process].alive
