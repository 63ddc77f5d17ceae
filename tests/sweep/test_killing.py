"""Killed at any instant, as often as one likes: the rows in the end are those of an undisturbed sweep."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.sweep import driver
from tests.sweep.killing import Killed, killed

can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    """A sweep with two workers that was killed at four instants, and came to its end."""
    out = tmp_path_factory.mktemp("killed") / "out"
    return killed(out, seeds=800, kills=4, jobs=2, chance=1)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Sweeps that were killed before each single thing that they do to their folder."""
    said = driver.python("-m", "tests.sweep.instants", str(tmp_path_factory.mktemp("instants")))
    assert said.stderr == ""
    return json.loads(said.stdout)


@pytest.mark.xdist_group("sweep-killing")
def test_it_was_killed_in_the_middle(worn: Killed) -> None:
    if max(worn.there) == 800:
        pytest.skip("this machine is too busy to kill anything in time")
    assert max(worn.there) > 0


@pytest.mark.xdist_group("sweep-killing")
def test_written_rows_are_never_lost(worn: Killed) -> None:
    assert sorted(worn.there) == worn.there


@pytest.mark.xdist_group("sweep-killing")
def test_between_kills_there_are_right_rows_only_and_none_twice(worn: Killed) -> None:
    assert (worn.doubled, worn.strange) == (0, 0)


@pytest.mark.xdist_group("sweep-killing")
def test_in_the_end_all_is_as_if_undisturbed(worn: Killed) -> None:
    assert worn.same
    assert worn.digests[0] == worn.digests[1]


@pytest.mark.xdist_group("sweep-killing")
def test_nothing_half_written_lies_about(worn: Killed) -> None:
    assert worn.left_over == []


@can_fork
@pytest.mark.xdist_group("sweep-instants")
def test_there_are_many_instants(everywhere: Any) -> None:
    assert 20 < everywhere["instants"] < 100


@can_fork
@pytest.mark.xdist_group("sweep-instants")
def test_after_a_kill_at_any_instant_the_same_command_comes_to_the_same(everywhere: Any) -> None:
    assert everywhere["wrong"] == {}


def test_the_driver_that_nobody_kills_is_complete(tmp_path: Path) -> None:
    with driver.start(tmp_path / "out", "--seeds=5") as sweeping:
        assert sweeping.communicate() == ("begun\nended: complete, 5 runs\n", "")
