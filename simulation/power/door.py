"""The way in: what was asked for is checked whole, then carried out, then counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from itertools import product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simulation.errors import InputError, nearest
from simulation.planted import BUGS, CONTROLS
from simulation.planted.plant import Planted
from simulation.power.judges import find_judge
from simulation.power.result import Cell, Control, Power, search_of
from simulation.power.search import carry_out, ground
from simulation.power.store import Key, Store
from simulation.power.trial import SPACING, Trial, Tried, blocks, repetition
from simulation.search import find_strategy
from simulation.sweep.crew import Crew, Here, Processes, cores
from simulation.sweep.engine import INTERRUPTED
from simulation.sweep.interrupts import Interrupts
from simulation.sweep.progress import Progress, Silence

MOST: Mapping[str, int] = {
    "repetitions": 10_000,
    "cap": SPACING,
    "control_runs": 1_000_000_000,
    "jobs": 1_024,
}
"""Up to these numbers seeds stay apart from each other, and machines alive."""


def measure(
    bugs: Iterable[str] | None = None,
    strategies: Iterable[str] = ("portfolio",),
    *,
    repetitions: int = 10,
    cap: int = 10_000,
    control_runs: int = 10_000,
    judge: str = "outcome",
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Power:
    """Search for every one of ``bugs`` (default: all) with every strategy, so many times each.

    A search ends with the first run that the ``judge`` finds violated, or after ``cap`` runs; each
    repetition has seeds of its own. ``control_runs`` runs of each control show false alarms. With
    ``out`` finished searches are kept in a folder, and the same call again does what is missing.
    After Ctrl-C it returns what there is. Raises ``InputError`` before anything is run.
    """
    _check(repetitions=repetitions, cap=cap, control_runs=control_runs, jobs=jobs or 1)
    find_judge(judge)
    chosen = [find_strategy(name).name for name in dict.fromkeys(strategies)]
    asked = Asked(_bugs(bugs), chosen, judge, repetitions, cap, control_runs)
    stage = ground()
    store = None if out is None else Store(out, stage)
    crew: Crew = Here() if (jobs or cores()) == 1 else Processes(jobs or cores())
    with Interrupts() as interrupts, closing(crew), store.opened() if store else nullcontext():
        there = _there(asked, store)
        searches = carry_out(_missing(there), stage, crew, lambda: interrupts.asked)
        _take(searches, there, store, progress or Silence())
    return replace(asked.result(there), set_aside=store.of_other_code if store else 0)


class Asked(Struct, frozen=True):
    """What is to be measured."""

    bugs: Sequence[Planted]
    strategies: Sequence[str]
    judge: str
    repetitions: int
    cap: int
    control_runs: int

    def trials(self) -> Iterator[Trial]:
        """All trials, every cell's first before any cell's second: whoever stops early knows of all."""
        for number in range(self.repetitions):
            for bug, strategy in product(self.bugs, self.strategies):
                yield self.repetition(bug, strategy, number)
        for control, strategy in product(CONTROLS, self.strategies):
            yield from self.blocks(control, strategy)

    def repetition(self, bug: Planted, strategy: str, number: int) -> Trial:
        """One search for a bug."""
        return repetition(bug.name, strategy, self.judge, number, self.cap)

    def blocks(self, control: Planted, strategy: str) -> list[Trial]:
        """All runs of a control."""
        return blocks(control.name, strategy, self.judge, self.control_runs)

    def result(self, there: Mapping[Trial, Tried]) -> Power:
        """What came of it."""
        over = {trial: tried for trial, tried in there.items() if tried.over}
        return Power(
            self.judge,
            self.cap,
            self.repetitions,
            tuple(self._cell(bug, name, over) for bug, name in product(self.bugs, self.strategies)),
            tuple(self._control(each, name, over) for each, name in product(CONTROLS, self.strategies)),
            "" if len(over) == len(there) else INTERRUPTED,
        )

    def _cell(self, bug: Planted, strategy: str, over: Mapping[Trial, Tried]) -> Cell:
        trials = [self.repetition(bug, strategy, number) for number in range(self.repetitions)]
        searches = tuple(search_of(over[trial]) for trial in trials if trial in over)
        return Cell(bug, strategy, self.repetitions, searches)

    def _control(self, control: Planted, strategy: str, over: Mapping[Trial, Tried]) -> Control:
        done = [over[trial] for trial in self.blocks(control, strategy) if trial in over]
        alarms = tuple((alarm.seed, alarm.check) for tried in done for alarm in tried.alarms)
        return Control(control, strategy, self.control_runs, sum(tried.runs for tried in done), alarms)


def _there(asked: Asked, store: Store | None) -> dict[Trial, Tried]:
    """Every trial with how far it came, by what the store knows."""
    known: dict[Key, Tried] = {} if store is None else store.read()
    return {
        trial: known[trial.key].as_if(trial) if trial.key in known else Tried(trial)
        for trial in asked.trials()
    }


def _missing(there: Mapping[Trial, Tried]) -> Iterator[Tried]:
    return (tried for tried in list(there.values()) if not tried.over)


def _take(
    searches: Iterable[Tried], there: dict[Trial, Tried], store: Store | None, progress: Progress
) -> None:
    """Every finished search into ``there`` and into the store, as it comes."""
    found = sum(tried.over and bool(tried.alarms) for tried in there.values())
    progress.begin(len(there), sum(tried.over for tried in there.values()), found)
    try:
        for tried in searches:
            there[tried.trial] = tried
            if store is not None:
                store.keep(tried)
            found += bool(tried.alarms)
            progress.step(1, found)
    finally:
        progress.close()


def _bugs(names: Iterable[str] | None) -> tuple[Planted, ...]:
    if names is None:
        return BUGS
    known = {bug.name: bug for bug in BUGS}
    chosen = dict.fromkeys(names)
    for name in chosen:
        if name in {control.name for control in CONTROLS}:
            raise InputError(f"bug: {name!r} is a control and has none. All controls are run anyway.")
        if name not in known:
            raise InputError(
                f"bug: there is no planted bug {name!r}. Known: {', '.join(known)}.{nearest(name, known)}"
            )
    return tuple(known[name] for name in chosen)


def _check(**numbers: Any) -> None:
    for name, number in numbers.items():
        least = 0 if name == "control_runs" else 1
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= MOST[name]:
            raise InputError(f"{name}: is {number!r}. A whole number from {least} to {MOST[name]:,}.")
