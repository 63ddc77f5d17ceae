"""Who does the work: nobody's death, interrupt or hash seed is anybody else's trouble."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation import HarnessError, InputError
from simulation.sweep.crew import Given, Here, Processes, cores
from tests.sweep import driver, family
from tests.sweep.planted import MARK
from tests.sweep.sweeping import HERE, Steps, planted, rows


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    crew = Processes(2)
    yield crew
    crew.close()


def test_work_done_here_is_done_at_once() -> None:
    assert Here().submit(os.getpid).result(timeout=0) == os.getpid()


def test_what_work_done_here_raises_is_told_by_its_result() -> None:
    assert isinstance(Here().submit(family.raises).exception(timeout=0), ValueError)


def test_work_of_processes_is_done_elsewhere(two: Processes) -> None:
    assert two.submit(os.getpid).result() != os.getpid()


def test_what_work_raises_elsewhere_is_told_by_its_result(two: Processes) -> None:
    assert isinstance(two.submit(family.raises).exception(), ValueError)


def test_a_worker_leaves_interrupts_to_its_parent(two: Processes) -> None:
    assert two.submit(family.survives_an_interrupt).result() == "still here"


def test_a_worker_does_not_read_the_script_that_sweeps(two: Processes) -> None:
    assert two.submit(family.script).result() is None


def test_a_worker_hashes_as_nobody_else_even_where_that_is_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    crews = [Processes(1), Processes(1)]
    try:
        hashes = {each.submit(family.hash_of, "p1").result() for each in crews}
    finally:
        for each in crews:
            each.close()
    assert len({*hashes, hash("p1")}) == 3
    assert os.environ["PYTHONHASHSEED"] == "0"


def test_crews_that_start_at_the_same_time_leave_the_process_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main = sys.modules["__main__"]
    monkeypatch.setitem(sys.modules, "__main__", main)
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    with ThreadPoolExecutor(3) as threads:
        sweeps = [threads.submit(simulation.sweep, "simple", 8, jobs=2, watch=0, chunk=1) for _ in range(3)]
        assert len({each.result().digest for each in sweeps}) == 1
    assert sys.modules["__main__"] is main
    assert os.environ["PYTHONHASHSEED"] == "0"


@family.needs_proc
def test_processes_are_gone_when_the_crew_was_sent_home() -> None:
    before = family.workers()
    crew = Processes(1)
    crew.submit(os.getpid).result()
    assert len(family.workers() - before) == 1
    crew.close()
    assert family.workers() <= before


@family.needs_proc
def test_nobody_waits_for_work_that_never_ends() -> None:
    crew = Processes(1)
    worker = crew.submit(os.getpid).result()
    crew.submit(signal.pause)
    crew.close()
    assert family.is_over(worker)


@family.needs_proc
def test_the_work_of_a_worker_that_was_killed_is_done_again() -> None:
    before = family.workers()
    killing = Steps(10, lambda: family.kill(min(family.workers() - before)))
    done = simulation.sweep("simple", 60, jobs=2, watch=0, chunk=2, progress=killing)
    assert killing.happened
    assert (done.ran, rows(done)) == (60, rows(simulation.sweep("simple", 60, **HERE)))


@family.needs_proc
def test_the_work_of_a_watcher_that_was_killed_is_done_again() -> None:
    before = family.workers()
    killing = Steps(10, lambda: family.kill(min(family.workers() - before)))
    done = simulation.sweep("simple", 40, jobs=1, watch=1, chunk=2, progress=killing)
    assert killing.happened
    assert (done.ran, done.watched) == (40, 40)


def test_work_that_kills_its_worker_is_done_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MARK, str(tmp_path / "mark"))
    done = simulation.sweep(planted("KillsOnce"), 8, jobs=2, watch=0)
    assert (tmp_path / "mark").exists()
    assert (done.ran, done.passed) == (8, 8)


def test_work_that_kills_every_worker_is_named() -> None:
    with pytest.raises(HarnessError, match=r"workers in a row died under simple, seeds 0:4: "):
        simulation.sweep(planted("KillsAlways"), 8, jobs=2, watch=0, chunk=4)


def test_a_run_that_raises_is_named_with_its_command() -> None:
    scenario = simulation.load("simple", protocol="tests.cli.machines:Divides")
    command = "simulation run simple --seed 0 --set protocol=tests.cli.machines:Divides"
    with pytest.raises(HarnessError, match="ZeroDivisionError") as raised:
        simulation.sweep(scenario, 8, jobs=2, watch=0)
    assert str(raised.value).endswith(f"the run alone: {command}")


@family.needs_proc
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    with driver.start(tmp_path / "out", "--jobs=2", "--watch=1", "--wait-after=1") as sweeping:
        driver.until(sweeping, "waiting")
        left_behind = family.children(sweeping.pid)
        sweeping.kill()
        gone = family.wait_until(lambda: all(map(family.is_over, left_behind)))
    assert len(left_behind) >= 3
    assert gone


def test_a_given_executor_stays_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        simulation.sweep("simple", 5, executor=executor, watch=0)
        assert executor.submit(os.getpid).result() == os.getpid()


@family.needs_proc
def test_a_given_executor_that_broke_is_the_users_to_mend() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        worker = executor.submit(os.getpid).result()
        killing = Steps(1, lambda: family.kill(worker))
        with pytest.raises(InputError, match="the executor broke"):
            simulation.sweep("simple", 60, executor=executor, watch=0, chunk=1, progress=killing)


def test_a_given_executor_has_as_many_jobs_as_are_said() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert (Given(executor, 3).jobs, Given(executor, cores()).jobs) == (3, cores())


@pytest.mark.parametrize("jobs", [0, -1, 1025, True, 1.5, "2"], ids=repr)
def test_a_number_of_jobs_that_is_none_is_refused(jobs: Any) -> None:
    with pytest.raises(InputError, match=r"^jobs: is .*from 1 to 1024"):
        simulation.sweep("simple", 5, jobs=jobs)


def test_a_cluster_and_jobs_are_refused_together() -> None:
    with pytest.raises(InputError, match=r"^--cluster: its workers do the work"):
        simulation.sweep("simple", 5, jobs=2, cluster="tcp://127.0.0.1:1")


def test_a_protocol_that_no_worker_can_import_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "only_here", sys.modules["tests.sweep.planted"])
    scenario = simulation.load("simple", protocol="only_here:Polite")
    with pytest.raises(InputError, match="module that it can import"):
        simulation.sweep(scenario, 5, jobs=2, watch=0, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
