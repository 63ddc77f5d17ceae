"""``simulation run --strategy exhaustive`` as users use it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call


def test_a_planted_bug_is_found_and_told_move_by_move(call: Call) -> None:
    bug = "protocol=simulation.planted:VOTES_FOR_ANYTHING"
    said = call("run", "duel", "--strategy", "exhaustive", "--set", bug)
    assert said.code == 1
    assert said.out.startswith("violated: ")
    assert f"repeat with: simulation run duel --strategy exhaustive --set {bug}" in said.err


def test_who_proposes_must_not_vote(call: Call) -> None:
    said = call("run", "many_1", "--strategy", "exhaustive")
    assert said.code == 2
    assert "in many_1 whoever proposes votes too" in said.err


@pytest.mark.parametrize("option", ["--seed 3", "--format json", "--explain"])
def test_what_is_of_one_run_is_refused(option: str, call: Call) -> None:
    said = call("run", "duel", "--strategy", "exhaustive", *option.split())
    assert (said.code, said.out) == (2, "")
    assert f"{option.split()[0]}: --strategy exhaustive explores all runs at once" in said.err


def test_it_is_not_for_sweeps(call: Call) -> None:
    said = call("sweep", "duel", "--strategy", "exhaustive", "--seeds", "0:5")
    assert said.code == 2
    assert "'exhaustive' makes all runs at once" in said.err
