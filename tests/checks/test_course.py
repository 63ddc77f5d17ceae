"""Whether a run did what its scenario says, and left clients and queues as it should."""

from __future__ import annotations

import pytest

from simulation.checks import Held, RunStory, Unknown, Violated, warnings
from simulation.checks.outcome import answers, did_what_it_says, queues_drained
from simulation.faults import Kill, Resume, Suspend
from simulation.harness import steps
from simulation.harness.reports import AnswerUnexpected, QueueRead
from simulation.protocols.inputs import Abort
from simulation.protocols.reports import Decided
from tests.checks.telling import Telling

DID = Held("did what it says")


def lacks(story: RunStory) -> str:
    """What did not happen in the run."""
    finding = did_what_it_says(story)
    assert isinstance(finding, Unknown)
    return finding.message


# Answers.


def test_abort_in_the_place_of_a_decision_proves_nothing() -> None:
    told = Telling()
    told.script_says(1, AnswerUnexpected(1, "decision", "Abort"))
    assert answers(told.story()) == Unknown(
        "answers", "p2 proposed for instance 1: expected decision, the answer was Abort"
    )


def test_answer_that_never_comes_is_found() -> None:
    told = Telling()
    said = told.script_says(1, AnswerUnexpected(1, "abort", "TimedOut"))
    assert answers(told.story()) == Violated(
        "answers", "p2 proposed for instance 1: expected abort, the answer was TimedOut", (said,)
    )


def test_decision_in_the_place_of_an_abort_proves_nothing() -> None:
    told = Telling()
    told.script_says(1, AnswerUnexpected(1, "abort", "Decision"))
    assert answers(told.story()) == Unknown(
        "answers", "p2 proposed for instance 1: expected abort, the answer was Decision"
    )


def test_process_that_the_scenario_killed_owes_no_answer() -> None:
    told = Telling()
    told.dies(1, "schedule")
    told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    assert answers(told.story()) == Unknown(
        "answers", "p2 proposed for instance 1: expected decision, the answer was TimedOut"
    )


def test_machine_that_dies_by_itself_owes_its_answer() -> None:
    told = Telling()
    told.dies(1, "machine")
    said = told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    assert answers(told.story()) == Violated(
        "answers", "p2 proposed for instance 1: expected decision, the answer was TimedOut", (said,)
    )


def test_process_that_is_suspended_to_the_end_owes_no_answer() -> None:
    told = Telling()
    told.strikes(Suspend(), 1)
    told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    assert isinstance(answers(told.story()), Unknown)


def test_nobody_owes_an_answer_where_no_quorum_is_left() -> None:
    told = Telling()
    told.dies(0)
    told.dies(2)
    told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    assert isinstance(answers(told.story()), Unknown)


def test_missing_answer_of_the_living_outweighs_that_of_the_dead() -> None:
    told = Telling()
    told.dies(1)
    told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    said = told.script_says(2, AnswerUnexpected(1, "decision", "TimedOut"))
    assert answers(told.story()) == Violated(
        "answers", "p3 proposed for instance 1: expected decision, the answer was TimedOut", (said,)
    )


# Idle runs.


def test_run_in_which_nobody_proposes_proves_nothing() -> None:
    told = Telling()
    told.idle = True
    assert did_what_it_says(told.story()) == Unknown("did what it says", "nobody proposed anything")


# Queues.


def test_ten_waiting_inputs_are_tolerated() -> None:
    told = Telling()
    told.script_says(0, QueueRead(10))
    assert queues_drained(told.story()) == Held("queues drained")


def test_eleven_waiting_inputs_are_too_many() -> None:
    told = Telling()
    told.script_says(0, QueueRead(0))
    read = told.script_says(1, QueueRead(11))
    assert queues_drained(told.story()) == Violated(
        "queues drained", "11 inputs wait at p2 when all scripts are done", (read,)
    )


def test_replica_that_is_suspended_to_the_end_keeps_its_mailbox() -> None:
    told = Telling()
    told.strikes(Suspend(), 1)
    told.script_says(1, QueueRead(11))
    assert queues_drained(told.story()) == Held("queues drained")


def test_replica_that_was_resumed_has_to_work_off_its_mailbox() -> None:
    told = Telling()
    told.strikes(Suspend(), 1)
    told.strikes(Resume(), 1)
    read = told.script_says(1, QueueRead(11))
    assert queues_drained(told.story()) == Violated(
        "queues drained", "11 inputs wait at p2 when all scripts are done", (read,)
    )


def test_queues_that_were_never_read_are_unknown() -> None:
    assert isinstance(queues_drained(Telling().cut().story()), Unknown)


def test_every_waiting_input_is_warned_of() -> None:
    told = Telling().queues(p1=0, p3=2)
    assert warnings(told.story()) == ["2 inputs wait at p3 when all scripts are done"]


# Faults that had to strike.


@pytest.mark.parametrize("fault", [Kill(), Suspend(), Resume()])
def test_planned_fault_that_struck_did_what_it_says(fault: Kill | Suspend | Resume) -> None:
    told = Telling().planned("trouble", fault)
    told.strikes(fault, 0, "schedule", "trouble")
    assert did_what_it_says(told.story()) == DID


