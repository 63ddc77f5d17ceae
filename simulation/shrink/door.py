"""From a failing run to the smallest run that fails in the same way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from simulation.errors import InputError
from simulation.replay import replay
from simulation.run import MOST_SEED, Run, Runner
from simulation.scenario import Scenario
from simulation.shrink.branch import Inevitable, branched
from simulation.shrink.descent import Descent
from simulation.shrink.plain import idle, instance_of, plain, without
from simulation.shrink.telling import story
from simulation.shrink.trial import Attempt, Trial

MOST_FINDS = 5
"""So many failing runs are made small, and the best is kept: some get stuck where others do not."""

FURTHER_SEEDS = 1_500
"""So many seeds after that of the record are looked through for the others."""

FURTHER_EVENTS = 500_000
"""And so many events: a run that follows the times of a network may have thousands of them."""

OUTCOMES = ("agreement", "one value chosen", "validity", "termination", "liveness")
"""What a failure is called by, if it is one of these: what it costs, and not which step led there."""

Told = Callable[[str], None]

Find = tuple[Trial, Attempt]


class Shrunk(Struct, frozen=True):
    """The smallest run, the one that it began with, and the story that it tells, line by line.

    ``moves`` is how many moves the first run was, or came down to, ``tried`` how many runs it took;
    ``complete`` is false where it was stopped before its end.
    """

    run: Run
    first: Run
    check: str
    story: tuple[str, ...]
    moves: int
    tried: int
    complete: bool


class Shrinking:
    """Makes a failing run small. Stop it with Ctrl-C, and ``best`` is the smallest so far."""

    def __init__(self, run: Run, check: str | None = None, tell: Told = lambda text: None) -> None:
        self.first = run
        self._tell = tell
        self._looked_at = 0
        self._trials: list[Trial] = []
        blamed = _to_blame(run)
        if check is not None and check not in blamed:
            raise InputError(f"--check: {check!r} is not violated. Violated: {', '.join(blamed)}.")
        self.at, self.best = self._begin(run, blamed if check is None else [check])
        self.check = self.at.check
        self._moves = len(self.best.schedule)

    def _begin(self, run: Run, checks: Sequence[str]) -> Find:
        for check in checks:
            find = self._in_moves(run, check)
            if find is not None:
                return find
        raise InputError(_not_again(run, checks[0]))

    def _in_moves(self, run: Run, check: str) -> Find | None:
        """The run as moves that fail: with nothing but the instance that failed, if that is enough."""
        alone = instance_of(run, check)
        for instance in (None,) if alone is None else (alone, None):
            trial = self._new_trial(plain(run.scenario, run.plan, instance=instance), run.seed, check)
            attempt = trial.fails(trial.moves_of(run) if instance is None else trial.retraced(run))
            if attempt is not None:
                return trial, attempt
        return None

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
        return Shrunk(run, self.first, self.check, told, self._moves, self.tried, complete)

    def _better(self, trial: Trial, found: Attempt) -> None:
        if found.size < self.best.size:
            self.best, self.at = found, trial
            self._tell(f"{len(found.schedule)} moves, {found.late} late, {found.events} events")

    def _finds(self) -> Iterator[Find]:
        yield self.at, self.best
        # A run without an end takes as long as a thousand others: one of them is enough.
        if self.first.scheduled or self.first.reenacts is not None or self.check == "liveness":
            return
        runner, found, events = Runner(self.first.scenario), 1, 0
        first = self.first.seed + 1
        for seed in range(first, min(first + FURTHER_SEEDS, MOST_SEED + 1)):
            run = runner.run(seed)
            self._looked_at += 1
            events += run.events
            if self.check in [violation.check for violation in run.violations]:
                find = self._in_moves(run, self.check)
                if find is not None:
                    yield find
                    found += 1
            if found == MOST_FINDS or events > FURTHER_EVENTS:
                return

    def _new_trial(self, scenario: Scenario, seed: int, check: str) -> Trial:
        self._trials.append(Trial(scenario, seed, check))
        return self._trials[-1]

    def _without_the_idle(self) -> None:
        while self._without_one():
            pass

    def _without_one(self) -> bool:
        run = Runner(self.at.scenario).follow(self.best.schedule, self.at.seed)
        for process in idle(run.plan, run.moves):
            if len(run.plan.names) == 1:
                return False
            fewer = plain(run.scenario, run.plan, frozenset([process]))
            trial = self._new_trial(fewer, run.seed, self.check)
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
    a run that does not fail, and for one whose failure is a matter of times, and
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
    return run


def _to_blame(run: Run) -> list[str]:
    """The violated properties: first what the failure costs, then what was proven first."""
    proven = sorted(run.violations, key=lambda violation: max(violation.events, default=0))
    violated = [violation.check for violation in proven]
    return sorted(violated, key=lambda check: OUTCOMES.index(check) if check in OUTCOMES else len(OUTCOMES))


def _not_again(run: Run, check: str) -> str:
    if run.moves:
        return (
            f"the moves of {run.scenario.name} do not make {check!r} fail again outside of their scenario, so"
            " there is nothing to make smaller. Its protocol has to be the same as then."
        )
    return (
        f"{run!r}: the order of its events alone does not make {check!r} fail, so there is nothing to make"
        " smaller. It needs what a move cannot do: a time, a death in the middle of a broadcast, a disk that"
        " lies or is wiped. 'simulation sweep SCENARIO --strategy portfolio' may find the same failure in"
        " another way; what it finds can be shrunk."
    )
