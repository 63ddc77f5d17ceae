"""How far a sweep has come: lines now and then, and as many steps as runs."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation.sweep import progress
from simulation.sweep.progress import QUIET_S, TENTH_S, Bar, Lines, Silence, by_itself
from tests.sweep.sweeping import HERE, mutant


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(progress.clock, "now", found)
    return found


def told(clock: Clock, steps: list[tuple[float, int]], *, total: int = 1000, there: int = 0) -> list[str]:
    """The lines about steps of so many runs, each after so many seconds."""
    said: list[str] = []
    lines = Lines(said.append)
    lines.begin(total, there, 0)
    for seconds, runs in steps:
        clock.now_s += seconds
        lines.step(runs, 0)
    lines.close()
    return said


def test_a_short_sweep_says_nothing(clock: Clock) -> None:
    assert told(clock, [(0.1, 100)] * 10) == []


def test_each_tenth_is_told(clock: Clock) -> None:
    said = told(clock, [(TENTH_S, 50)] * 20)
    assert [line.split(" runs")[0] for line in said] == [
        f"{done if done < 1000 else '1,000'} of 1,000" for done in range(100, 1001, 100)
    ]


def test_lines_keep_their_distance(clock: Clock) -> None:
    assert len(told(clock, [(TENTH_S / 2, 100)] * 10)) == 5


def test_a_slow_sweep_is_not_silent(clock: Clock) -> None:
    said = told(clock, [(QUIET_S / 2, 1)] * 6)
    assert [line.split(" ")[0] for line in said] == ["2", "4", "6"]


def test_a_line_tells_pace_and_what_is_left(clock: Clock) -> None:
    (line,) = told(clock, [(10, 200)])
    assert line == "200 of 1,000 runs, 0 failed, 20 runs/s, 40 s left"


def test_a_pace_of_less_than_one_in_a_second_is_not_told_as_none(clock: Clock) -> None:
    (line,) = told(clock, [(1000, 250)])
    assert line == "250 of 1,000 runs, 0 failed, 0.25 runs/s, 3,000 s left"


def test_the_pace_is_that_of_this_time(clock: Clock) -> None:
    first, line = told(clock, [(10, 100)], there=500)
    assert first == "500 of 1,000 runs are there already, 0 failed"
    assert line == "600 of 1,000 runs, 0 failed, 10 runs/s, 40 s left"


def test_no_runs_at_all_are_no_trouble(clock: Clock) -> None:
    assert told(clock, [], total=0) == []


class Noted:
    """Progress that writes everything down."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int, int]] = []
        self.steps: list[tuple[int, int]] = []
        self.closed = 0

    def begin(self, *numbers: int) -> None:
        self.begun.append(numbers)  # type: ignore[arg-type]

    def step(self, *numbers: int) -> None:
        self.steps.append(numbers)  # type: ignore[arg-type]

    def close(self) -> None:
        self.closed += 1


def noted(**how: Any) -> Noted:
    found = Noted()
    simulation.sweep(mutant("NEVER_DECIDES", "simple"), 12, progress=found, **HERE, **how)
    return found


def test_steps_add_up_to_all_runs_and_all_failures() -> None:
    found = noted(chunk=5)
    assert found.begun == [(12, 0, 0)]
    assert found.steps == [(5, 5), (5, 10), (2, 12)]
    assert found.closed == 1


def test_what_is_there_already_is_told_at_the_beginning(tmp_path: Path) -> None:
    simulation.sweep(mutant("NEVER_DECIDES", "simple"), 5, out=tmp_path, **HERE)
    found = noted(out=tmp_path)
    assert found.begun == [(12, 5, 5)]
    assert found.steps[-1][1] == 12


def test_progress_is_closed_when_the_sweep_breaks_off() -> None:
    found = Noted()
    scenario = simulation.load("simple", protocol="tests.cli.machines:Divides")
    with pytest.raises(simulation.HarnessError):
        simulation.sweep(scenario, 3, progress=found, **HERE)
    assert found.closed == 1


def test_where_nobody_watches_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert isinstance(by_itself(), Silence)


def test_without_any_output_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert isinstance(by_itself(), Silence)


class Terminal(io.StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_there_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert isinstance(by_itself(), Bar)
    simulation.sweep(mutant("NEVER_DECIDES", "simple"), 12, **HERE)
    assert "12/12" in screen.getvalue()
    assert "12 failed" in screen.getvalue()
