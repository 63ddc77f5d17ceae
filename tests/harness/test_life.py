"""The life of a run, from the first node's start to the coordinator's last line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simulation.harness.reports import (
    Collected,
    KillsAnnounced,
    QueueRead,
    ScriptStarted,
    SpareAnnounced,
)
from simulation.harness.steps import Kill, Propose, Sleep, Suspend, Wait
from simulation.kernel import Ending
from simulation.protocols.inputs import Started
from simulation.trace import Kind
from tests.harness.plans import CALM, START_US, Told, run

NOTHING: tuple[()] = ()
PROPOSE_AND_WAIT = (Propose(), Wait())
ROLES = {"leaders": (0,), "followers": (1,), "spare": (2, 3)}


def test_every_replica_is_started_once() -> None:
    done = run(NOTHING, NOTHING, NOTHING)
    started = [told.place for told in done.told(Kind.REQUEST) if told.content == Started()]
    assert sorted(started) == ["p1", "p2", "p3"]


def test_scripts_start_when_the_nodes_are_up() -> None:
    done = run(NOTHING, NOTHING)
    assert [told.time_us for told in done.said(ScriptStarted)] == [START_US, START_US]


def test_no_script_starts_before_the_slowest_node_is_ready() -> None:
    done = run(NOTHING, NOTHING, conditions=replace(CALM, last_node_us=(500_000, 500_000)))
    assert [told.time_us for told in done.said(ScriptStarted)] == [600_000, 600_000]


def test_the_start_reaches_each_process_after_its_own_jitter() -> None:
    done = run(NOTHING, NOTHING, conditions=replace(CALM, start_jitter_us=(30, 30)))
    assert [told.time_us for told in done.said(ScriptStarted)] == [START_US + 30] * 2


def test_the_started_line_takes_the_time_that_a_line_takes() -> None:
    done = run(NOTHING, conditions=replace(CALM, print_us=(100, 100)))
    assert [told.time_us for told in done.said(ScriptStarted)] == [START_US + 100]


def test_a_script_begins_behind_its_started_line() -> None:
    done = run((Propose(),), conditions=replace(CALM, print_us=(100, 100)))
    assert [told.time_us for told in done.proposals()] == [START_US + 100]


def test_a_script_says_that_it_started() -> None:
    done = run(NOTHING)
    assert done.said(ScriptStarted) == [Told(START_US, "p1.client", ScriptStarted(None))]


def test_a_script_may_announce_the_participants_in_their_order() -> None:
    done = run(NOTHING, NOTHING, NOTHING, order=(2, 0, 1), announce="participants")
    assert {told.content for told in done.said(ScriptStarted)} == {ScriptStarted((2, 0, 1))}


def test_a_script_may_announce_the_kill_sets_behind_its_started_line() -> None:
    done = run(NOTHING, NOTHING, NOTHING, NOTHING, announce="kill sets", roles=ROLES)
    said = [told.content for told in done.told(Kind.REPORT) if told.place == "p3.client"]
    assert said[:3] == [ScriptStarted(None), SpareAnnounced((2, 3)), KillsAnnounced((0,), (1,))]


def test_kill_sets_are_announced_by_everybody() -> None:
    done = run(NOTHING, NOTHING, NOTHING, NOTHING, announce="kill sets", roles=ROLES)
    places = {told.place for told in done.said(KillsAnnounced)}
    assert places == {"p1.client", "p2.client", "p3.client", "p4.client"}


@pytest.mark.parametrize("linger_us", [0, 100_000])
def test_queues_are_read_a_while_after_the_last_script_is_done(linger_us: int) -> None:
    done = run((Sleep(5_000, 5_000),), (Sleep(1_000, 1_000),), linger_us=linger_us)
    assert [told.time_us for told in done.said(QueueRead)] == [START_US + 5_000 + linger_us] * 2


def test_a_queue_is_empty_where_everything_has_been_handled() -> None:
    done = run((Propose(),))
    assert (done.said(QueueRead)[0].content, done.outcome.queues) == (QueueRead(0), {0: 0})


def test_what_a_suspended_replica_has_not_handled_is_in_its_queue() -> None:
    done = run((Suspend(), Propose(timeout_us=10), Propose(timeout_us=10)))
    assert (done.said(QueueRead)[0].content, done.outcome.queues) == (QueueRead(2), {0: 2})


def test_survivors_are_those_alive_when_all_scripts_are_done() -> None:
    done = run(NOTHING, (Kill(),), NOTHING)
    assert done.outcome.survivors == (0, 2)


def test_the_queue_of_a_killed_replica_is_not_read() -> None:
    done = run(NOTHING, (Kill(),), NOTHING)
    assert [told.place for told in done.said(QueueRead)] == ["p1.client", "p3.client"]


def test_all_replicas_are_stopped_at_the_end() -> None:
    done = run(NOTHING, NOTHING)
    assert done.cluster.alive() == []


def test_stopping_a_replica_at_the_end_is_no_strike() -> None:
    assert run(NOTHING, NOTHING).told(Kind.STRIKE) == []


def test_results_stand_in_the_reverse_order_of_finishing() -> None:
    done = run(PROPOSE_AND_WAIT, PROPOSE_AND_WAIT, PROPOSE_AND_WAIT, order=(2, 0, 1))
    finished = [told.place for told in done.said(QueueRead)]
    assert finished == ["p3.client", "p1.client", "p2.client"]
    assert [told.content for told in done.said(Collected)] == [Collected((202, 201, 203))]


def test_the_result_is_the_last_record_and_the_coordinators() -> None:
    done = run(PROPOSE_AND_WAIT, PROPOSE_AND_WAIT)
    last = done.told(*Kind)[-1]
    assert (last.place, last.content) == ("coordinator", Collected((202, 201)))


def test_a_survivor_that_learned_nothing_counts_as_none() -> None:
    done = run(PROPOSE_AND_WAIT, NOTHING)
    assert done.said(Collected)[0].content == Collected((201, None))


def test_what_a_killed_process_learned_is_not_in_the_result() -> None:
    done = run(PROPOSE_AND_WAIT, (*PROPOSE_AND_WAIT, Kill()))
    assert (done.said(Collected)[0].content, done.outcome.values) == (Collected((201,)), (201, 202))


def test_a_run_that_nobody_survives_ends_with_an_empty_result() -> None:
    done = run((Kill(),), (Kill(),))
    assert (done.said(Collected)[0].content, done.outcome.finished) == (Collected(()), True)


def test_a_run_that_came_to_its_end_is_finished() -> None:
    outcome = run(PROPOSE_AND_WAIT).outcome
    assert (outcome.ending, outcome.finished) == (Ending.FINISHED, True)


def test_a_run_stops_at_its_limit_and_is_not_finished() -> None:
    done = run((Sleep(10_000, 10_000),), limit_us=START_US + 5_000)
    assert (done.outcome.finished, done.cluster.kernel.now) == (False, START_US + 5_000)


def test_a_run_that_stopped_at_its_limit_has_no_result() -> None:
    assert run((Sleep(10_000, 10_000),), limit_us=START_US + 5_000).said(Collected) == []


def test_a_run_that_ends_before_its_limit_does_not_wait_for_it() -> None:
    done = run((Sleep(10_000, 10_000),), linger_us=0)
    assert done.cluster.kernel.now == START_US + 10_000


def test_a_run_is_cut_when_it_has_had_its_events() -> None:
    outcome = run((Sleep(10_000, 10_000),), most_events=3).outcome
    assert (outcome.ending, outcome.finished) == (Ending.CUT, False)


def test_the_same_plan_gives_the_same_run() -> None:
    scripts = (Sleep(1_000, 900_000), *PROPOSE_AND_WAIT), PROPOSE_AND_WAIT
    one, other = run(*scripts), run(*scripts)
    assert one.cluster.trace.digest() == other.cluster.trace.digest()
