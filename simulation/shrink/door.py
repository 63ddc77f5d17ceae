"""From a failing run to the smallest run that fails in the same way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from simulation.errors import InputError
from simulation.replay import replay
from simulation.run import MOST_SEED, Run, Runner
from simulation.scenario import Scenario
from simulation.shrink.branch import Inevitable, branched
from simulation.shrink.descent import Descent
from simulation.shrink.plain import idle, plain, without
from simulation.shrink.telling import story
from simulation.shrink.trial import Attempt, Trial

MOST_FINDS = 5
"""So many failing runs are made small, and the best is kept: some get stuck where others do not."""

FURTHER_SEEDS = 1_500
"""So many seeds after that of the record are looked through for the others."""

OUTCOMES = ("agreement", "one value chosen", "validity", "termination", "liveness")
"""What a failure is called by, if it is one of these: what it costs, and not which step led there."""

Told = Callable[[str], None]


class Shrunk(Struct, frozen=True):
    """The smallest run, the one that it began with, and the story that it tells, line by line.

    ``tried`` is how many runs that took; ``complete`` is false where it was stopped before its end.
    """

    run: Run
    first: Run
    check: str
    story: tuple[str, ...]
    tried: int
    complete: bool


class Shrinking:
    """Makes a failing run small. Stop it with Ctrl-C, and ``best`` is the smallest so far."""

    def __init__(self, run: Run, check: str | None = None, tell: Told = lambda text: None) -> None:
        self.first = run
        self.check = check or _to_blame(run)
        self._tell = tell
        if self.check not in [violation.check for violation in run.violations]:
            raise InputError(f"--check: {self.check!r} is not violated. Violated: {_violated(run)}.")
        scenario = plain(run.scenario, run.plan)
        self._trial = Trial(scenario, run.seed, self.check)
        self._looked_at = 0
        self._trials = [self._trial]
        attempt = self._trial.fails(run.moves)
        if attempt is None:
            raise InputError(
                f"the moves of {run.scenario.name} do not make {self.check!r} fail again outside of their"
                " scenario, so there is nothing to make smaller. Its protocol has to be the same as then."
            )
        self.best, self.at = attempt, self._trial

    @property
    def tried(self) -> int:
        """How many runs it took so far."""
        return self._looked_at + sum(trial.tried for trial in self._trials)

    def go(self) -> None:
        """All finds, each to its end, then without those who are idle."""
        for number, (trial, attempt) in enumerate(self._finds(), start=1):
            self._tell(f"find {number}, seed {trial.seed}: {len(attempt.schedule)} moves")
            Descent(trial, attempt, partial(self._better, trial)).run()
        self._without_the_idle()

    def result(self, *, complete: bool = True) -> Shrunk:
        """The best so far, judged by every check, with its story; one that was stopped is not branched."""
        run = Runner(self.at.scenario).follow(self.best.schedule, self.at.seed)
        inevitable = branched(self.at, run.moves) if complete else Inevitable(())
        told = tuple(story(run, self.check, inevitable))
        return Shrunk(run, self.first, self.check, told, self.tried, complete)

    def _better(self, trial: Trial, found: Attempt) -> None:
        if found.size < self.best.size:
            self.best, self.at = found, trial
            self._tell(f"{len(found.schedule)} moves, {found.late} late, {found.events} events")

    def _finds(self) -> Iterator[tuple[Trial, Attempt]]:
        yield self._trial, self.best
        # A run without an end takes as long as a thousand others: one of them is enough.
        if self.first.scheduled or self.check == "liveness":
            return
        runner, found = Runner(self.first.scenario), 1
        first = self.first.seed + 1
        for seed in range(first, min(first + FURTHER_SEEDS, MOST_SEED + 1)):
            run = runner.run(seed)
            self._looked_at += 1
            if self.check in [violation.check for violation in run.violations]:
                trial = self._new_trial(plain(run.scenario, run.plan), seed)
                attempt = trial.fails(run.moves)
                if attempt is not None:
                    yield trial, attempt
                    found += 1
            if found == MOST_FINDS:
                return

    def _new_trial(self, scenario: Scenario, seed: int) -> Trial:
        self._trials.append(Trial(scenario, seed, self.check))
        return self._trials[-1]

    def _without_the_idle(self) -> None:
        while self._without_one():
            pass

    def _without_one(self) -> bool:
        run = Runner(self.at.scenario).follow(self.best.schedule, self.at.seed)
        for process in idle(run.plan, run.moves):
            if len(run.plan.names) == 1:
                return False
            trial = self._new_trial(plain(run.scenario, run.plan, frozenset([process])), run.seed)
            attempt = trial.fails(without(run.moves, process, len(run.plan.names)))
            if attempt is not None:
                self.best, self.at = attempt, trial
                Descent(trial, attempt, partial(self._better, trial)).run()
                return True
        return False


def shrink(record: Run | str | os.PathLike[str], *, check: str | None = None) -> Shrunk:
    """The smallest run found that fails as a recorded run does: a ``Run``, or the path of a record.

    ``check`` says which of the violated properties has to stay violated; else it is what the
    failure costs, a wrong decision before the wrong step that led to it. Raises ``InputError`` for
    a run that does not fail, and for one that follows the times of a network, and
    ``NondeterminismError`` for a record that is not repeated.
    """
    shrinking = Shrinking(failing(record), check)
    shrinking.go()
    return shrinking.result()


def failing(record: Run | str | os.PathLike[str]) -> Run:
    """The run of a record, if it can be made smaller. Raises ``InputError`` where it cannot."""
    run = record if isinstance(record, Run) else replay(record)
    if not run.violations:
        raise InputError(f"{run!r}: nothing is violated, so there is nothing to make smaller.")
    if not run.moves:
        raise InputError(
            f"{run!r}: follows the times of a network, and only runs under a strategy consist of moves that"
            " can be left out. Look for the same failure with 'simulation sweep SCENARIO --strategy"
            " portfolio', and shrink that."
        )
    return run


def _to_blame(run: Run) -> str:
    violated = [violation.check for violation in run.violations]
    for check in OUTCOMES:
        if check in violated:
            return check
    return min(run.violations, key=lambda violation: max(violation.events, default=0)).check


def _violated(run: Run) -> str:
    return ", ".join(violation.check for violation in run.violations)
