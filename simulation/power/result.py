"""What came of a measurement: a cell per bug and strategy, and what the controls raised."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from simulation.planted.plant import Planted
from simulation.power.search import run_command
from simulation.power.statistics import Interval, interval_of_median, median
from simulation.power.trial import SPACING, Tried


class Search(Struct, frozen=True):
    """One repetition: after how many runs the bug was found, by which seed and check; None if it was not."""

    repetition: int
    runs: int | None
    seconds: float
    """Of the whole search, also of one that found nothing."""
    seed: int | None
    check: str | None


class Cell(Struct, frozen=True, dict=True):
    """One planted bug under one strategy, with every repetition that is there."""

    bug: Planted
    strategy: str
    asked: int
    """How many repetitions were asked for; after an interruption there may be fewer."""
    searches: tuple[Search, ...]

    @property
    def found(self) -> int:
        """How many repetitions found it."""
        return sum(search.runs is not None for search in self.searches)

    @property
    def share(self) -> float | None:
        """The share of repetitions that found it, or None where there are none yet."""
        return self.found / len(self.searches) if self.searches else None

    @cached_property
    def median_runs(self) -> float | None:
        """The median of the runs to find it; None where no more than half of the repetitions did."""
        return median([search.runs for search in self.searches])

    @cached_property
    def interval_runs(self) -> Interval | None:
        """Where that median lies, with at least 95 %."""
        return interval_of_median([search.runs for search in self.searches])

    @cached_property
    def median_seconds(self) -> float | None:
        """The same for the seconds."""
        return median(_seconds(self))

    @cached_property
    def interval_seconds(self) -> Interval | None:
        """Where that median lies, with at least 95 %."""
        return interval_of_median(_seconds(self))


class Control(Struct, frozen=True):
    """A protocol without a bug under one strategy, and the runs that raised a false alarm."""

    control: Planted
    strategy: str
    asked: int
    runs: int
    alarms: tuple[tuple[int, str], ...]
    """Seed and check."""


class Power(Struct, frozen=True):
    """The whole measurement. ``stopped`` says why it did not come to its end.

    ``set_aside`` is how many searches in the folder other code had made; they are not counted.
    """

    judge: str
    cap: int
    repetitions: int
    cells: tuple[Cell, ...]
    controls: tuple[Control, ...]
    stopped: str = ""
    set_aside: int = 0

    @property
    def false_alarms(self) -> int:
        """How many runs of controls violated a check."""
        return sum(len(control.alarms) for control in self.controls)

    @property
    def first_false_alarm(self) -> str | None:
        """The command that repeats it."""
        for each in self.controls:
            for seed, _ in each.alarms:
                return run_command(each.control.name, each.strategy, seed)
        return None

    @property
    def found(self) -> int:
        """How many cells were found by at least one repetition."""
        return sum(cell.found > 0 for cell in self.cells)

    def as_json(self) -> dict[str, Any]:
        """All of it as one JSON object."""
        return {
            "judge": self.judge,
            "cap": self.cap,
            "repetitions": self.repetitions,
            "cells": [_cell(cell) for cell in self.cells],
            "controls": [_control(each) for each in self.controls],
            "false_alarms": self.false_alarms,
            "stopped": self.stopped,
        }


def search_of(tried: Tried) -> Search:
    """A finished trial as a repetition."""
    number, alarm = tried.trial.first // SPACING, next(iter(tried.alarms), None)
    if alarm is None:
        return Search(number, None, tried.seconds, None, None)
    return Search(number, tried.runs, tried.seconds, alarm.seed, alarm.check)


def _seconds(cell: Cell) -> list[float | None]:
    return [None if search.runs is None else search.seconds for search in cell.searches]


def _cell(cell: Cell) -> dict[str, Any]:
    bug = cell.bug
    return {
        "bug": bug.name,
        "title": bug.title,
        "violates": bug.violates,
        "needs": list(bug.needs),
        "invented": bug.invented,
        "strategy": cell.strategy,
        "repetitions": len(cell.searches),
        "found": cell.found,
        "share": cell.share,
        "median_runs": cell.median_runs,
        "interval_runs": msgspec.to_builtins(cell.interval_runs),
        "median_seconds": cell.median_seconds,
        "interval_seconds": msgspec.to_builtins(cell.interval_seconds),
        "searches": msgspec.to_builtins(cell.searches),
    }


def _control(each: Control) -> dict[str, Any]:
    return {
        "control": each.control.name,
        "title": each.control.title,
        "strategy": each.strategy,
        "runs": each.runs,
        "false_alarms": len(each.alarms),
        "alarms": [
            {"seed": seed, "check": check, "command": run_command(each.control.name, each.strategy, seed)}
            for seed, check in each.alarms
        ],
    }
