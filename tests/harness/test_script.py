"""What the steps of a script do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from simulation.cluster import TimedOut
from simulation.errors import HarnessError
from simulation.faults import Kill, PlannedFault, Resume, Strike, Suspend, Target
from simulation.harness import steps
from simulation.harness.reports import AnswerUnexpected, QueueRead, WaitEnded
from simulation.harness.steps import Propose, Repeat, Sleep, Step, Wait
from simulation.protocols import inputs
from simulation.protocols.inputs import Abort, Decision, GetDecision
from simulation.trace import Kind
from tests.harness.plans import CALM, START_US, Done, Told, run

NEVER_ANSWERED, AT_ONCE, AFTER_TWO_ABORTS = 0, 1, 3
"""Instances, as an oracle takes them."""

HURRIED = replace(CALM, slice_per_mille=1_000, slice_us=200)
"""A replica always gets to run for 200 us between a resume and the next suspension."""


def replies(done: Done) -> list[type]:
    """What kinds of answers clients got, in order."""
    return [
        type(told.content) if isinstance(told.content, TimedOut) else type(told.content.reply)
        for told in done.told(Kind.RETURN)
    ]


def strikes(done: Done) -> list[Strike]:
    return [told.content for told in done.told(Kind.STRIKE)]


def test_a_proposal_carries_the_processes_value_the_instance_and_the_action() -> None:
    done = run((), (Propose(instance=AT_ONCE, action="p1"),))
    (proposal,) = done.proposals()
    call = proposal.content.call
    assert proposal == Told(START_US, "p2.client", inputs.Propose(call, AT_ONCE, 202, "p1"))


def test_a_proposal_blocks_until_its_answer() -> None:
    done = run((Propose(), Propose()))
    assert [told.time_us for told in done.proposals()] == [START_US, START_US + 2]


def test_a_proposal_blocks_until_its_time_is_over() -> None:
    done = run((Propose(NEVER_ANSWERED, timeout_us=500), Propose()))
    assert [told.time_us for told in done.proposals()] == [START_US, START_US + 500]


def test_a_proposal_is_made_once_even_when_it_is_aborted() -> None:
    assert replies(run((Propose(AFTER_TWO_ABORTS),))) == [Abort]


def test_until_commit_proposes_again_after_every_abort() -> None:
    done = run((Propose(AFTER_TWO_ABORTS, until_commit=True),))
    assert replies(done) == [Abort, Abort, Decision]


def test_until_commit_does_not_propose_again_after_a_time_out() -> None:
    done = run((Propose(NEVER_ANSWERED, timeout_us=500, until_commit=True),))
    assert replies(done) == [TimedOut]


@pytest.mark.parametrize(
    ("instance", "expect"),
    [(AT_ONCE, "decision"), (AFTER_TWO_ABORTS, "abort"), (AT_ONCE, None), (AFTER_TWO_ABORTS, None)],
)
def test_an_answer_as_expected_is_not_worth_a_word(instance: int, expect: str | None) -> None:
    assert run((Propose(instance, expect=expect),)).said(AnswerUnexpected) == []


@pytest.mark.parametrize(
    ("instance", "expect", "answer"),
    [
        (AT_ONCE, "abort", "Decision"),
        (AFTER_TWO_ABORTS, "decision", "Abort"),
        (NEVER_ANSWERED, "decision", "TimedOut"),
    ],
)
def test_another_answer_is_reported(instance: int, expect: str, answer: str) -> None:
    done = run((Propose(instance, timeout_us=500, expect=expect),))
    (said,) = done.said(AnswerUnexpected)
    assert (said.place, said.content) == ("p1.client", AnswerUnexpected(instance, expect, answer))


def test_a_wait_asks_every_100_ms_and_ends_with_the_decision() -> None:
    done = run((Propose(), Wait()))
    (ended,) = done.said(WaitEnded)
    # The proposal, 100 ms of sleep, the question: each call takes 2 us.
    assert ended == Told(START_US + 2 + 100_002, "p1.client", WaitEnded(1, 201, 100_002))


def test_the_decision_of_a_wait_is_the_processes_value() -> None:
    assert run((Propose(), Wait()), ()).outcome.values == (201, None)


def test_a_wait_without_a_decision_ends_when_its_time_is_over() -> None:
    done = run((Wait(timeout_us=300_000),))
    assert [told.content for told in done.said(WaitEnded)] == [WaitEnded(1, None, 300_000)]
    assert done.outcome.values == (None,)


def test_a_wait_asks_once_in_100_ms() -> None:
    done = run((Wait(timeout_us=300_000),))
    asked_us = [told.time_us for told in done.told(Kind.CALL) if isinstance(told.content, GetDecision)]
    assert asked_us == [START_US + 100_000, START_US + 200_002, START_US + 300_004]


def test_a_wait_gives_a_silent_replica_1_ms_for_each_answer() -> None:
    done = run((steps.Suspend(), Wait(timeout_us=200_000)))
    asked_us = [told.time_us for told in done.told(Kind.CALL)]
    assert asked_us == [START_US + 100_000, START_US + 201_000]


def test_a_wait_ends_with_the_first_question_behind_the_decision() -> None:
    resume = PlannedFault("wake", 250_000, Resume(), Target("p1", (0,)))
    done = run((steps.Suspend(), Propose(timeout_us=10), Wait()), faults=(resume,))
    (ended,) = done.said(WaitEnded)
    # Questions at about 100 and 201 ms time out after 1 ms, the next one is answered.
    assert ended.time_us == START_US + 10 + 100_000 + 1_000 + 100_000 + 1_000 + 100_000 + 2


def test_the_line_of_a_wait_takes_the_time_that_a_line_takes() -> None:
    done = run((Propose(), Wait()), linger_us=0, conditions=replace(CALM, print_us=(100, 100)))
    (ended,) = done.said(WaitEnded)
    assert ended.time_us == START_US + 100 + 2 + 100_002 + 100


def test_a_sleep_is_a_whole_number_of_units_from_end_to_end() -> None:
    done = run((Repeat(100, (Sleep(1_000, 5_000), Propose())),))
    proposed_us = [told.time_us for told in done.proposals()]
    slept_us = {later - earlier - 2 for earlier, later in pairwise(proposed_us)}
    assert slept_us == {1_000, 2_000, 3_000, 4_000, 5_000}


def test_a_sleep_may_have_a_finer_unit() -> None:
    done = run((Repeat(100, (Sleep(10, 12, unit_us=1), Propose())),))
    proposed_us = [told.time_us for told in done.proposals()]
    assert {later - earlier - 2 for earlier, later in pairwise(proposed_us)} == {10, 11, 12}


def test_two_processes_sleep_by_draws_of_their_own() -> None:
    script = (Sleep(1, 10**6, unit_us=1), Propose())
    done = run(script, script)
    assert len({told.time_us for told in done.proposals()}) == 2


def test_a_sleep_does_not_depend_on_what_others_draw() -> None:
    script = (Sleep(1, 10**6, unit_us=1), Propose())
    alone, beside = run((), script), run((Sleep(1, 9, unit_us=1),) * 5, script)
    assert alone.proposals()[0].time_us == beside.proposals()[0].time_us


def test_a_sleep_depends_on_the_seed() -> None:
    script = (Sleep(1, 10**6, unit_us=1), Propose())
    assert len({run(script, seed=seed).proposals()[0].time_us for seed in range(5)}) == 5


def test_repeat_does_its_body_so_many_times_in_order() -> None:
    done = run((Repeat(3, (Propose(AT_ONCE), Propose(2))),))
    assert [told.content.instance for told in done.proposals()] == [1, 2, 1, 2, 1, 2]


def test_repeats_may_be_nested() -> None:
    done = run((Repeat(3, (Repeat(2, (Propose(),)),)),))
    assert len(done.proposals()) == 6


def test_a_script_suspends_resumes_and_kills_its_own_replica() -> None:
    done = run((), (steps.Suspend(), steps.Resume(), steps.Kill()))
    assert strikes(done) == [Strike(fault, 1, "script") for fault in (Suspend(), Resume(), Kill())]


def test_a_suspended_replica_does_not_answer() -> None:
    assert replies(run((steps.Suspend(), Propose(timeout_us=500)))) == [TimedOut]


def test_a_resumed_replica_answers() -> None:
    done = run((steps.Suspend(), steps.Resume(), Propose(timeout_us=500)))
    assert replies(done) == [Decision]


def test_a_replica_does_not_run_between_a_resume_and_a_suspension_that_follows_directly() -> None:
    done = run((steps.Suspend(), Propose(timeout_us=10), steps.Resume(), steps.Suspend()))
    assert done.said(QueueRead)[0].content == QueueRead(1)


def test_now_and_then_a_replica_gets_to_run_between_them() -> None:
    script = (steps.Suspend(), Propose(timeout_us=10), steps.Resume(), steps.Suspend())
    done = run(script, conditions=HURRIED)
    assert done.said(QueueRead)[0].content == QueueRead(0)


@pytest.mark.parametrize("stop", [steps.Suspend(), steps.Kill()])
def test_it_then_runs_for_its_slice(stop: Step) -> None:
    done = run((steps.Suspend(), steps.Resume(), stop), conditions=HURRIED)
    assert [told.time_us - START_US for told in done.told(Kind.STRIKE)] == [0, 0, 200]


def test_a_first_suspension_comes_at_once() -> None:
    done = run((steps.Suspend(),), conditions=HURRIED)
    assert [told.time_us for told in done.told(Kind.STRIKE)] == [START_US]


def test_a_step_that_scripts_do_not_know_is_a_harness_error() -> None:
    class Dance(Step, frozen=True, tag=True):
        """Unheard of."""

    with pytest.raises(HarnessError, match="scripts do not know the step Dance"):
        run((Dance(),))
