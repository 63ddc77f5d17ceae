"""One run under a strategy: a storm, and after some of them a calm in which a core has to decide."""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.harness import Calm as CalmPlan
from simulation.harness import Expectation, Outcome, Plan
from simulation.harness.reports import Collected
from simulation.kernel import Ending, Purpose
from simulation.network import Conditions
from simulation.protocols.reports import Decided
from simulation.search import calm
from simulation.search.moves import Calm, Schedule
from simulation.search.scripted import carry_out
from simulation.search.strategy import Strategy
from simulation.search.world import StormOver, World
from simulation.trace import Kind
from simulation.trace.record import CONTENT, PROCESS

CALM_PER_MILLE = 250
"""After so many of a thousand storms it becomes calm: that costs as much as the storm itself."""


SHORT = 25
"""Every second of these storms ends after so many moves at the most, before much is decided."""


class Storm:
    """Carries out ``plan`` on ``cluster``, with the moves of a strategy or of a schedule.

    After a schedule a strategy may go on (``then``), with the chance of another ``seed``.
    """

    def __init__(
        self,
        cluster: Cluster,
        plan: Plan,
        moves: Strategy | Schedule,
        *,
        then: Strategy | None = None,
        seed: int = 0,
    ) -> None:
        self._moves = moves
        self._then = then
        self._seed = seed
        self._world = World(cluster, plan)
        self._cluster = cluster
        self.plan = plan
        """The plan, which knows after the run whether it got calm, and for whom."""

    @property
    def schedule(self) -> Schedule:
        """All moves that were made."""
        return tuple(self._world.moves)

    def run(self) -> Outcome:
        """The storm, and the calm if there is one."""
        after = self._storm()
        self.plan = replace(self.plan, expect=Expectation("allowed", ()))
        over = True
        if after is not None:
            self._world.moves.append(after)
            began = CalmPlan(self._cluster.kernel.now, after.core, calm.WITHIN_US)
            self.plan = replace(self.plan, calm=began, most_events=calm.MOST_EVENTS)
            over = calm.comes(self._world, self._cluster, after, self.plan.conditions.delay_us)
        self._cluster.record(Kind.REPORT, self._cluster.places.coordinator, Collected(self._values()))
        return Outcome(
            ending=Ending.FINISHED if over else Ending.CUT,
            finished=over,
            values=(None,) * self._cluster.count,
            survivors=tuple(self._cluster.alive()),
            queues={},
        )

    def _values(self) -> tuple[int | None, ...]:
        """What those who live know at the end, the last one first, as the real system prints it."""
        known = {
            record[PROCESS]: record[CONTENT].value
            for record in self._cluster.trace
            if record[CONTENT].__class__ is Decided
        }
        return tuple([known.get(process) for process in reversed(self._cluster.alive())])

    def _follow(self, schedule: Schedule) -> Calm | None:
        world = self._world
        world.most_moves = max(world.most_moves, 2 * len(schedule))
        try:
            after = carry_out(schedule, world)
            if self._then is not None:
                self._then.play(world, self._cluster.entropy.stream(Purpose.STRATEGY, 1, self._seed))
        except StormOver:
            return None
        return after

    def _storm(self) -> Calm | None:
        world, entropy = self._world, self._cluster.entropy
        if not isinstance(self._moves, Strategy):
            return self._follow(self._moves)
        chance = entropy.stream(Purpose.CALM)
        calms = chance.chance(CALM_PER_MILLE, 1_000)
        if calms and chance.chance(1, 2):
            world.most_moves = chance.between(1, SHORT)
        with suppress(StormOver):
            self._moves.play(world, entropy.stream(Purpose.STRATEGY))
        return calm.drawn(world, chance) if calms else None


def timeless(conditions: Conditions) -> Conditions:
    """The conditions of a storm, in which nothing takes time. The times of links are for the calm."""
    return replace(conditions, print_us=(0, 0), send_us=(0, 0), sync_us=(0, 0), own_delay_us=(0, 0))
