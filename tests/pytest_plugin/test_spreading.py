"""Blocks of seeds: how many, what they are called, and that workers share them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulation.pytest_plugin.seeds import blocks, label, read_seeds
from tests.pytest_plugin.conftest import Suite, commands, outcomes

TEST = '@pytest.mark.scenario("duel", seeds={})\ndef test_it(run):\n    pass\n'


def ids(result: pytest.RunResult) -> list[str]:
    """The parts in brackets of the collected tests."""
    return [line.partition("[")[2].rstrip("]") for line in result.outlines if line.startswith("test_it.py::")]


@pytest.mark.parametrize("count", [1, 7, 8, 9, 200, 512, 513, 1000, 100_000, 10**9])
def test_blocks_are_at_most_64_and_hold_every_seed_once_in_order(count: int) -> None:
    found = list(blocks(range(count)))
    assert len(found) <= 64
    assert found[0][0] == 0
    assert found[-1][-1] == count - 1
    assert all(one[-1] + 1 == next_[0] for one, next_ in pairwise(found))


@pytest.mark.parametrize(
    ("given", "seeds"),
    [
        (3, [0, 1, 2]),
        ("3", [0, 1, 2]),
        ("5:8", [5, 6, 7]),
        (range(0, 6, 2), [0, 2, 4]),
        ([7, 3, 7], [7, 3]),
        ((9,), [9]),
    ],
    ids=str,
)
def test_seeds_are_asked_for_as(given: object, seeds: list[int]) -> None:
    assert list(read_seeds(given)) == seeds


@pytest.mark.parametrize(
    ("seeds", "called"),
    [
        (range(8), "0:8"),
        (range(7, 8), "7:8"),
        (range(0, 6, 2), "0...4"),
        ((3, 4, 5), "3:6"),
        ((3, 5, 4), "3...4"),
        ((0, 2, 1, 3), "0...3"),
    ],
    ids=str,
)
def test_a_block_is_called_by_its_seeds(seeds: range | tuple[int, ...], called: str) -> None:
    assert label(seeds) == called


def test_ids_say_scenario_and_seeds(suite: Suite) -> None:
    done = suite(TEST.format(20), "--collect-only", "-q")
    assert ids(done) == ["duel-seeds=0:8", "duel-seeds=8:16", "duel-seeds=16:20"]


def test_two_markers_on_a_function_are_two_scenarios(suite: Suite) -> None:
    second = (
        '@pytest.mark.scenario("duel", seeds=2, linger="5ms")\n@pytest.mark.scenario("simple", seeds=2)\n'
    )
    done = suite(second + TEST.format(2), "--collect-only", "-q")
    assert ids(done) == ["duel-seeds=0:2", "simple-seeds=0:2", "duel#2-seeds=0:2"]


def test_the_marker_of_a_function_comes_before_those_of_its_class_and_module(suite: Suite) -> None:
    done = suite(
        """
pytestmark = pytest.mark.scenario("simple", seeds=1)

def test_it(run):
    assert run.scenario.name == "simple"

@pytest.mark.scenario("duel", seeds=1)
class TestIt:
    def test_of_the_class(self, run):
        assert run.scenario.name == "duel"

    @pytest.mark.scenario("many_1", seeds=1)
    def test_of_its_own(self, run):
        assert run.scenario.name == "many_1"
"""
    )
    assert outcomes(done) == {"passed": 3}


def test_a_scenario_may_say_its_seeds_itself(suite: Suite, project: pytest.Pytester) -> None:
    file = project.path / "scenarios" / "duel.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[sweep]\nseeds = "4:6"\n', encoding="utf-8")
    done = suite(TEST.replace(", seeds={}", ""), "--collect-only", "-q")
    assert ids(done) == ["duel-seeds=4:6"]


def test_seeds_on_the_command_line_replace_those_of_every_marker(suite: Suite) -> None:
    done = suite(
        TEST.format(3) + TEST.format("[5]").replace("test_it", "test_too"), "--simulation-seeds=10:12"
    )
    assert outcomes(done) == {"passed": 2}
    listed = suite(TEST.format(3), "--simulation-seeds=10", "--collect-only", "-q")
    assert ids(listed) == ["duel-seeds=0:8", "duel-seeds=8:10"]


def test_workers_share_the_blocks_and_find_the_same(
    suite: Suite, project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = """
import os, pathlib

@pytest.mark.scenario("duel", seeds=80, protocol="mypackage.paxos:Careless")
def test_it(run, worker):
    pass

@pytest.fixture
def worker():
    pathlib.Path(os.environ["PYTEST_XDIST_WORKER"]).touch()
"""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "alone")
    alone = suite(source, "-rfp")
    both = project.runpytest_subprocess("-rfp", "-p", "xdist.plugin", "-n", "2", "--dist", "loadgroup")
    assert sorted(ids_of_outcomes(alone)) == sorted(ids_of_outcomes(both))
    assert {file.name for file in project.path.glob("gw*")} == {"gw0", "gw1"}
    assert sorted(commands(alone)) == sorted(commands(both))
    assert len(commands(both)) == outcomes(both)["failed"]


def ids_of_outcomes(result: pytest.RunResult) -> list[str]:
    """The lines of the summary: which test ended how, up to what it says."""
    return [line.partition(" - ")[0] for line in result.outlines if line.startswith(("FAILED ", "PASSED "))]
