"""Deaths with another life behind them: no alarm over correct protocols, and no excuse for others."""

from __future__ import annotations

import pytest

import simulation
from simulation import Runner
from simulation.checks import Held, Unknown, Violated
from simulation.checks.outcome import TO_RECOVER_US, answers, did_what_it_says, queues_drained, termination
from simulation.checks.safety import promises_kept, quorum_behind_decision
from simulation.faults import Kill, Restart, Suspend, Unsaid
from simulation.harness.reports import AnswerUnexpected, QueueRead, WaitEnded
from simulation.protocols.reports import Accepted, Decided, Promised
from simulation.scenario import parse
from simulation.trace import Kind
from simulation.trace.record import ID
from tests.checks.restarts import storm
from tests.checks.telling import Telling

SEEDS = range(300)


def back(told: Telling, process: int, *unsaid: object) -> None:
    """Restart a dead process, whose last life died over these reports."""
    told.strikes(Restart(), process, "schedule", "it")
    for report in unsaid:
        told.handles(process, Unsaid(report), Kind.STRIKE)


def later(told: Telling) -> Telling:
    """Let so much time pass that nothing is too early any more."""
    told.passes(TO_RECOVER_US)
    return told


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_a_correct_protocol_survives_a_storm_of_restarts(protocol: str, profile: str) -> None:
    alarms = {}
    for seed in SEEDS:
        run = Runner(storm(protocol, profile, seed)).run(seed)
        if run.verdict != "pass":
            alarms[seed] = [*run.violations, *run.unknowns]
    assert alarms == {}


def test_a_run_with_restarts_is_repeated_from_its_record() -> None:
    runs = (simulation.run(storm("textbook", "local", seed), seed) for seed in SEEDS)
    run = next(run for run in runs if run.story.said(Unsaid))
    assert simulation.replay(run).digest == run.digest


# Votes that a death cut short.


def test_a_vote_that_was_not_said_may_be_told_by_the_next_life() -> None:
    told = Telling()
    told.says(0, Promised(1, 4, None, None))
    told.dies(0, "schedule")
    back(told, 0, Accepted(1, 4, 7))
    told.says(0, Promised(1, 5, 4, 7))
    assert promises_kept(told.story()) == Held("promises kept")


def test_it_need_not_be_told_because_it_may_not_have_been_durable() -> None:
    told = Telling()
    told.dies(0, "schedule")
    back(told, 0, Accepted(1, 4, 7))
    told.says(0, Promised(1, 5, None, None))
    assert promises_kept(told.story()) == Held("promises kept")


def test_once_it_was_told_it_has_to_be_told_again() -> None:
    told = Telling()
    told.dies(0, "schedule")
    back(told, 0, Accepted(1, 4, 7))
    told.says(0, Promised(1, 5, 4, 7), Promised(1, 6, None, None))
    assert isinstance(promises_kept(told.story()), Violated)


@pytest.mark.parametrize("vote", [(4, 8), (3, 7)])
def test_no_other_vote_is_excused(vote: tuple[int, int]) -> None:
    told = Telling()
    told.dies(0, "schedule")
    back(told, 0, Accepted(1, 4, 7))
    told.says(0, Promised(1, 5, *vote))
    assert isinstance(promises_kept(told.story()), Violated)


def test_a_vote_that_was_said_has_to_survive_a_restart() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.dies(0, "schedule")
    back(told, 0)
    told.says(0, Promised(1, 5, None, None))
    assert isinstance(promises_kept(told.story()), Violated)


def test_a_vote_that_was_not_said_counts_for_a_quorum() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.dies(1, "schedule")
    back(told, 1, Accepted(1, 4, 7))
    told.says(0, Decided(1, 7))
    assert quorum_behind_decision(told.story()) == Held("quorum behind decision")


def test_it_counts_once() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.dies(0, "schedule")
    back(told, 0, Accepted(1, 4, 7))
    told.says(1, Decided(1, 7))
    assert isinstance(quorum_behind_decision(told.story()), Violated)


# Who has to do what, and when.


def test_who_was_restarted_has_to_decide_like_everybody() -> None:
    told = Telling().expecting("required", 0, 1)
    told.dies(1, "schedule")
    back(told, 1)
    later(told).says(0, Decided(1, 7))
    story = told.story()
    assert termination(story) == Violated("termination", "no decision at p2", (story.records[-1][ID],))


def test_nothing_is_missed_within_ten_seconds_of_a_restart() -> None:
    told = Telling().expecting("required", 0, 1)
    told.dies(1, "schedule")
    back(told, 1)
    told.says(0, Decided(1, 7))
    told.script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Unknown(
        "termination", "no decision at p2, and the run ended less than 10s after a restart"
    )


def test_a_wait_that_was_in_vain_before_is_made_up_for_by_deciding() -> None:
    told = Telling().expecting("required", 1)
    told.dies(1, "schedule")
    told.script_says(1, WaitEnded(1, None, 5))
    back(told, 1)
    told.says(1, Decided(1, 7))
    assert termination(told.story()) == Held("termination")


def test_a_wait_in_vain_that_ends_later_is_missed() -> None:
    told = Telling().expecting("required", 1)
    told.dies(1, "schedule")
    back(told, 1)
    wait = later(told).script_says(1, WaitEnded(1, None, 5))
    assert termination(told.story()) == Violated("termination", "no decision at p2", (wait,))


@pytest.mark.parametrize(("late", "found"), [(False, Unknown), (True, Violated)])
def test_an_answer_is_missed_ten_seconds_after_a_restart(late: bool, found: type) -> None:
    told = Telling()
    told.dies(0, "schedule")
    back(told, 0)
    if late:
        later(told)
    told.script_says(1, AnswerUnexpected(1, "decision", "TimedOut"))
    assert isinstance(answers(told.story()), found)


def test_who_was_suspended_and_then_restarted_is_not_suspended() -> None:
    told = Telling()
    told.strikes(Suspend(), 0)
    told.dies(0, "schedule")
    back(told, 0)
    told.script_says(0, QueueRead(11))
    assert isinstance(queues_drained(told.story()), Violated)


@pytest.mark.parametrize(("returns", "found"), [(True, Held), (False, Unknown)])
def test_a_death_that_was_to_end_has_to_end(returns: bool, found: type) -> None:
    told = Telling().planned("it", Kill(), for_us=5)
    told.strikes(Kill(), 0, "schedule", "it")
    if returns:
        back(told, 0)
    assert isinstance(did_what_it_says(told.story()), found)


def test_who_was_restarted_can_be_stated() -> None:
    told = Telling().to_show("restarted", 0)
    told.dies(0, "schedule")
    assert isinstance(did_what_it_says(told.story()), Unknown)
    back(told, 0)
    assert did_what_it_says(told.story()) == Held("did what it says")


GAP = """\
format = 1
participants = 3
[roles]
absent = "last of sorted all"
proposer = "first of sorted all"
rest = "all except absent, proposer"
[script]
proposer = ["propose until commit", "wait 20s"]
absent = ["wait 20s"]
rest = ["wait 20s"]
[[fault]]
at = "0ms"
do = "kill absent"
for = "4s"
[expect]
by = "all"
"""


def test_who_missed_a_proposal_asks_nobody() -> None:
    """A gap in both protocols' progress, which a scenario may fall into: no client, no question."""
    for protocol in ("paxos", "textbook"):
        run = simulation.run(parse(GAP, overrides={"protocol": protocol}), 0)
        assert [found.message for found in run.violations] == ["no decision at p3"]
