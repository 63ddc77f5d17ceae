"""Why runs did not pass, in words that they share: ten thousand failures read as a few bugs."""

from __future__ import annotations

import pytest

import simulation
from simulation import Run, load, run
from simulation.sweep.cause import Cause, cause_of, shape
from tests.sweep.sweeping import HERE, mutant


@pytest.mark.parametrize(
    ("message", "shaped"),
    [
        ("p3 decided 203", "P decided #"),
        ("p3 decided 203 and p11 decided 204", "P decided # and P decided #"),
        ("no decision at p1", "no decision at P"),
        ("no decision at p1, p2 and p10", "no decision at P"),
        ("no decision at p1 and p2", "no decision at P"),
        ("no decision at p1, p2, p3", "no decision at P"),
        ("the client of p3.client was told 7", "the client of P was told #"),
        ("ballot (3, 1) after ballot (12, 0)", "ballot # after ballot #"),
        ("ballot 3·p2 after ballot 12·p1", "ballot # after ballot #"),
        ("a change of -3", "a change of #"),
        ("1,234 inputs wait at p2", "# inputs wait at P"),
        ("step1 of p2p and ip3", "step1 of p2p and ip3"),
        ("", ""),
        ("nothing to leave out", "nothing to leave out"),
    ],
)
def test_names_and_numbers_are_left_out(message: str, shaped: str) -> None:
    assert shape(message) == shaped


@pytest.mark.parametrize("time", ["7us", "200ms", "12.5ms", "3s", "1.25s"])
def test_times_are_left_out_with_their_unit(time: str) -> None:
    assert shape(f"cut off at {time}, too early") == "cut off at #, too early"


@pytest.mark.parametrize("message", ["p3 decided 203", "cut off at #", "P decided # and P"])
def test_a_shape_has_no_other_shape(message: str) -> None:
    assert shape(shape(message)) == shape(message)


def test_a_run_that_passes_has_none() -> None:
    assert cause_of(run("simple", 0)) == Cause()


def test_what_is_proven_first_counts() -> None:
    failed = run(mutant("VOTES_FOR_ANYTHING"), 0)
    assert {violation.check for violation in failed.violations} >= {"agreement", "promises kept"}
    proven = {violation.check: max(violation.events) for violation in failed.violations}
    assert cause_of(failed).check == min(proven, key=proven.__getitem__)


def test_the_message_is_that_of_the_run() -> None:
    failed = run(mutant("INVENTS_A_VALUE", "simple"), 0)
    cause = cause_of(failed)
    assert (cause.check, cause.message) == (failed.violations[0].check, failed.violations[0].message)


def test_the_steps_that_prove_it_are_named() -> None:
    assert " · Promised, Accepted · " in text_of(run(mutant("COMPARES_WITH_ITS_VOTE"), 3))


def test_that_nothing_went_wrong_before_is_said() -> None:
    assert text_of(run(mutant("INVENTS_A_VALUE", "simple"), 0)).endswith(" · no fault before")


def test_the_last_fault_before_is_named() -> None:
    failed = run(mutant("INSISTS_ON_ITS_VALUE", "leader_crash_before_decision"), 10)
    assert text_of(failed).endswith(" · after kill by machine (kill_before_decision)")


def test_a_fault_after_the_proof_is_not_named() -> None:
    early = run(mutant("PROMISES_EVERY_BALLOT", "duel_of_leaders"), 1)
    assert early.story.strikes
    assert text_of(early).endswith(" · no fault before")


def test_what_could_not_be_judged_has_a_cause_too() -> None:
    unknown = run(load("simple", limit="200ms"), 0)
    cause = cause_of(unknown)
    assert cause.check == unknown.unknowns[0].check
    assert cause.text is not None
    assert cause.text.startswith(f"{cause.check}: ")


@pytest.mark.parametrize(
    ("name", "scene", "most"),
    [
        ("NEVER_DECIDES", "simple", 1),
        ("INVENTS_A_VALUE", "duel", 1),
        ("DECIDES_WITHOUT_QUORUM", "duel", 1),
        ("HIDES_ITS_VOTE", "duel", 1),
        ("LIES_TO_CLIENTS", "duel", 1),
        ("COMPARES_WITH_ITS_VOTE", "duel", 1),
        ("VOTES_FOR_ANYTHING", "duel", 2),
        ("IGNORES_REPORTED_VOTES", "duel", 2),
        ("KEEPS_ITS_FIRST_VOTE", "duel", 2),
        ("PROMISES_EVERY_BALLOT", "duel_of_leaders", 2),
        ("INSISTS_ON_ITS_VALUE", "leader_crash_before_decision", 2),
        ("NEVER_ABORTS", "leader_should_nack", 1),
    ],
)
def test_one_bug_is_a_group_or_two(name: str, scene: str, most: int) -> None:
    done = simulation.sweep(mutant(name, scene), 30, **HERE)
    assert done.failed + done.unknown > 15
    assert 1 <= len(done.causes) <= most


def test_two_bugs_are_not_one_group() -> None:
    done = simulation.sweep(
        [mutant("INVENTS_A_VALUE", "simple"), mutant("NEVER_DECIDES", "simple")], 3, **HERE
    )
    assert [group.runs for group in done.causes] == [3, 3]


def text_of(failed: Run) -> str:
    return cause_of(failed).text or ""
