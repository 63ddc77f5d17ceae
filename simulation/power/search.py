"""Trials carried out: a bit of one at a time, by whoever is free, until each is over."""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from functools import lru_cache
from typing import Final

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.errors import HarnessError, InputError, SimulationError
from simulation.power.judges import find_judge
from simulation.power.trial import Alarm, Tried
from simulation.report.raised import raised
from simulation.run import Run, Runner
from simulation.sweep import clock
from simulation.sweep.crew import Crew
from simulation.sweep.flow import LOOK_S, MOST_DEATHS, died, handed
from simulation.sweep.interrupts import unless_asked

SCENARIO: Final = "duel"
"""What is played: two proposers and three acceptors."""

LONGEST_S: Final = 1.0
"""A trial that takes longer is handed back as far as it came: whoever waits may want to stop."""


class Ground(Struct, frozen=True):
    """The scenario as a worker needs it: it may have another current folder."""

    name: str
    source: str
    text: str


def ground() -> Ground:
    """The scenario that all trials are played in."""
    found = scenarios.load(SCENARIO)
    return Ground(found.name, found.source, found.text)


def settings(planted: str, strategy: str) -> dict[str, str]:
    """What the scenario is told for this planted bug or control."""
    constant = planted.replace("-", "_").upper()
    return {"strategy": strategy, "protocol": f"simulation.planted:{constant}"}


def run_command(planted: str, strategy: str, seed: int) -> str:
    """The one command that repeats a run of a trial."""
    words = [
        word for key, value in settings(planted, strategy).items() for word in ("--set", f"{key}={value}")
    ]
    return shlex.join(["simulation", "run", SCENARIO, "--seed", str(seed), *words])


def go_on(ground: Ground, tried: Tried) -> Tried:
    """The next seeds of a trial, to its end or as far as it comes in good time."""
    trial = tried.trial
    runner, judge = _runner(ground, trial.planted, trial.strategy), find_judge(trial.judge)
    began_s = clock.now()
    alarms, runs = list(tried.alarms), tried.runs
    for seed in range(trial.first + runs, trial.first + trial.runs):
        judged = unless_asked(_judged, runner, judge, seed, trial.planted, trial.strategy)
        if judged is None:
            _runner.cache_clear()
            break
        (check,) = judged
        runs += 1
        if check is not None:
            alarms.append(Alarm(seed, check))
        if (check is not None and trial.stops) or clock.now() - began_s > LONGEST_S:
            break
    return Tried(trial, runs, tried.seconds + clock.now() - began_s, tuple(alarms))


def carry_out(
    begun: Iterable[Tried], ground: Ground, crew: Crew, stop: Callable[[], bool]
) -> Iterator[Tried]:
    """Every trial that is over, as soon as it is, until none is left or ``stop`` says so.

    Whatever a run raises is raised here; a worker that dies has its part done again.
    """
    new, rest, deaths = iter(begun), deque[Tried](), 0
    under_way: dict[Future[Tried], Tried] = {}
    try:
        while not stop():
            while len(under_way) < crew.ahead and (each := rest.popleft() if rest else next(new, None)):
                under_way[handed(crew, go_on, ground, each)] = each
            if not under_way:
                return
            ready = wait(under_way, LOOK_S, FIRST_COMPLETED).done
            if any(map(_is_lost, ready)):
                deaths += 1
                _check_deaths(deaths)
                crew.renew()
                rest.extend(under_way.values())
                under_way.clear()
                continue
            for future in ready:
                under_way.pop(future)
                deaths, tried = 0, future.result()
                if tried.over:
                    yield tried
                else:
                    rest.append(tried)
        # What is ready need not be done again by the next call.
        yield from (each.result() for each in under_way if _is_ready(each) and each.result().over)
    finally:
        for future in under_way:
            future.cancel()


def _judged(
    runner: Runner, judge: Callable[[Run], str | None], seed: int, planted: str, strategy: str
) -> tuple[str | None]:
    """What the judge says; whatever goes wrong says in which run."""
    try:
        return (judge(runner.run(seed)),)
    except InputError:
        raise
    except Exception as error:
        what = str(error) if isinstance(error, SimulationError) else raised(error)
        command = run_command(planted, strategy, seed)
        raise HarnessError(f"{planted}, seed {seed}: {what}\nthe run alone: {command}") from None


@lru_cache(maxsize=64)
def _runner(ground: Ground, planted: str, strategy: str) -> Runner:
    # Kept: a worker is handed a bit of this bug and a bit of that, in turn.
    overrides = settings(planted, strategy)
    return Runner(scenarios.parse(ground.text, name=ground.name, source=ground.source, overrides=overrides))


def _is_lost(future: Future[Tried]) -> bool:
    if future.cancelled():
        return True
    error = future.exception()
    return error is not None and (isinstance(error, CancelledError) or died(error))


def _is_ready(future: Future[Tried]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _check_deaths(deaths: int) -> None:
    if deaths >= MOST_DEATHS:
        raise HarnessError(
            f"{deaths} workers in a row died: out of memory, or killed. Fewer --jobs take less."
        )
