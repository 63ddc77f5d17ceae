"""Records of failing runs: each replays, a hundred of a kind are enough, and a lost one is made again."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import simulation
from simulation import HarnessError, NondeterminismError
from simulation.sweep.records import MOST
from tests.sweep import family
from tests.sweep.sweeping import HERE, Steps, mutant

WRONG = mutant("INVENTS_A_VALUE", "simple")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def records(out: Path) -> list[str]:
    return sorted(file.name for file in (out / "failures").iterdir())


def test_a_failing_run_has_a_record_that_replays(out: Path) -> None:
    done = simulation.sweep(WRONG, 3, out=out, **HERE)
    ((digest,),) = done.query("SELECT digest FROM runs WHERE seed = 1").fetchall()
    assert done.failures[1].record is not None
    assert simulation.replay(done.failures[1].record).digest == digest


def test_records_are_called_by_scenario_cell_and_seed(out: Path) -> None:
    simulation.sweep(WRONG, 2, out=out, grid={"participants": [3, 4]}, **HERE)
    assert records(out) == [f"simple-{cell}-seed-{seed}.jsonl" for cell in (0, 1) for seed in (0, 1)]


def test_a_run_that_passes_has_none(out: Path) -> None:
    simulation.sweep("simple", 3, out=out, **HERE)
    assert records(out) == []


def test_a_run_that_tells_nothing_has_none(out: Path) -> None:
    simulation.sweep(simulation.load("simple", limit="200ms"), 3, out=out, **HERE)
    assert records(out) == []


def test_a_hundred_of_a_cause_are_enough(out: Path) -> None:
    done = simulation.sweep(WRONG, MOST + 3, out=out, **HERE)
    assert (done.failed, len(done.causes)) == (MOST + 3, 1)
    assert records(out) == sorted(f"simple-0-seed-{seed}.jsonl" for seed in range(MOST))
    assert [failure.record is None for failure in done.failures] == [False] * MOST + [True] * 3


def test_another_cause_has_records_of_its_own(out: Path) -> None:
    done = simulation.sweep(mutant("IGNORES_REPORTED_VOTES"), 12, out=out, **HERE)
    assert len(done.causes) == 2
    assert len(records(out)) == done.failed


def test_a_record_that_was_deleted_is_made_again(out: Path) -> None:
    simulation.sweep(WRONG, 3, out=out, **HERE)
    gone = out / "failures" / "simple-0-seed-1.jsonl"
    before = gone.read_bytes()
    gone.unlink()
    assert simulation.sweep(WRONG, 3, out=out, **HERE).ran == 0
    assert gone.read_bytes() == before


def test_a_record_that_is_there_is_not_made_again(out: Path) -> None:
    simulation.sweep(WRONG, 2, out=out, **HERE)
    record = out / "failures" / "simple-0-seed-1.jsonl"
    record.write_text("mine", encoding="utf-8")
    simulation.sweep(WRONG, 2, out=out, **HERE)
    assert record.read_text(encoding="utf-8") == "mine"


def test_records_are_the_same_whoever_makes_them(tmp_path: Path) -> None:
    simulation.sweep(WRONG, 3, out=tmp_path / "one", **HERE)
    simulation.sweep(WRONG, 3, out=tmp_path / "two", jobs=2)
    texts = [
        [file.read_bytes() for file in sorted(tmp_path.glob(f"{name}/failures/*"))] for name in ("one", "two")
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 3


@family.needs_proc
def test_where_workers_died_before_the_records_the_same_command_makes_them(out: Path) -> None:
    before = family.workers()

    def kill_all() -> None:
        for worker in family.workers() - before:
            family.kill(worker)

    with pytest.raises(HarnessError, match=r"The same command goes on\."):
        simulation.sweep(WRONG, 3, out=out, jobs=2, watch=0, progress=Steps(3, kill_all))
    assert simulation.sweep(WRONG, 3, out=out, **HERE).ran == 0
    assert len(records(out)) == 3


@pytest.mark.parametrize("name", ["o'brien", "two words", "ümlaut", "a;b"])
def test_a_scenario_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_text(WRONG.text, encoding="utf-8")
    scenario = simulation.load(path, about="it's", **WRONG.overrides)
    done = simulation.sweep(scenario, 2, out=tmp_path / "out", **HERE)
    again = simulation.read_sweep(tmp_path / "out")
    assert (done.failed, again.failed, again.digest) == (2, 2, done.digest)
    assert [simulation.replay(failure.record or "").seed for failure in again.failures] == [0, 1]


def test_without_a_folder_a_failure_has_no_record() -> None:
    assert [failure.record for failure in simulation.sweep(WRONG, 2, **HERE).failures] == [None, None]


def test_a_row_that_was_changed_is_found_out_by_its_record(out: Path) -> None:
    simulation.sweep(WRONG, 2, out=out, **HERE)
    part = next((out / "runs").iterdir())
    changed = f"SELECT * REPLACE (repeat('0', 32) AS digest) FROM read_parquet('{part}')"
    duckdb.sql(f"COPY ({changed}) TO '{part.with_name('other')}' (FORMAT parquet)")
    part.with_name("other").replace(part)
    (out / "failures" / "simple-0-seed-0.jsonl").unlink()
    with pytest.raises(NondeterminismError, match="simple-0-seed-0: done again for its record"):
        simulation.sweep(WRONG, 2, out=out, **HERE)
