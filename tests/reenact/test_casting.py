"""Which scenario a run is of, and who plays which part, told from what it printed."""

from __future__ import annotations

from pathlib import Path

import pytest

import simulation
from simulation.reenact import Diverged, Reenacted, Reenactor
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import LoggedRun, split


def logged(scenario: simulation.Scenario, seed: int, lines: int | None = None) -> LoggedRun:
    """The log of a simulated run, or its first lines."""
    (run,) = split(cut(["\n".join(simulation.run(scenario, seed).log().split("\n")[:lines])]))
    return run


def reenacted(run: LoggedRun) -> Reenacted:
    """Its re-enactment."""
    found = Reenactor().reenact(run)
    assert isinstance(found, Reenacted)
    return found


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["leader_crash_complex", "leader_crash_complex_2"])
def test_an_order_that_is_announced_is_taken(name: str, seed: int) -> None:
    scenario = simulation.load(name)
    assert reenacted(logged(scenario, seed)).cast.order == simulation.run(scenario, seed).plan.order


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["simple", "leader_crash_simple_2", "minority_non_leader_crash"])
def test_who_plays_which_part_is_told_by_what_they_did(name: str, seed: int) -> None:
    true = simulation.run(simulation.load(name), seed).plan
    found = reenacted(logged(simulation.load(name), seed)).run.plan
    assert {role: sorted(members) for role, members in found.roles.items()} == {
        role: sorted(members) for role, members in true.roles.items()
    }


@pytest.mark.parametrize("seed", range(12))
def test_a_draw_is_told_by_what_came_of_it(seed: int) -> None:
    true = simulation.run("simple_3", seed)
    found = reenacted(logged(simulation.load("simple_3"), seed)).run
    assert found.outcome.values == true.outcome.values


def test_who_of_two_proposers_was_chosen_is_told_by_the_value() -> None:
    true = simulation.run("simple_2", 1)
    values = [
        value for value in reenacted(logged(simulation.load("simple_2"), 1)).run.plan.values if value > 0
    ]
    assert values == [next(iter(true.decisions[1].values()))]


def test_a_value_that_no_line_shows_stays_unknown() -> None:
    run = reenacted(logged(simulation.load("simple"), 0)).run
    (decided,) = set(run.decisions[1].values())
    unknown = [(process, value) for process, value in enumerate(run.plan.values) if value != decided]
    assert unknown
    assert all(value == -1 - process for process, value in unknown)


def test_a_beginning_that_fits_several_scenarios_is_of_none_for_certain() -> None:
    assert not reenacted(logged(simulation.load("simple"), 0, lines=8)).cast.certain
    assert reenacted(logged(simulation.load("leader_crash_complex"), 0, lines=30)).cast.certain


def test_a_scenario_of_ones_own_is_known_where_its_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        'format = 1\nabout = "Two propose, each for an instance, and one dies."\nparticipants = 4\n'
        '[roles]\none = "first of all"\ntwo = "second of all"\ndoomed = "last of all"\n'
        'rest = "all except one, two, doomed"\n'
        '[script]\none = ["propose instance 7", "wait 10s instance 7"]\n'
        'two = ["propose instance 8", "wait 10s instance 8"]\n'
        'doomed = ["sleep 1..5ms", "kill"]\nrest = ["wait 10s instance 7"]\n'
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.toml").write_text(text, encoding="utf-8")
    run = logged(simulation.load("mine"), 3)
    assert reenacted(run).cast.scenario.name == "mine"
    monkeypatch.chdir(tmp_path.parent)
    assert isinstance(Reenactor().reenact(run), Diverged)


FIXED = (
    'format = 1\nabout = "In an order of its own."\nparticipants = 3\norder = ["p3", "p1", "p2"]\n'
    '[roles]\na = "first of all"\nb = ["p1", "p2"]\n[script]\na = ["propose", "wait 10s"]\nb = ["wait 10s"]\n'
)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario that nobody can play in another order than its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.toml").write_text(FIXED, encoding="utf-8")


@pytest.mark.usefixtures("mine")
def test_a_scenario_in_an_order_of_its_own_is_re_enacted() -> None:
    for seed in range(5):
        assert reenacted(logged(simulation.load("mine"), seed)).run.verdict == "pass"


@pytest.mark.usefixtures("mine")
def test_a_scenario_that_cannot_be_cast_leaves_the_others_alone() -> None:
    assert reenacted(logged(simulation.load("simple_2"), 0)).cast.scenario.name == "simple_2"


def test_a_log_of_processes_that_can_play_nothing_is_said_to_be_of_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = logged(simulation.load("simple", participants=1), 0)
    monkeypatch.setattr("simulation.scenario.names", lambda: ())
    (tmp_path / "it.log").write_text("\n".join(line.text for line in run.lines), encoding="utf-8")
    (told,) = simulation.check(tmp_path / "it.log").told
    assert told.divergence is not None
    assert told.divergence.message == "no scenario can be played by 1 processes"
