"""At which move a violation became inevitable: the run is branched there, and one sees."""

from __future__ import annotations

from msgspec import Struct

from simulation.search import STRATEGIES, Schedule
from simulation.search.moves import Calm
from simulation.shrink.trial import Trial

CONTINUATIONS = 20
"""So many times each beginning of the run is continued, each time in another random order."""


class Inevitable(Struct, frozen=True):
    """How many of ``CONTINUATIONS`` fail that share the first 0, 1, 2... moves of the run."""

    failing: tuple[int, ...]

    @property
    def move(self) -> int:
        """From how many moves on every continuation failed."""
        certain = len(self.failing)
        while certain and self.failing[certain - 1] == CONTINUATIONS:
            certain -= 1
        return certain


def branched(trial: Trial, schedule: Schedule) -> Inevitable:
    """Continue every beginning of a failing run. In a calm nothing is left to chance: it has none."""
    if schedule and isinstance(schedule[-1], Calm):
        return Inevitable(())
    uniform = STRATEGIES["uniform"]
    return Inevitable(
        tuple(
            [
                sum([trial.continues(schedule[:length], uniform, seed) for seed in range(CONTINUATIONS)])
                for length in range(len(schedule) + 1)
            ]
        )
    )
