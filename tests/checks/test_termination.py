"""Whether decisions are there where they are due, on runs told by hand."""

from __future__ import annotations

import pytest

from simulation.checks import Held, Unknown, Violated
from simulation.checks.outcome import termination
from simulation.harness.reports import WaitEnded
from simulation.kernel import Ending
from simulation.protocols.inputs import Decision, Undecided
from simulation.protocols.reports import Decided
from simulation.trace.record import ID
from tests.checks.telling import Telling


def test_everybody_who_has_to_decide_and_did_terminated() -> None:
    told = Telling().expecting("required", 0, 1)
    told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    assert termination(told.story()) == Held("termination")


def test_process_that_waited_in_vain_did_not_terminate() -> None:
    told = Telling().expecting("required", 0, 1)
    told.says(0, Decided(1, 7))
    wait = told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Violated("termination", "no decision at p2", (wait,))


def test_decision_that_comes_after_the_wait_comes_too_late() -> None:
    told = Telling().expecting("required", 0)
    wait = told.script_says(0, WaitEnded(1, None, 5))
    told.says(0, Decided(1, 7))
    assert termination(told.story()) == Violated("termination", "no decision at p1", (wait,))


def test_wait_that_ends_well_makes_up_for_one_that_did_not() -> None:
    told = Telling().expecting("required", 0)
    told.script_says(0, WaitEnded(1, None, 5))
    told.tells_client(0, Decision(1, 7))
    told.script_says(0, WaitEnded(1, 7, 5))
    assert termination(told.story()) == Held("termination")


def test_decision_of_one_instance_is_none_of_another() -> None:
    told = Telling().expecting("required", 0)
    told.tells_client(0, Decision(1, 7))
    told.script_says(0, WaitEnded(1, 7, 5))
    wait = told.script_says(0, WaitEnded(2, None, 5))
    assert termination(told.story()) == Violated("termination", "no decision at p1", (wait,))


def test_process_without_a_waiting_script_terminates_by_deciding() -> None:
    told = Telling().expecting("required", 0, 1)
    told.says(0, Decided(1, 7))
    story = told.story()
    assert termination(story) == Violated("termination", "no decision at p2", (story.records[-1][ID],))


def test_reply_to_a_client_tells_that_its_process_knows_the_decision() -> None:
    told = Telling().expecting("required", 0)
    told.tells_client(0, Decision(1, 7))
    assert termination(told.story()) == Held("termination")


def test_process_that_need_not_decide_need_not_decide() -> None:
    told = Telling().expecting("required", 0)
    told.says(0, Decided(1, 7))
    told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Held("termination")


@pytest.mark.parametrize("by", ["script", "schedule"])
def test_process_that_the_scenario_killed_need_not_decide(by: str) -> None:
    told = Telling().expecting("required", 0, 1)
    told.dies(1, by)
    told.says(0, Decided(1, 7))
    told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Held("termination")


def test_machine_that_dies_by_itself_has_to_decide_all_the_same() -> None:
    told = Telling().expecting("required", 0, 1)
    told.dies(1, "machine")
    told.says(0, Decided(1, 7))
    wait = told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Violated("termination", "no decision at p2", (wait,))


def test_nothing_can_be_required_where_faults_left_no_quorum() -> None:
    told = Telling().expecting("required", 0, 1, 2)
    told.dies(1, "schedule")
    told.dies(2, "schedule")
    told.script_says(0, WaitEnded(1, None, 5))
    assert termination(told.story()) == Unknown(
        "termination", "the faults left 1 processes, and a quorum is 2"
    )


def test_decision_is_required_where_faults_left_just_a_quorum() -> None:
    told = Telling().expecting("required", 0, 1, 2)
    told.dies(2, "schedule")
    told.says(0, Decided(1, 7))
    wait = told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Violated("termination", "no decision at p2", (wait,))


def test_nothing_is_judged_where_everybody_who_had_to_decide_was_killed() -> None:
    told = Telling().expecting("required", 1)
    told.dies(1, "schedule")
    assert termination(told.story()) == Unknown(
        "termination", "nobody is left of whom a decision is required"
    )


def test_nothing_is_judged_where_nobody_had_to_decide() -> None:
    assert termination(Telling().expecting("required").story()) == Unknown(
        "termination", "nobody is left of whom a decision is required"
    )


def test_missing_decision_of_a_run_that_was_cut_off_is_unknown() -> None:
    told = Telling().expecting("required", 0).cut()
    assert isinstance(termination(told.story()), Unknown)


def test_run_that_was_cut_off_after_all_decisions_terminated() -> None:
    told = Telling().expecting("required", 0).cut()
    told.says(0, Decided(1, 7))
    assert termination(told.story()) == Held("termination")


def test_impossible_decision_that_nobody_makes_is_as_expected() -> None:
    told = Telling().expecting("impossible")
    told.tells_client(0, Undecided(1))
    assert termination(told.story()) == Held("termination")


def test_impossible_decision_that_somebody_makes_is_found() -> None:
    told = Telling().expecting("impossible")
    decided = told.says(1, Decided(1, 7))
    assert termination(told.story()) == Violated(
        "termination", "p2 decided, and no decision is possible", (decided,)
    )


def test_impossible_decision_that_a_client_is_told_is_found() -> None:
    told = Telling().expecting("impossible")
    answer = told.tells_client(1, Decision(1, 7))
    assert termination(told.story()) == Violated(
        "termination", "p2 decided, and no decision is possible", (answer,)
    )


def test_run_that_was_cut_off_does_not_show_that_nobody_would_have_decided() -> None:
    told = Telling().expecting("impossible").cut()
    assert isinstance(termination(told.story()), Unknown)


def test_allowed_decision_may_be_missing() -> None:
    assert termination(Telling().expecting("allowed").story()) == Held("termination")


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        (Ending.FINISHED, "cut off at 120s of virtual time; raise limit if that is too early"),
        (
            Ending.CUT,
            "cut off after 2000000 steps: processes may be chasing each other; raise max_events if not",
        ),
        (Ending.DRY, "nothing was left to happen before all scripts were done"),
    ],
)
def test_run_that_was_cut_off_says_what_to_raise(ending: Ending, message: str) -> None:
    told = Telling().expecting("required", 0).cut(ending)
    assert termination(told.story()) == Unknown("termination", message)
