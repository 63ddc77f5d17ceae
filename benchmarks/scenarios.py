"""Whole runs of scenario files: plan, run, checks and digest, as a user gets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import simulation
from benchmarks.stopwatch import Contender
from benchmarks.suite import Size

CRASH: Final = "leader_crash_complex"
SIMPLE: Final = "simple"


def crowd(participants: int) -> str:
    """What the contender is called that measures the cost per event among so many."""
    return f"{SIMPLE}, {participants} participants"


def scenarios(size: Size) -> list[Contender]:
    """The contenders; see each for what it counts."""
    return [_crashes(size.crashes), _simples(size.simples), *(_crowd(each, size) for each in size.crowds)]


def verify_scenarios() -> None:
    """Raise ``AssertionError`` where a measured scenario does not pass.

    The same seed must give the same digest again: what is measured must be the run.
    """
    for name in (CRASH, SIMPLE):
        scenario = simulation.load(name)
        first, again = (simulation.run(scenario, seed=0) for _ in range(2))
        if first.verdict != "pass" or first.digest != again.digest:
            raise AssertionError(f"{name}, seed 0: {first.verdict}, {first.digest}, {again.digest}")


def _crashes(seeds: int) -> Contender:
    """Counted in virtual microseconds."""
    runner = simulation.Runner(simulation.load(CRASH))
    return Contender(CRASH, lambda: sum(run.virtual_us for run in _runs(runner, seeds)))


def _simples(seeds: int) -> Contender:
    """Counted in runs."""
    runner = simulation.Runner(simulation.load(SIMPLE, participants=3))
    return Contender(SIMPLE, lambda: sum(1 for _ in _runs(runner, seeds)))


def _crowd(participants: int, size: Size) -> Contender:
    """Counted in events."""
    runner = simulation.Runner(simulation.load(SIMPLE, participants=participants))
    seeds = max(1, size.crowd_events // runner.run(0).events)
    return Contender(crowd(participants), lambda: sum(run.events for run in _runs(runner, seeds)))


def _runs(runner: simulation.Runner, seeds: int) -> Iterator[simulation.Run]:
    for seed in range(seeds):
        run = runner.run(seed)
        # A digest is computed when somebody asks for it.
        if run.digest:
            yield run
