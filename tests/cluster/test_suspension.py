"""A suspended process takes nothing and loses nothing; its other machines go on."""

from __future__ import annotations

from simulation.cluster import Cluster
from simulation.faults import Resume, Suspend
from simulation.protocols.effects import CancelTimer, Multicast, SetTimer
from simulation.trace import Kind
from tests.cluster.toys import (
    PRINTING,
    SENDING,
    WITH_CLOCKS,
    Line,
    Note,
    heard,
    run_to,
    send,
    stage,
    tell,
    words,
)

P1, P2, P3 = range(3)
P2S_CLOCK = 4
"""Three puppets come first, then their clocks."""


def suspend(cluster: Cluster, process: int = P2) -> None:
    cluster.strike(Suspend(), process, by="test")


def resume(cluster: Cluster, process: int = P2) -> None:
    cluster.strike(Resume(), process, by="test")


def test_a_suspended_process_handles_no_message() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ()


def test_messages_to_a_suspended_process_wait_in_its_mailbox() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "one", "two")
    run_to(cluster, 1_000)
    assert cluster.queue_length(P2) == 2


def test_no_message_to_a_suspended_process_is_lost() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert words(cluster, Kind.LOST) == []


def test_a_resumed_process_handles_what_waited_in_the_order_of_arrival() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "one", "two")
    run_to(cluster, 1_000)
    send(cluster, P3, P2, "three")
    run_to(cluster, 2_000)
    resume(cluster)
    run_to(cluster, 3_000)
    assert heard(cluster, P2) == ("one", "two", "three")


def test_what_waited_is_recorded_with_the_time_when_it_was_handled() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 2_000)
    resume(cluster)
    run_to(cluster, 3_000)
    assert cluster.trace.records[-1][0] == 2_000


def test_a_suspended_processes_other_machine_goes_on() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    suspend(cluster)
    run_to(cluster, 1_000)
    assert heard(cluster, P2S_CLOCK) == 10


def test_a_suspended_process_is_alive() -> None:
    cluster = stage()
    suspend(cluster)
    assert cluster.alive() == [P1, P2, P3]


def test_a_process_that_is_resumed_and_suspended_at_once_does_not_run() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    resume(cluster)
    suspend(cluster)
    run_to(cluster, 2_000)
    assert (heard(cluster, P2), cluster.queue_length(P2)) == ((), 1)


def test_a_process_that_is_resumed_after_that_runs() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    resume(cluster)
    suspend(cluster)
    resume(cluster)
    run_to(cluster, 2_000)
    assert heard(cluster, P2) == ("news",)


def test_resuming_twice_handles_nothing_twice() -> None:
    cluster = stage()
    suspend(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    resume(cluster)
    resume(cluster)
    run_to(cluster, 2_000)
    assert heard(cluster, P2) == ("news",)


def test_resuming_a_process_that_runs_changes_nothing() -> None:
    cluster = stage()
    resume(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)


def test_a_line_that_is_being_printed_is_finished_and_the_next_waits() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("first"), Line("second"))
    run_to(cluster, 50)
    suspend(cluster)
    run_to(cluster, 1_000)
    assert words(cluster, Kind.REPORT) == ["first"]


def test_a_handler_goes_on_where_it_stopped() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("first"), Line("second"))
    run_to(cluster, 50)
    suspend(cluster)
    run_to(cluster, 1_000)
    resume(cluster)
    run_to(cluster, 2_000)
    assert words(cluster, Kind.REPORT) == ["first", "second"]


def test_a_process_resumed_while_its_line_is_still_being_printed_goes_on_behind_it() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("first"), Line("second"))
    run_to(cluster, 50)
    suspend(cluster)
    resume(cluster)
    run_to(cluster, 200)
    assert [(record[0], record[7].word) for record in cluster.trace if record[3] == Kind.REPORT] == [
        (100, "first"),
        (200, "second"),
    ]


def test_a_broadcast_that_has_begun_is_finished_and_what_follows_it_waits() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")), Line("sent"))
    run_to(cluster, 10)
    suspend(cluster)
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P3)) == (("to all",), ("to all",))
    assert words(cluster, Kind.REPORT) == []


def test_a_timer_that_goes_off_meanwhile_waits() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    suspend(cluster)
    run_to(cluster, 1_000)
    before = heard(cluster, P2)
    resume(cluster)
    run_to(cluster, 2_000)
    assert (before, heard(cluster, P2)) == ((), ("ring",))


def test_a_timer_that_is_cancelled_while_it_waits_does_not_come() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    suspend(cluster)
    run_to(cluster, 100)
    tell(cluster, P2, CancelTimer(Note("ring")))
    run_to(cluster, 1_000)
    resume(cluster)
    run_to(cluster, 2_000)
    assert heard(cluster, P2) == ()


def test_a_timer_that_is_set_anew_while_it_waits_comes_once_and_late() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    suspend(cluster)
    run_to(cluster, 100)
    tell(cluster, P2, SetTimer(Note("ring"), 700, 700))
    run_to(cluster, 1_000)
    resume(cluster)
    run_to(cluster, 1_699)
    before = heard(cluster, P2)
    run_to(cluster, 3_000)
    assert (before, heard(cluster, P2)) == ((), ("ring",))


def test_suspension_and_resumption_are_recorded() -> None:
    cluster = stage()
    suspend(cluster)
    resume(cluster)
    assert [record[7].fault for record in cluster.trace if record[3] == Kind.STRIKE] == [Suspend(), Resume()]
