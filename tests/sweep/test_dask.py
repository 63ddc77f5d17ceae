"""On a cluster the rows are the same, also where a worker dies in the middle or is of another opinion."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

import simulation
from simulation import HarnessError, InputError, NondeterminismError
from tests.cli.shell import shell
from tests.sweep import driver
from tests.sweep.dask import Cluster, cluster
from tests.sweep.sweeping import HERE, Steps, planted, rows
from tests.sweep.test_equality import GRID, SCENARIOS, SEEDS

pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[test]'")

pytestmark = pytest.mark.xdist_group("sweep-dask")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    with cluster(tmp_path_factory.mktemp("dask"), 2) as found:
        yield found


@pytest.fixture(scope="module")
def alone() -> simulation.Sweep:
    return simulation.sweep(SCENARIOS, SEEDS, grid=GRID, **HERE)


def test_a_cluster_changes_nothing(two: Cluster, alone: simulation.Sweep) -> None:
    done = simulation.sweep(SCENARIOS, SEEDS, grid=GRID, cluster=two.address, chunk=7, watch=0.05)
    assert (rows(done), done.digest) == (rows(alone), alone.digest)


def test_what_is_not_the_same_twice_is_found_on_a_cluster(two: Cluster) -> None:
    with pytest.raises(NondeterminismError, match=r"the runs agree for \d+ events"):
        simulation.sweep(planted("WalksASet", participants=9), 12, cluster=two.address, watch=0.5)


def test_a_run_that_raises_on_a_cluster_is_named(two: Cluster) -> None:
    scenario = simulation.load("simple", protocol="tests.cli.machines:Divides")
    with pytest.raises(HarnessError, match=r"simple, seed 0: (.|\n)*ZeroDivisionError"):
        simulation.sweep(scenario, 4, cluster=two.address, watch=0)


def test_a_cluster_serves_one_sweep_after_the_other(two: Cluster) -> None:
    digests = {simulation.sweep("simple", 10, cluster=two.address, watch=0).digest for _ in range(2)}
    assert digests == {simulation.sweep("simple", 10, **HERE).digest}


def test_failures_of_a_cluster_stop_at_the_same_run(two: Cluster) -> None:
    scenario = simulation.load("simple", protocol="tests.mutants.catalogue:INVENTS_A_VALUE")
    done = simulation.sweep(scenario, 40, cluster=two.address, chunk=3, stop_after=5, watch=0)
    assert [failure.seed for failure in done.failures] == [0, 1, 2, 3, 4]


def test_dask_may_log_again_afterwards(two: Cluster) -> None:
    before = logging.getLogger("distributed.client").level
    simulation.sweep("simple", 2, cluster=two.address, watch=0)
    assert logging.getLogger("distributed.client").level == before


def test_a_worker_that_is_killed_in_the_middle_costs_no_row(
    tmp_path_factory: pytest.TempPathFactory, alone: simulation.Sweep
) -> None:
    with cluster(tmp_path_factory.mktemp("mortal"), 2) as mortal:
        killing = Steps(20, mortal.kill_one)
        how = {"cluster": mortal.address, "chunk": 4, "watch": 0, "progress": killing}
        done = simulation.sweep(SCENARIOS, SEEDS, grid=GRID, **how)
    assert killing.happened
    assert (done.ran, rows(done), done.digest) == (4 * SEEDS, rows(alone), alone.digest)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("--wait-after=20", id="with all work done"),
        pytest.param("--hold-result=12", id="with a result on its way"),
    ],
)
def test_when_the_scheduler_dies_it_is_told_and_what_is_done_stays_done(
    moment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("doomed")
    options = ("--seeds=200", "--chunk=2", moment)
    with (
        cluster(folder, 1) as doomed,
        driver.start(folder / "out", f"--cluster={doomed.address}", *options) as sweeping,
    ):
        driver.until(sweeping, "waiting")
        # What is under way gets done, so that nothing of it can be cancelled.
        doomed.rest()
        doomed.stop()
        said = driver.last_words(sweeping, "\n", after_s=0.3, patience_s=30)
    assert said.startswith("refused: --cluster: the scheduler at "), said
    done = simulation.sweep("simple", 200, out=folder / "out", **HERE)
    assert rows(done) == rows(simulation.sweep("simple", 200, **HERE))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler without workers."""
    with cluster(tmp_path_factory.mktemp("empty"), 0) as found:
        yield found


def test_a_cluster_without_workers_is_refused(empty: Cluster) -> None:
    with pytest.raises(InputError, match=r"has no workers\. Start some: dask worker tcp://"):
        simulation.sweep("simple", 4, cluster=empty.address)


def test_dask_may_log_again_after_a_refusal_too(empty: Cluster) -> None:
    logger = logging.getLogger("distributed.client")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        with pytest.raises(InputError):
            simulation.sweep("simple", 4, cluster=empty.address)
        assert logger.level == logging.WARNING
    finally:
        logger.setLevel(before)


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:0"])
def test_where_no_scheduler_is_nothing_else_is_said(address: str) -> None:
    said = shell("sweep", "simple", "--seeds", "0:4", "--cluster", address)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"simulation: --cluster: nobody answers as a Dask scheduler at {address!r}")
    assert len(said.err.splitlines()) == 1
