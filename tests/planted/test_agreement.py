"""Two values are decided in each schedule with its bug, and never with a correct protocol."""

from __future__ import annotations

import pytest

from simulation.planted import BUGS, CONTROLS, Planted
from tests.planted.schedule import ImpossibleError, play
from tests.planted.schedules import SCHEDULES
from tests.protocols.storms import chosen, learned

UNSAFE = [bug for bug in BUGS if bug.violates == "agreement"]


def named(planted: Planted) -> str:
    """The bug as the test's name shows it."""
    return planted.name


@pytest.mark.parametrize("bug", UNSAFE, ids=named)
def test_two_values_are_decided_when_a_protocol(bug: Planted) -> None:
    assert learned(play(bug.protocol, SCHEDULES[bug.name], strictly=True)) == {1, 2}


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("control", CONTROLS, ids=named)
def test_one_value_at_most_is_chosen_by_the_correct_protocol(control: Planted, schedule: str) -> None:
    world = play(control.protocol, schedule, strictly=False)
    assert len(chosen(world) | learned(world)) <= 1


@pytest.mark.parametrize("bug", UNSAFE, ids=named)
def test_schedule_has_what_the_bug_is_said_to_need(bug: Planted) -> None:
    words = set(SCHEDULES[bug.name].split())
    assert ("restarts" in words, "twice" in words) == ("restart" in bug.needs, "duplicate" in bug.needs)


def test_every_bug_of_safety_has_a_schedule() -> None:
    assert set(SCHEDULES) == {bug.name for bug in UNSAFE}


@pytest.mark.parametrize("move", ["accept 1 from p1 to p2", "p1 retries"])
def test_strict_schedule_has_no_impossible_move(move: str) -> None:
    with pytest.raises(ImpossibleError, match=move):
        play(CONTROLS[0].protocol, move, strictly=True)
