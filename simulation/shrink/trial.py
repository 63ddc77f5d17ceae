"""Does a schedule still fail in the same way? Asked thousands of times, so one check judges."""

from __future__ import annotations

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.checks import CHECKS, Check, RunStory, Violated, name_of
from simulation.cluster import Cluster
from simulation.harness import Plan
from simulation.kernel import Entropy
from simulation.protocols import find_protocol
from simulation.run import Run
from simulation.scenario import Scenario
from simulation.search import Calm, Deliver, Schedule, Storm, Strategy, retrace, timeless
from simulation.search.world import World
from simulation.trace import Kind
from simulation.trace.record import ID, KIND

A_CALM = 1_000
"""So many moves is a calm worth."""

_MESSAGE = int(Kind.MESSAGE)


class Attempt(Struct, frozen=True):
    """A schedule that fails: the moves that were made, how many events that were, how many came late.

    A message comes late that was sent before one which had arrived already.
    """

    schedule: Schedule
    events: int
    late: int

    @property
    def size(self) -> tuple[int, int, int, int]:
        """What shrinking makes smaller: moves, late messages, copies, events.

        A calm is as much as a whole storm: hundreds of events that nobody chose.
        """
        calm = sum([A_CALM for move in self.schedule if isinstance(move, Calm)])
        copies = sum([isinstance(move, Deliver) and move.keep for move in self.schedule])
        return len(self.schedule) + calm, self.late, copies, self.events


class Trial:
    """Tries schedules of one scenario, whose failures are those of one check."""

    def __init__(self, scenario: Scenario, seed: int, check: str) -> None:
        self.scenario = scenario
        self.seed = seed
        self.check = check
        self.tried = 0
        self._judge = check_called(check)
        self._entropy = Entropy(seed)
        self._plan: Plan = scenarios.plan(scenario, seed, self._entropy)
        voters = len(self._plan.voters)
        protocol = find_protocol(self._plan.protocol)
        self.cluster = Cluster(protocol, self._plan.names, timeless(self._plan.conditions), voters)

    def kinds(self) -> tuple[tuple[int, ...], ...]:
        """Processes that may stand for each other: those who propose, and those who do not."""
        plan = self._plan
        return tuple(plan.proposers), tuple([p for p in plan.voters if p not in plan.proposers])

    def moves_of(self, run: Run) -> Schedule:
        """The moves of a run: of one that follows the times of a network, those that it comes down to."""
        return run.moves or self.retraced(run)

    def retraced(self, run: Run) -> Schedule:
        """What a run comes down to in this scenario, which may be smaller than its own."""
        return retrace(run.trace.records, World(self.cluster, self._plan), calms=self.check == "liveness")

    def fails(self, schedule: Schedule) -> Attempt | None:
        """What came of a schedule that fails in the same way; None for one that does not."""
        return self._judged(Storm(self.cluster, self._plan, schedule))

    def continues(self, schedule: Schedule, strategy: Strategy, seed: int) -> bool:
        """Whether a run that goes on from these moves with those of a strategy fails in the same way."""
        return self._judged(Storm(self.cluster, self._plan, schedule, then=strategy, seed=seed)) is not None

    def _judged(self, storm: Storm) -> Attempt | None:
        self.tried += 1
        outcome = storm.run()
        records, places = self.cluster.trace.records, self.cluster.places
        found = self._judge(RunStory(records, places, storm.plan, outcome))
        if not isinstance(found, Violated):
            return None
        latest, late = -1, 0
        for record in records:
            if record[KIND] == _MESSAGE:
                late += record[ID] < latest
                latest = max(latest, record[ID])
        return Attempt(storm.schedule, len(records), late)


def check_called(name: str) -> Check:
    """The check of this name."""
    return next(check for check in CHECKS if name_of(check) == name)
