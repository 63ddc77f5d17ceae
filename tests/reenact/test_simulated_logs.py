"""The other way round: what a simulated run prints is re-enacted, with no line left over."""

from __future__ import annotations

import pytest

import simulation
from simulation.reenact import Freedom, Reenacted, Reenactor
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import LoggedRun, split
from tests.golden.table import FAMILY

SEEDS = 200

MOST_WIDENED = 1
"""For so many of these the search may widen; one of all 6,000 needs it."""


def logged(scenario: simulation.Scenario, seed: int) -> LoggedRun:
    """The log of a simulated run, read again."""
    (run,) = split(cut([simulation.run(scenario, seed).log()]))
    return run


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize("name", FAMILY)
def test_what_a_run_prints_is_re_enacted_line_by_line(name: str, profile: str) -> None:
    scenario, reenactor, widened = simulation.load(name, profile=profile), Reenactor(), 0
    for seed in range(SEEDS):
        found = reenactor.reenact(logged(scenario, seed))
        assert isinstance(found, Reenacted), f"seed {seed}: {found.stuck.index}: {found.stuck}"
        assert found.run.verdict == simulation.run(scenario, seed).verdict, f"seed {seed}"
        assert found.cast.scenario.name == name, f"seed {seed}"
        widened += found.freedom != Freedom()
    assert widened <= MOST_WIDENED


@pytest.mark.parametrize(
    ("name", "participants"),
    [("simple", 1), ("simple", 2), ("simple", 40), ("many_1", 9), ("leader_crash_complex", 25)],
)
def test_other_sizes_are_re_enacted_too(name: str, participants: int) -> None:
    scenario, reenactor = simulation.load(name, participants=participants), Reenactor()
    for seed in range(5):
        assert isinstance(reenactor.reenact(logged(scenario, seed)), Reenacted), seed
