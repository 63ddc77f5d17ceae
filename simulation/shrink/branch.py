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
    def move(self) -> int | None:
        """From how many moves on every continuation fails; None where even the last one may not."""
        certain = None
        for place in reversed(range(len(self.failing))):
            if self.failing[place] < CONTINUATIONS:
                break
            certain = place
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
