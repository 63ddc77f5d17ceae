"""A sweep that ends before its end: after so many failures, or after so long; and goes on where it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation import InputError
from simulation.sweep import Sweep, engine
from tests.sweep.sweeping import HERE, fresh_parts, mutant, rows, seeds

SOME_FAIL = mutant("IGNORES_REPORTED_VOTES")

SEEDS = 16


@pytest.fixture(scope="module")
def whole() -> Sweep:
    """Nobody stopped this one."""
    return simulation.sweep(SOME_FAIL, SEEDS, **HERE)


def failing(whole: Sweep) -> list[int]:
    return [failure.seed for failure in whole.failures]


@pytest.mark.parametrize(
    "how",
    [HERE, {**HERE, "chunk": 1}, {**HERE, "chunk": 5000}, {"jobs": 2, "watch": 0, "chunk": 3}],
    ids=repr,
)
def test_the_last_run_is_the_failure_that_was_the_last_one_wanted(how: dict[str, Any], whole: Sweep) -> None:
    done = simulation.sweep(SOME_FAIL, SEEDS, stop_after=3, **how)
    assert (done.failed, seeds(done)) == (3, list(range(failing(whole)[2] + 1)))
    assert rows(done) == rows(whole)[: len(done)]
    assert done.stopped == "stopped after 3 failures"


def test_failures_of_the_scenario_before_count_too(whole: Sweep) -> None:
    done = simulation.sweep([SOME_FAIL, mutant("NEVER_DECIDES", "simple")], SEEDS, stop_after=20, **HERE)
    assert done.failed == 20
    assert len(done) == SEEDS + 20 - whole.failed


def test_fewer_failures_than_wanted_stop_nothing(whole: Sweep) -> None:
    done = simulation.sweep(SOME_FAIL, SEEDS, stop_after=whole.failed + 1, **HERE)
    assert (done.stopped, rows(done)) == ("", rows(whole))


def test_a_sweep_that_stopped_goes_on_to_the_next_failures(tmp_path: Path, whole: Sweep) -> None:
    for wanted in (1, 2, 4):
        done = simulation.sweep(SOME_FAIL, SEEDS, stop_after=wanted, out=tmp_path, **HERE)
        assert done.failed == wanted
    assert rows(simulation.sweep(SOME_FAIL, SEEDS, out=tmp_path, **HERE)) == rows(whole)


def test_failures_that_are_there_already_are_enough(tmp_path: Path) -> None:
    first = simulation.sweep(SOME_FAIL, SEEDS, stop_after=2, out=tmp_path, **HERE)
    again = simulation.sweep(SOME_FAIL, SEEDS, stop_after=2, out=tmp_path, **HERE)
    assert (again.ran, again.stopped, rows(again)) == (0, first.stopped, rows(first))


def test_a_sweep_that_stopped_has_the_records_of_its_failures(tmp_path: Path) -> None:
    done = simulation.sweep(SOME_FAIL, SEEDS, stop_after=2, out=tmp_path, **HERE)
    assert [Path(failure.record or "").is_file() for failure in done.failures] == [True, True]


def test_time_ends_a_sweep_between_two_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10**6))
    monkeypatch.setattr(engine.clock, "now", lambda: float(next(ticks)))
    done = simulation.sweep("simple", SEEDS, chunk=1, max_seconds=20, out=tmp_path, **HERE)
    assert done.stopped == "stopped after 20 s"
    assert seeds(done) == list(range(len(done)))
    assert 0 < len(done) < SEEDS


def test_more_seeds_than_anybody_can_run_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10**6))
    monkeypatch.setattr(engine.clock, "now", lambda: float(next(ticks)))
    done = simulation.sweep("simple", 2**63, chunk=1, max_seconds=20, **HERE)
    assert (done.total, seeds(done)) == (2**63, list(range(len(done))))


def test_what_time_ended_is_done_by_the_next_call(
    tmp_path: Path, whole: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(10**6))
    monkeypatch.setattr(engine.clock, "now", lambda: float(next(ticks)))
    counts = []
    while len(counts) < SEEDS:
        done = simulation.sweep(SOME_FAIL, SEEDS, chunk=1, max_seconds=15, out=tmp_path, **HERE)
        counts.append(done.ran)
        if not done.stopped:
            break
    assert (len(counts) > 2, sum(counts), rows(done)) == (True, SEEDS, rows(whole))


def test_a_sweep_that_has_all_its_runs_was_not_stopped_by_time(tmp_path: Path) -> None:
    simulation.sweep("simple", 4, out=tmp_path, **HERE)
    assert simulation.sweep("simple", 4, out=tmp_path, max_seconds=1e-9, **HERE).stopped == ""


def test_a_sweep_that_has_all_its_runs_was_not_stopped_by_failures() -> None:
    done = simulation.sweep(mutant("NEVER_DECIDES", "simple"), 4, stop_after=4, **HERE)
    assert (len(done), done.stopped) == (4, "")


@pytest.mark.parametrize("name", ["chunk", "stop_after"])
@pytest.mark.parametrize("number", [0, -1, True, 1.0, "5"], ids=repr)
def test_a_whole_number_is_one_from_1_on(name: str, number: Any) -> None:
    with pytest.raises(InputError, match=f"^{name}: is .*A whole number from 1 on"):
        simulation.sweep("simple", 4, **{**HERE, name: number})


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), "0.1", None], ids=repr)
def test_a_share_is_one_from_0_to_1(share: Any) -> None:
    with pytest.raises(InputError, match=r"^watch: is .*A share from 0 to 1"):
        simulation.sweep("simple", 4, jobs=1, watch=share)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), "5"], ids=repr)
def test_a_time_is_above_0(seconds: Any) -> None:
    with pytest.raises(InputError, match=r"^max_seconds: is .*A number above 0"):
        simulation.sweep("simple", 4, max_seconds=seconds, **HERE)


def test_parts_are_written_while_the_sweep_goes_on(tmp_path: Path) -> None:
    with fresh_parts():
        simulation.sweep("simple", 12, chunk=4, out=tmp_path, **HERE)
    assert len(list((tmp_path / "runs").iterdir())) == 3


def test_a_short_sweep_makes_one_part(tmp_path: Path) -> None:
    simulation.sweep(["simple", "simple_2"], 12, chunk=4, out=tmp_path, **HERE)
    assert len(list((tmp_path / "runs").iterdir())) == 1
