"""What is counted, and that it depends on nothing but bugs, strategies and seeds."""

from __future__ import annotations

import signal
from typing import Any

import pytest

import simulation
from simulation.checks import Violated
from simulation.errors import HarnessError, InputError
from simulation.planted import BUGS, CONTROLS
from simulation.power import Power, door, measure, search
from simulation.power.trial import SPACING, Tried, blocks, repetition
from tests.power.powers import Watching, quick, without_seconds


@pytest.fixture(scope="module")
def power() -> Power:
    return quick()


def test_a_search_ends_with_the_first_run_that_violates_what_is_judged(power: Power) -> None:
    (first, *_) = power.cells[0].searches
    scenario = simulation.load("duel", strategy="portfolio", protocol="simulation.planted:HIDES_ITS_VOTE")
    verdicts = [
        {each.check for each in simulation.run(scenario, seed).findings if isinstance(each, Violated)}
        & {"agreement", "one value chosen", "termination"}
        for seed in range(first.runs or 0)
    ]
    assert [bool(found) for found in verdicts] == [False] * (len(verdicts) - 1) + [True]
    assert (first.seed, first.check in verdicts[-1]) == (len(verdicts) - 1, True)


def test_every_repetition_has_seeds_of_its_own(power: Power) -> None:
    for cell in power.cells:
        for search_ in cell.searches:
            assert search_.runs is not None
            assert search_.seed == search_.repetition * SPACING + search_.runs - 1


def test_the_largest_cap_reaches_no_seed_of_the_next_repetition() -> None:
    trials = [repetition("x", "portfolio", "outcome", number, door.MOST["cap"]) for number in (0, 1)]
    assert trials[0].first + trials[0].runs <= trials[1].first


def test_a_search_in_vain_says_so(power: Power) -> None:
    (cell,) = quick(bugs=["vote-is-no-promise"], cap=5, repetitions=2).cells
    assert (cell.found, cell.share, cell.median_runs) == (0, 0.0, None)
    assert [(each.runs, each.seed, each.check) for each in cell.searches] == [(None, None, None)] * 2


def test_the_cap_does_not_change_what_is_found_below_it(power: Power) -> None:
    lower = quick(cap=10)
    for cell, low in zip(power.cells, lower.cells, strict=True):
        for one, other in zip(cell.searches, low.searches, strict=True):
            assert other.runs == (one.runs if one.runs is not None and one.runs <= 10 else None)


def test_two_jobs_find_what_one_finds(power: Power) -> None:
    assert without_seconds(quick(jobs=2)) == without_seconds(power)


def test_however_often_a_search_is_handed_back_it_finds_the_same(
    power: Power, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LONGEST_S", -1.0)
    assert without_seconds(quick()) == without_seconds(power)


def test_other_bugs_beside_it_do_not_change_a_cell(power: Power) -> None:
    alone = quick(bugs=["votes-in-a-tie"])
    assert without_seconds(alone)["cells"] == without_seconds(power)["cells"][1:]


def test_without_names_every_bug_is_looked_for() -> None:
    found = measure(repetitions=1, cap=1, control_runs=0, jobs=1)
    assert [cell.bug for cell in found.cells] == list(BUGS)


def test_a_bug_and_a_strategy_that_are_named_twice_are_measured_once() -> None:
    found = quick(bugs=["hides-its-vote"] * 2, strategies=["uniform", "reach", "uniform"], cap=2)
    assert [cell.strategy for cell in found.cells] == ["uniform", "reach"]


def test_every_check_finds_it_no_later_than_the_outcome_does() -> None:
    judged = [quick(bugs=["vote-is-no-promise"], cap=300, judge=name) for name in ("all", "outcome")]
    steps, outcome = ([each.runs or 1_000 for each in power.cells[0].searches] for power in judged)
    assert all(soon <= late for soon, late in zip(steps, outcome, strict=True))
    assert steps != outcome


@pytest.mark.parametrize("judge", ["outcome", "all"])
def test_controls_raise_no_alarm(judge: str) -> None:
    found = quick(bugs=["hides-its-vote"], repetitions=1, control_runs=150, judge=judge)
    assert [(each.control, each.runs, each.alarms) for each in found.controls] == [
        (control, 150, ()) for control in CONTROLS
    ]
    assert (found.false_alarms, found.first_false_alarm) == (0, None)


def test_the_runs_of_a_control_are_cut_without_a_gap() -> None:
    cut = blocks("textbook", "portfolio", "outcome", 2_500)
    assert [(each.first, each.runs) for each in cut] == [(0, 1_000), (1_000, 1_000), (2_000, 500)]


def test_a_false_alarm_is_told_with_the_command_that_repeats_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CONTROLS", (BUGS[0],))
    found = quick(bugs=["hides-its-vote"], repetitions=1, control_runs=60)
    (control,) = found.controls
    assert (control.runs, found.false_alarms) == (60, len(control.alarms))
    seed, check = control.alarms[0]
    assert check in ("agreement", "one value chosen")
    assert found.first_false_alarm == (
        f"simulation run duel --seed {seed} --set strategy=portfolio"
        " --set protocol=simulation.planted:VOTES_FOR_ANYTHING"
    )


def test_ctrl_c_returns_what_there_is() -> None:
    found = quick(progress=Watching(3, lambda: signal.raise_signal(signal.SIGINT)))
    assert found.stopped == "interrupted"
    assert sum(len(cell.searches) for cell in found.cells) == 3


WRONG: dict[str, dict[str, Any]] = {
    "there is no planted bug 'hides-its-votes'.*Did you mean 'hides-its-vote'": {"bugs": ["hides-its-votes"]},
    "'textbook' is a control and has none": {"bugs": ["textbook"]},
    "strategy: there is no 'portfolo'.*Did you mean 'portfolio'": {"strategies": ["portfolo"]},
    "judge: there is no 'al'.*Did you mean 'all'": {"judge": "al"},
    "repetitions: is 0. A whole number from 1": {"repetitions": 0},
    "cap: is 1000001. A whole number from 1 to 1,000,000": {"cap": SPACING + 1},
    "control_runs: is -1. A whole number from 0": {"control_runs": -1},
    "jobs: is True. A whole number": {"jobs": True},
}
"""By what has to be said, what is asked for."""


@pytest.mark.parametrize("words", WRONG)
def test_what_there_is_not_is_refused(words: str) -> None:
    with pytest.raises(InputError, match=words):
        quick(**WRONG[words])


def test_whatever_a_machine_raises_says_in_which_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(self: object, seed: int) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(simulation.Runner, "run", raising)
    with pytest.raises(HarnessError, match=r"hides-its-vote, seed 0: (?s:.)*no such thing(?s:.)*--seed 0"):
        quick()


def test_a_trial_with_more_runs_begins_where_the_shorter_one_ended() -> None:
    short, long = (repetition("x", "portfolio", "outcome", 0, cap) for cap in (10, 30))
    begun = Tried(short, runs=10, seconds=1.0).as_if(long)
    assert (begun.runs, begun.over) == (10, False)
