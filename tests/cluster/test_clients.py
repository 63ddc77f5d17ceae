"""Clients: a call blocks until its answer or its time is over."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simulation.cluster import Cluster, Question, TimedOut
from simulation.faults import Kill, Suspend
from simulation.protocols.inputs import Decision, Propose
from simulation.trace import Kind
from simulation.trace.record import CAUSE, CONTENT, ID, TIME
from tests.cluster.toys import CLERKS, of_kind, run_to, stage

P1, P2, P3 = range(3)


def office() -> Cluster:
    """Three clerks; a hop between client and clerk takes 1 us."""
    return stage(protocol=CLERKS)


def calling(cluster: Cluster, process: int, *calls: tuple[int, int, int]) -> list[Any]:
    """Have a client make calls, one after the other; the list fills with the replies.

    A call is (value, microseconds that the clerk takes, microseconds of patience).
    """
    replies: list[Any] = []

    def client() -> Generator[Any, Any, None]:
        for value, takes_us, patience_us in calls:

            def propose(call: int, value: int = value, takes_us: int = takes_us) -> Propose:
                return Propose(call, takes_us, value)

            replies.append((yield cluster.clients.call(process, propose, patience_us)))

    cluster.kernel.process(client())
    return replies


def test_a_call_returns_the_answer() -> None:
    cluster = office()
    replies = calling(cluster, P1, (205, 100, 1_000))
    run_to(cluster, 500)
    assert replies == [Decision(0, 205)]


def test_a_call_and_its_answer_take_the_own_delay_each() -> None:
    cluster = office()
    calling(cluster, P1, (205, 100, 1_000))
    run_to(cluster, 500)
    assert [record[TIME] for record in of_kind(cluster, Kind.RETURN)] == [1 + 100 + 1]


def test_a_call_that_is_not_answered_in_time_times_out() -> None:
    cluster = office()
    replies = calling(cluster, P1, (205, 100, 50))
    run_to(cluster, 50)
    assert [type(reply) for reply in replies] == [TimedOut]


def test_a_call_that_is_answered_in_time_does_not_time_out_later() -> None:
    cluster = office()
    replies = calling(cluster, P1, (205, 100, 200))
    run_to(cluster, 1_000)
    assert (replies, len(of_kind(cluster, Kind.RETURN))) == ([Decision(0, 205)], 1)


def test_a_late_answer_is_lost() -> None:
    cluster = office()
    calling(cluster, P1, (205, 100, 50))
    run_to(cluster, 1_000)
    assert [(record[TIME], record[CONTENT].reply) for record in of_kind(cluster, Kind.LOST)] == [
        (102, Decision(0, 205))
    ]


def test_a_late_answer_does_not_answer_the_next_call() -> None:
    cluster = office()
    replies = calling(cluster, P1, (205, 100, 50), (206, 200, 1_000))
    run_to(cluster, 1_000)
    assert replies[1:] == [Decision(0, 206)]


def test_a_time_out_that_is_over_does_not_end_the_next_call() -> None:
    cluster = office()
    replies = calling(cluster, P1, (205, 100, 200), (206, 300, 1_000))
    run_to(cluster, 1_000)
    assert replies == [Decision(0, 205), Decision(0, 206)]


def test_a_call_to_a_dead_replica_is_lost_and_times_out() -> None:
    cluster = office()
    cluster.strike(Kill(), P1, by="test")
    replies = calling(cluster, P1, (205, 100, 1_000))
    run_to(cluster, 1_000)
    assert [type(reply) for reply in replies] == [TimedOut]
    assert [type(record[CONTENT]) for record in of_kind(cluster, Kind.LOST)] == [Propose]


def test_a_call_to_a_suspended_replica_waits_in_its_mailbox() -> None:
    cluster = office()
    cluster.strike(Suspend(), P1, by="test")
    calling(cluster, P1, (205, 100, 1_000))
    run_to(cluster, 500)
    assert cluster.queue_length(P1) == 1


def test_clients_of_two_processes_do_not_wait_for_each_other() -> None:
    cluster = office()
    slow, fast = calling(cluster, P1, (205, 900, 1_000)), calling(cluster, P2, (206, 100, 1_000))
    run_to(cluster, 500)
    assert (slow, fast) == ([], [Decision(0, 206)])


def test_a_call_is_recorded_at_the_client() -> None:
    cluster = office()
    calling(cluster, P2, (205, 100, 1_000))
    run_to(cluster, 500)
    (call,) = of_kind(cluster, Kind.CALL)
    assert cluster.places.name(call[6]) == "p2.client"


def test_the_request_is_caused_by_the_call() -> None:
    cluster = office()
    calling(cluster, P1, (205, 100, 1_000))
    run_to(cluster, 500)
    (call,) = of_kind(cluster, Kind.CALL)
    assert of_kind(cluster, Kind.REQUEST)[-1][CAUSE] == call[ID]


def test_a_time_out_is_recorded_with_the_number_of_its_call() -> None:
    cluster = office()
    calling(cluster, P1, (205, 100, 50))
    run_to(cluster, 50)
    (call,), (returned,) = of_kind(cluster, Kind.CALL), of_kind(cluster, Kind.RETURN)
    assert (returned[CAUSE], returned[CONTENT]) == (call[ID], TimedOut(call[ID]))


def test_every_call_has_a_number_of_its_own() -> None:
    cluster = office()
    calling(cluster, P1, (205, 10, 1_000), (205, 10, 1_000))
    calling(cluster, P2, (205, 10, 1_000))
    run_to(cluster, 500)
    assert len({record[CONTENT].call for record in of_kind(cluster, Kind.CALL)}) == 3


def asking(cluster: Cluster, *, takes_us: int, enough: type = Decision) -> list[Any]:
    """Have p1's client ask every 100 us, for 1,000 us, with 50 us of patience each time."""
    question = Question(lambda call: Propose(call, takes_us, 205), enough, 100, 50, 1_000)
    replies: list[Any] = []

    def client() -> Generator[Any, Any, None]:
        replies.append((yield cluster.clients.ask_until(P1, question)))

    cluster.kernel.process(client())
    return replies


def test_a_repeated_question_is_first_asked_after_a_while() -> None:
    cluster = office()
    asking(cluster, takes_us=10)
    run_to(cluster, 2_000)
    assert [record[TIME] for record in of_kind(cluster, Kind.CALL)] == [100]


def test_a_repeated_question_ends_with_the_reply_that_is_enough() -> None:
    cluster = office()
    replies = asking(cluster, takes_us=10)
    run_to(cluster, 2_000)
    assert replies == [Decision(0, 205)]


def test_a_question_that_is_not_answered_in_time_is_asked_again_a_while_later() -> None:
    cluster = office()
    asking(cluster, takes_us=70)
    run_to(cluster, 500)
    assert [record[TIME] for record in of_kind(cluster, Kind.CALL)] == [100, 250, 400]


def test_a_question_whose_reply_is_not_enough_is_asked_again_a_while_later() -> None:
    cluster = office()
    asking(cluster, takes_us=10, enough=TimedOut)
    run_to(cluster, 400)
    assert [record[TIME] for record in of_kind(cluster, Kind.CALL)] == [100, 212, 324]


def test_a_repeated_question_is_given_up_after_its_time() -> None:
    cluster = office()
    replies = asking(cluster, takes_us=70)
    run_to(cluster, 5_000)
    assert [type(reply) for reply in replies] == [TimedOut]
    assert of_kind(cluster, Kind.RETURN)[-1][TIME] == 100 + 6 * 150 + 50
