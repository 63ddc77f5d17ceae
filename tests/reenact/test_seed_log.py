"""The real system's log, re-enacted: 444 of its 445 complete runs, line by line.

Runs are numbered from 0 as they begin. The one that was aborted is number 205, so those after
it have one more than their place among the complete ones.
"""

from __future__ import annotations

from collections import Counter

import pytest

import simulation
from simulation.audit import Audited, Auditor
from simulation.seedlog.runs import LoggedRun
from tests.fidelity.provenance import BLOCKS

ABORTED = 205
WITHOUT_OWN_ACCEPT = 232

pytestmark = pytest.mark.xdist_group("seed log")

NOTES = {
    27: "p1 had its decision and was killed before it heard of one more vote",
    28: "p1 was killed in the middle of ballot 1, with 8 votes cast; p2 took over its value in ballot 2",
    36: "2 promises overtook p1's own prepare to itself: put off, and counted later",
    46: "p1 had its decision and was killed before it heard of one more vote",
    59: "p1 counted the votes, and its client knew the decision before its own word came",
    60: "p1 was killed in the middle of ballot 1, with 8 votes cast; p10 took over its value in ballot 2",
    129: "p5 named a leader before the scripts of 4 processes had begun: the nodes started far apart",
    158: "2 promises overtook p1's own prepare to itself: put off, and counted later",
    161: "p1 had its decision and was killed before it heard of one more vote",
    181: "the decision was told 41 more times: the proposal of p2 came to 6 processes that had decided, and"
    " each of them told everybody",
    205: "cut off after 2 proposals: no leader was named yet, and there is no result",
    369: "p4 got p2's prepare before any relayed proposal had reached it",
}
"""What is odd about which run; nothing about any other."""


def test_all_but_one_complete_run_are_re_enacted_exactly(seed_audit: list[Audited]) -> None:
    assert len(seed_audit) == 446
    assert [each.number for each in seed_audit if not each.complete] == [ABORTED]
    assert [each.number for each in seed_audit if not each.reenacted] == [WITHOUT_OWN_ACCEPT]


def test_a_re_enactment_prints_the_very_lines(seed_audit: list[Audited], seed_runs: list[LoggedRun]) -> None:
    for audited, run in zip(seed_audit, seed_runs, strict=True):
        if audited.run is not None:
            assert audited.run.log().split("\n") == [line.text for line in run.lines]


def test_every_check_holds_in_every_re_enacted_run(seed_audit: list[Audited]) -> None:
    assert Counter(each.run.verdict for each in seed_audit if each.run and each.complete) == {"pass": 444}


def test_no_line_violates_anything(seed_audit: list[Audited]) -> None:
    assert [each.number for each in seed_audit if each.breaches] == []


def test_the_run_without_its_leaders_own_accept_is_explained(seed_audit: list[Audited]) -> None:
    found = seed_audit[WITHOUT_OWN_ACCEPT].divergence
    assert found is not None
    assert found.line == 26_747
    assert found.message == (
        "'p1: {:message_queue_len, 0}' cannot come here: it has more to print before; what comes first is"
        " 'p1 - accept 1 1 {:val, 208}'. Explained if the Accept that p1 sent to itself was lost."
    )


def test_what_is_odd_is_explained_and_nothing_else_is_odd(seed_audit: list[Audited]) -> None:
    assert {each.number: "; ".join(each.notes) for each in seed_audit if each.notes} == NOTES


def test_every_run_is_taken_for_the_test_that_it_is_of(seed_audit: list[Audited]) -> None:
    tests = [(case.scenario, case.n) for case, length in BLOCKS for _ in range(length)]
    assert [(each.test, each.participants) for each in seed_audit if each.complete] == tests
    assert seed_audit[ABORTED].test == "simple_3"


def test_the_profile_is_wrong_for_two_runs(seed_audit: list[Audited]) -> None:
    profiles = [case.profile for case, length in BLOCKS for _ in range(length)]
    complete = [each for each in seed_audit if each.complete]
    wrong = [each.number for each, true in zip(complete, profiles, strict=True) if each.profile != true]
    assert wrong == [375, 409]
    assert seed_audit[ABORTED].profile == ""


@pytest.mark.parametrize("number", [0, 28, 181, ABORTED, 369, 444])
def test_a_re_enactment_replays_to_the_same_events(seed_audit: list[Audited], number: int) -> None:
    run = seed_audit[number].run
    assert run is not None
    assert simulation.replay(run).digest == run.digest


def test_a_re_enactment_does_not_depend_on_those_before_it(
    seed_audit: list[Audited], seed_runs: list[LoggedRun]
) -> None:
    backwards = Auditor()
    for number in range(445, -1, -37):
        again, before = backwards.judge(seed_runs[number]).run, seed_audit[number].run
        assert (again and again.digest) == (before and before.digest)