def test_planned_fault_that_never_struck_is_missed() -> None:
    told = Telling().planned("trouble", Kill())
    assert lacks(told.story()) == "did not happen: fault 'trouble'"


def test_planned_fault_that_struck_nobody_is_missed() -> None:
    told = Telling().planned("trouble", Kill())
    told.strikes(Kill(), -1, "schedule", "trouble")
    assert lacks(told.story()) == "did not happen: fault 'trouble'"


def test_strike_of_another_fault_is_no_substitute() -> None:
    told = Telling().planned("trouble", Kill()).planned("more trouble", Kill())
    told.strikes(Kill(), 0, "schedule", "more trouble")
    assert lacks(told.story()) == "did not happen: fault 'trouble'"


def test_planned_fault_that_need_not_happen_is_not_missed() -> None:
    told = Telling().planned("trouble", Kill(), must_happen=False)
    assert did_what_it_says(told.story()) == DID


def test_script_that_never_came_to_its_faults_is_missed() -> None:
    told = Telling().script(1, steps.Repeat(3, (steps.Suspend(), steps.Resume())), steps.Kill())
    assert lacks(told.story()) == (
        "did not happen: kill of p2 by its script; resume of p2 by its script; suspend of p2 by its script"
    )


def test_script_whose_faults_struck_did_what_it_says() -> None:
    told = Telling().script(1, steps.Repeat(3, (steps.Suspend(), steps.Resume())), steps.Kill())
    for fault in (Suspend(), Resume(), Kill()):
        told.strikes(fault, 1)
    assert did_what_it_says(told.story()) == DID


def test_faults_of_another_process_are_no_substitute() -> None:
    told = Telling().script(1, steps.Suspend())
    told.strikes(Suspend(), 0)
    assert lacks(told.story()) == "did not happen: suspend of p2 by its script"


def test_fault_of_the_schedule_is_no_substitute_for_one_of_a_script() -> None:
    told = Telling().script(1, steps.Suspend())
    told.strikes(Suspend(), 1, "schedule", "trouble")
    assert lacks(told.story()) == "did not happen: suspend of p2 by its script"


def test_fault_of_a_script_is_no_substitute_for_one_of_the_schedule() -> None:
    told = Telling().planned("trouble", Kill())
    told.strikes(Kill(), 0, "script", "trouble")
    assert lacks(told.story()) == "did not happen: fault 'trouble'"


def test_process_that_died_before_its_script_suspended_it_was_never_suspended() -> None:
    told = Telling().script(1, steps.Suspend(), steps.Kill())
    told.dies(1, "schedule")
    assert lacks(told.story()) == "did not happen: suspend of p2 by its script"


def test_process_that_died_otherwise_need_not_be_killed_by_its_script() -> None:
    told = Telling().script(1, steps.Kill())
    told.dies(1, "machine")
    assert did_what_it_says(told.story()) == DID


# Statements of the scenario.


def test_statement_about_several_processes_is_about_each_of_them() -> None:
    told = Telling().to_show("killed", 0, 1)
    told.dies(0)
    assert lacks(told.story()) == "did not happen: p1 p2 killed"


def test_statement_about_nobody_is_never_true() -> None:
    assert lacks(Telling().to_show("killed").story()) == "did not happen: killed"


def test_death_after_the_decision_is_not_before_it() -> None:
    told = Telling().to_show("killed", 0, before_decision=True)
    told.says(1, Decided(1, 7))
    told.dies(0)
    assert lacks(told.story()) == "did not happen: p1 killed before decision"


def test_death_before_the_decision_is_before_it() -> None:
    told = Telling().to_show("killed", 0, before_decision=True)
    told.dies(0)
    told.says(1, Decided(1, 7))
    assert did_what_it_says(told.story()) == DID


def test_death_without_any_decision_is_before_it() -> None:
    told = Telling().to_show("killed", 0, before_decision=True)
    told.dies(0)
    assert did_what_it_says(told.story()) == DID


def happens(told: Telling, what: str) -> None:
    """Let it happen to process 1."""
    if what == "decided":
        told.says(1, Decided(1, 7))
    elif what == "aborted":
        told.tells_client(1, Abort(1))
    else:
        told.strikes({"killed": Kill(), "suspended": Suspend(), "resumed": Resume()}[what], 1)


WHATS = ["killed", "suspended", "resumed", "aborted", "decided"]


@pytest.mark.parametrize("what", WHATS)
def test_statement_that_came_true_is_not_missed(what: str) -> None:
    told = Telling().to_show(what, 1)
    happens(told, what)
    assert did_what_it_says(told.story()) == DID


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("instead", WHATS)
def test_statement_is_about_what_it_says_and_nothing_else(what: str, instead: str) -> None:
    if what != instead:
        told = Telling().to_show(what, 1)
        happens(told, instead)
        assert lacks(told.story()) == f"did not happen: p2 {what}"


def test_run_that_was_cut_off_did_not_do_what_it_says() -> None:
    told = Telling().cut()
    assert lacks(told.story()) == "cut off at 120s of virtual time; raise limit if that is too early"
