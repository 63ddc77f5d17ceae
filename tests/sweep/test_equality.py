"""Rows, order and digest are a function of scenarios and seeds, whoever does it and however it is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.sweep.seeds import Range
from tests.sweep.sweeping import HERE, fresh_parts, rows
from tests.sweep.test_seeds import ranges

SCENARIOS = ("simple", "leader_crash_simple")

SEEDS = 60

GRID = {"profile": ["local", "dist"]}

Same = tuple[list[str], str]


def sweep(**how: Any) -> Same:
    """Rows and digest of the sweep that is done in many ways here."""
    found = simulation.sweep(SCENARIOS, SEEDS, grid=GRID, **{"watch": 0, **how})
    return rows(found), found.digest


@pytest.fixture(scope="module")
def one_by_one() -> Same:
    """Every run for itself, put together by hand."""
    alone = [
        simulation.sweep(simulation.load(name, profile=profile), (seed, seed + 1), **HERE)
        for name in sorted(SCENARIOS)
        for profile in ("dist", "local")
        for seed in (0, SEEDS - 1)
    ]
    whole = sweep(jobs=1)
    assert [row for found in alone for row in rows(found)] == [
        row for cell in range(4) for row in (whole[0][cell * SEEDS], whole[0][(cell + 1) * SEEDS - 1])
    ]
    return whole


@pytest.mark.parametrize("chunk", [1, 7, 5000])
@pytest.mark.parametrize("jobs", [1, 2])
def test_jobs_and_chunks_change_nothing(jobs: int, chunk: int | None, one_by_one: Same) -> None:
    assert sweep(jobs=jobs, chunk=chunk) == one_by_one


@contextmanager
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        yield executor


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(3) as executor:
        yield executor


@pytest.mark.parametrize("executors", [processes, threads])
def test_an_executor_changes_nothing(executors: Callable[[], Any], one_by_one: Same) -> None:
    with executors() as executor:
        assert sweep(executor=executor, chunk=7) == one_by_one


def test_watching_changes_nothing(one_by_one: Same) -> None:
    assert sweep(jobs=1, watch=0.3) == one_by_one


def test_the_order_of_scenarios_and_values_changes_nothing(one_by_one: Same) -> None:
    found = simulation.sweep(SCENARIOS[::-1], SEEDS, grid={"profile": ["dist", "local"]}, **HERE)
    assert (rows(found), found.digest) == one_by_one


def test_the_order_of_the_keys_of_a_grid_changes_nothing() -> None:
    keys = {"profile": ["local", "dist"], "participants": [3, 4]}
    one, other = (
        simulation.sweep("simple", 3, grid=grid, **HERE) for grid in (keys, dict([*keys.items()][::-1]))
    )
    assert (rows(other), other.digest) == (rows(one), one.digest)


def test_the_size_of_parts_changes_nothing(one_by_one: Same, tmp_path: Path) -> None:
    with fresh_parts():
        assert sweep(jobs=1, chunk=7, out=tmp_path) == one_by_one
    assert len(list((tmp_path / "runs").iterdir())) > 30


def test_the_hash_seed_changes_nothing(one_by_one: Same, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert sweep(jobs=2) == one_by_one


@pytest.fixture(scope="module")
def fourteen() -> Same:
    found = simulation.sweep("simple", 14, **HERE)
    return rows(found), found.digest


@settings(max_examples=6)
@given(before=st.lists(ranges(14), max_size=3))
def test_whatever_was_asked_for_before_the_whole_is_the_same(before: list[Range], fourteen: Same) -> None:
    with TemporaryDirectory() as path:
        for asked in before:
            simulation.sweep("simple", asked, out=Path(path) / "out", **HERE)
        found = simulation.sweep("simple", 14, out=Path(path) / "out", **HERE)
        assert found.ran == 14 - len({seed for asked in before for seed in range(*asked)})
        assert (rows(found), found.digest) == fourteen
