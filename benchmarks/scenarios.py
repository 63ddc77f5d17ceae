"""Whole runs of scenario files: plan, run, checks and digest, as a user gets them."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time_ns
from typing import Any, Final
from unittest.mock import patch

import simulation
from benchmarks.stopwatch import Contender
from benchmarks.suite import Size
from simulation.kernel import Ending, Kernel

CRASH: Final = "leader_crash_complex"
SIMPLE: Final = "simple"


def crowd(participants: int) -> str:
    """What the contender is called that measures the cost per event among so many."""
    return f"{SIMPLE}, {participants} participants"


def events(name: str) -> str:
    """What the contender is called that measures how much of a run its events are."""
    return f"{name}, events alone"


def scenarios(size: Size) -> list[Contender]:
    """The contenders; see each for what it counts."""
    return [
        _crashes(size.crashes),
        _events(CRASH, size.crashes),
        _simples(size.simples),
        _events(SIMPLE, size.simples, participants=3),
        *(_crowd(each, size) for each in size.crowds),
    ]


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


def _events(name: str, seeds: int, **overrides: Any) -> Contender:
    """Counted in nanoseconds of processor time that the kernel took for a run's events.

    All else belongs to a run too: its plan, building processes and streams, checks, digest,
    what a sweep keeps of it, and freeing the trace.
    """
    runner = simulation.Runner(simulation.load(name, **overrides))
    run_until = Kernel.run_until

    def batch() -> int:
        spent_ns = 0

        def timed(kernel: Kernel, *given: Any, **more: Any) -> Ending:
            nonlocal spent_ns
            begin_ns = process_time_ns()
            ending = run_until(kernel, *given, **more)
            spent_ns += process_time_ns() - begin_ns
            return ending

        with patch.object(Kernel, "run_until", timed):
            for run in _runs(runner, seeds):
                _kept(run)
        return spent_ns

    return Contender(events(name), batch)


def _kept(run: simulation.Run) -> tuple[Any, ...]:
    """What a sweep keeps of a run."""
    return (run.verdict, run.digest, run.ballots, run.messages, run.decisions, run.events)


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
