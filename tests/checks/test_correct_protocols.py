"""Negative controls: no check cries wolf over a correct protocol, whatever the weather."""

from __future__ import annotations

import pytest

from simulation import Runner, load
from tests.checks.planted import SCENES

SEEDS = range(30)
STORMY_SEEDS = range(300)

OF_ANY_PROTOCOL = (
    "leader_crash_complex",
    "leader_crash_complex_2",
    "leader_crash_simple",
    "leader_crash_simple_2",
    "many_2",
    "minority_non_leader_crash",
    "non_leader_proposes_after_election",
    "simple_3",
)
OF_PAXOS = ("leader_crash_before_decision", "leader_should_nack", "non_leader_should_nack")

CONTROLS = [("paxos", name) for name in OF_ANY_PROTOCOL + OF_PAXOS]
CONTROLS += [("textbook", name) for name in OF_ANY_PROTOCOL]


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize(("protocol", "scenario"), CONTROLS)
def test_correct_protocol_passes(protocol: str, scenario: str, profile: str) -> None:
    runner = Runner(load(scenario, protocol=protocol, profile=profile))
    assert {seed: runner.run(seed).verdict for seed in SEEDS} == dict.fromkeys(SEEDS, "pass")


@pytest.mark.parametrize(
    ("protocol", "scene"),
    [
        ("textbook", "duel"),
        ("tests.mutants.catalogue:SHARES_BALLOTS", "duel"),
        ("paxos", "duel_of_leaders"),
    ],
)
def test_correct_protocol_violates_nothing_in_a_storm(protocol: str, scene: str) -> None:
    runner = Runner(load(SCENES / f"{scene}.toml", protocol=protocol))
    assert [(seed, found) for seed in STORMY_SEEDS for found in runner.run(seed).violations] == []


def test_storm_makes_leaders_compete() -> None:
    runner = Runner(load(SCENES / "duel_of_leaders.toml"))
    assert max(runner.run(seed).ballots for seed in SEEDS) > 3
