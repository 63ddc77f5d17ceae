"""One search: a planted bug, a strategy, a judge, and the seeds that are tried one after the other."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

SPACING: Final = 1_000_000
"""Every repetition has so many seeds to itself, whatever its cap is: none can meet another's."""

BLOCK: Final = 1_000
"""So many runs of a control are one trial."""


class Trial(Struct, frozen=True):
    """At most ``runs`` runs from the seed ``first`` on; it ends with the first alarm if it ``stops``."""

    planted: str
    strategy: str
    judge: str
    first: int
    runs: int
    stops: bool

    @property
    def key(self) -> tuple[str, str, str, int, bool]:
        """Which trial it is, however long it may take."""
        return self.planted, self.strategy, self.judge, self.first, self.stops


class Alarm(Struct, frozen=True):
    """A run that violated a check."""

    seed: int
    check: str


class Tried(Struct, frozen=True):
    """How far a trial came: so many ``runs`` in so many ``seconds``, and the alarms among them."""

    trial: Trial
    runs: int = 0
    seconds: float = 0.0
    alarms: tuple[Alarm, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.runs >= self.trial.runs or (self.trial.stops and bool(self.alarms))

    def as_if(self, trial: Trial) -> Tried:
        """What this says of the same trial with more or fewer runs."""
        runs = min(self.runs, trial.runs)
        alarms = tuple(alarm for alarm in self.alarms if alarm.seed < trial.first + runs)
        return Tried(trial, runs, self.seconds * runs / max(1, self.runs), alarms)


def repetition(planted: str, strategy: str, judge: str, number: int, cap: int) -> Trial:
    """The search for a bug with this number, which tries ``cap`` seeds and no more."""
    return Trial(planted, strategy, judge, number * SPACING, cap, stops=True)


def blocks(planted: str, strategy: str, judge: str, runs: int) -> list[Trial]:
    """The runs of a control from seed 0 on, in trials that end with no alarm."""
    return [
        Trial(planted, strategy, judge, first, min(BLOCK, runs - first), stops=False)
        for first in range(0, runs, BLOCK)
    ]
