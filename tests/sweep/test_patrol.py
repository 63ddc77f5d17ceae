"""A share of all runs is done twice: what is not the same twice is found, and its first event named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation import NondeterminismError
from simulation.sweep.folder import Folder
from simulation.sweep.ledger import Ledger
from simulation.sweep.work import GOLDEN
from tests.cli.shell import shell
from tests.sweep.planted import Remembers
from tests.sweep.sweeping import HERE, fresh_parts, planted, rows

NOT_THE_SAME_TWICE = ("WalksASet", "Remembers", "ReadsAClock")


def caught(name: str, **how: Any) -> str:
    """The message about a protocol that is not the same twice."""
    Remembers.lives = 0
    with pytest.raises(NondeterminismError) as raised:
        simulation.sweep(planted(name, participants=9), 24, **how)
    return str(raised.value)


@pytest.fixture(scope="module", params=NOT_THE_SAME_TWICE)
def message(request: pytest.FixtureRequest) -> str:
    return caught(request.param, jobs=1, watch=0.3)


def test_the_first_event_that_differs_is_named_in_both_ways(message: str) -> None:
    first, recorded, now, *_ = message.splitlines()
    assert "the runs agree for " in first
    assert recorded.startswith('  recorded: {"id":')
    assert now.startswith('  now:      {"id":')
    assert recorded.partition("{")[2] != now.partition("{")[2]


def test_the_run_is_named_with_its_command(message: str) -> None:
    assert message.startswith("simple, seed ")
    seed = message.removeprefix("simple, seed ").partition(":")[0]
    assert f"the run alone: simulation run simple --seed {seed} " in message


def test_the_usual_causes_are_told(message: str) -> None:
    assert "Usual causes: the protocol iterates a set" in message


@pytest.mark.parametrize("name", NOT_THE_SAME_TWICE)
def test_several_jobs_are_watched_too(name: str) -> None:
    assert "the runs agree for " in caught(name, jobs=2, watch=0.3, chunk=2)


def test_a_run_that_is_watched_alone_is_done_after_others_too() -> None:
    assert "the runs agree for " in caught("Remembers", jobs=1, watch=1e-9)


@pytest.mark.parametrize("name", NOT_THE_SAME_TWICE)
def test_nobody_notices_where_nobody_watches(name: str) -> None:
    assert simulation.sweep(planted(name), 12, **HERE).passed == 12


def test_a_failing_run_is_watched_by_its_record_in_any_case() -> None:
    with pytest.raises(NondeterminismError, match="seed-0: done again for its record"):
        simulation.sweep(planted("ReadsAClockAndNeverDecides"), 2, **HERE)


def test_what_differs_is_not_kept(tmp_path: Path) -> None:
    caught("ReadsAClock", jobs=1, watch=1, out=tmp_path)
    assert Ledger(Folder(tmp_path)).covered() == {}


def test_a_folder_with_rows_that_differed_does_not_pass_the_next_time(tmp_path: Path) -> None:
    with fresh_parts():
        for _ in range(2):
            caught("ReadsAClock", jobs=1, watch=1e-9, chunk=1, out=tmp_path)


def test_the_sweep_ends_with_the_exit_code_of_the_harness() -> None:
    protocol = "protocol=tests.sweep.planted:ReadsAClock"
    said = shell("sweep", "simple", "--seeds", "0:12", "--jobs", "1", "--set", protocol)
    assert (said.code, said.out) == (3, "")
    assert "not the same twice: simple, seed " in said.err


def test_what_is_the_same_twice_is_counted() -> None:
    assert simulation.sweep("leader_crash_simple", 20, jobs=1, watch=1).watched == 20


def test_nothing_is_done_twice_where_nobody_watches() -> None:
    assert simulation.sweep("simple", 5, **HERE).watched == 0


def test_the_first_seed_of_every_cell_is_watched_however_small_the_share() -> None:
    done = simulation.sweep("simple", 5, jobs=1, watch=1e-9, grid={"participants": [3, 4, 5]})
    assert done.watched == 3


def test_a_run_that_nobody_asked_for_stops_nothing() -> None:
    scenario = planted("Unlucky")
    raises = [simulation.scenario.plan(scenario, seed).order[0] == 0 for seed in range(60)]
    lucky = next(seed for seed in range(59) if not raises[seed] and raises[seed + 1])
    done = simulation.sweep(scenario, (lucky, lucky + 1), jobs=1, watch=1)
    assert (done.passed, done.watched) == (1, 1)


@pytest.mark.parametrize("chunk", [1, None])
def test_which_runs_are_watched_depends_on_their_seeds_alone(chunk: int | None) -> None:
    chosen = [seed for seed in range(60) if seed == 0 or seed * GOLDEN % 2**64 < int(0.1 * 2**64)]
    done = simulation.sweep("simple", 60, jobs=1, watch=0.1, chunk=chunk)
    assert done.watched == len(chosen)


def test_chosen_seeds_are_about_the_share_of_any_range() -> None:
    for first in (0, 10**6, 2**62):
        chosen = sum(seed * GOLDEN % 2**64 < 2**64 // 50 for seed in range(first, first + 10_000))
        assert 195 <= chosen <= 205


def test_watching_changes_no_row() -> None:
    watched = simulation.sweep("simple", 20, jobs=1, watch=1)
    assert rows(watched) == rows(simulation.sweep("simple", 20, **HERE))
