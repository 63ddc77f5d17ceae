"""Death: at any moment, in the middle of anything, and nothing comes from the dead."""

from __future__ import annotations

import pytest

from simulation.cluster import Cluster
from simulation.faults import Kill, Resume, Strike, Suspend
from simulation.protocols.effects import Die, Multicast, Persist, Send, SetTimer
from simulation.trace import Kind
from tests.cluster.toys import (
    PRINTING,
    SENDING,
    WITH_CLOCKS,
    Line,
    Note,
    heard,
    of_kind,
    run_to,
    send,
    stage,
    tell,
    words,
)

P1, P2, P3, P4 = range(4)
P2S_CLOCK = 4


def kill(cluster: Cluster, process: int = P2) -> None:
    cluster.strike(Kill(), process, by="test", reason="why not")


def strikes(cluster: Cluster) -> list[Strike]:
    return [record[7] for record in of_kind(cluster, Kind.STRIKE)]


def test_a_dead_process_is_not_among_the_living() -> None:
    cluster = stage()
    kill(cluster)
    assert cluster.alive() == [P1, P3]


def test_messages_to_the_dead_are_lost() -> None:
    cluster = stage()
    kill(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert (words(cluster, Kind.LOST), words(cluster, Kind.MESSAGE)) == (["news"], [])


def test_a_lost_message_is_recorded_where_and_when_it_would_have_arrived() -> None:
    cluster = stage()
    kill(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    (lost,) = of_kind(cluster, Kind.LOST)
    assert (lost[0], lost[5], lost[6]) == (10, P1, P2)


def test_a_message_that_has_left_arrives_although_its_sender_is_dead() -> None:
    cluster = stage()
    send(cluster, P2, P1, "testament")
    kill(cluster)
    run_to(cluster, 1_000)
    assert heard(cluster, P1) == ("testament",)


def test_what_waited_in_the_mailbox_dies_too() -> None:
    cluster = stage()
    cluster.strike(Suspend(), P2, by="test")
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    kill(cluster)
    assert cluster.queue_length(P2) == 0


def test_all_machines_of_a_process_die_together() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    kill(cluster)
    assert [host.alive for host in cluster.machines_of(P2)] == [False, False]


def test_the_other_processes_live_on() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    kill(cluster)
    run_to(cluster, 1_000)
    assert (heard(cluster, 3), heard(cluster, 5)) == (10, 10)


def test_a_timer_of_the_dead_does_not_go_off() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    kill(cluster)
    run_to(cluster, 1_000)
    assert of_kind(cluster, Kind.TIMER) == []


def test_a_death_while_a_line_is_printed_leaves_the_line_unprinted() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("last words"))
    run_to(cluster, 99)
    kill(cluster)
    run_to(cluster, 1_000)
    assert words(cluster, Kind.REPORT) == []


def test_a_death_in_the_middle_of_a_handler_leaves_later_effects_undone() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Send(P1, Note("early")), Line("middle"), Send(P3, Note("late")), Persist("late"))
    run_to(cluster, 99)
    kill(cluster)
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P3), cluster.hosts[P2].durable) == (("early",), (), None)


@pytest.mark.parametrize(
    ("killed_us", "receivers"), [(0, [P1]), (19, [P1]), (20, [P1, P3]), (39, [P1, P3]), (40, [P1, P3, P4])]
)
def test_a_death_in_the_middle_of_a_broadcast_leaves_it_half_sent(
    killed_us: int, receivers: list[int]
) -> None:
    cluster = stage(SENDING, count=4)
    tell(cluster, P2, Multicast((P1, P3, P4), Note("to all")))
    if killed_us:
        run_to(cluster, killed_us)
    kill(cluster)
    run_to(cluster, 1_000)
    assert [process for process in (P1, P3, P4) if heard(cluster, process)] == receivers


def test_what_was_not_sent_is_not_lost_either() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")))
    kill(cluster)
    run_to(cluster, 1_000)
    assert of_kind(cluster, Kind.LOST) == []


def test_a_death_in_the_middle_of_a_broadcast_takes_no_earlier_message_back() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Send(P3, Note("early")), Multicast((P1, P1, P1), Note("to one")))
    kill(cluster)
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P3)) == (("to one",), ("early",))


def test_a_death_behind_a_finished_broadcast_takes_nothing_back() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")))
    run_to(cluster, 40)
    kill(cluster)
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P3)) == (("to all",), ("to all",))


def test_a_machine_that_dies_by_itself_leaves_later_effects_undone() -> None:
    cluster = stage()
    tell(cluster, P2, Send(P1, Note("early")), Die("enough"), Send(P3, Note("late")))
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P3)) == (("early",), ())


def test_a_machine_that_dies_by_itself_takes_its_whole_process_along() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    tell(cluster, P2S_CLOCK, Die("enough"))
    assert cluster.alive() == [P1, P3]


def test_a_death_by_itself_is_recorded_with_what_the_machine_said() -> None:
    cluster = stage()
    tell(cluster, P2, Die("enough"))
    assert strikes(cluster) == [Strike(Kill(), P2, "machine", "enough")]


def test_a_kill_is_recorded_with_who_did_it_and_why() -> None:
    cluster = stage()
    kill(cluster)
    assert strikes(cluster) == [Strike(Kill(), P2, "test", "why not")]


@pytest.mark.parametrize("fault", [Kill(), Suspend(), Resume()])
def test_the_dead_feel_nothing(fault: Kill | Suspend | Resume) -> None:
    cluster = stage()
    kill(cluster)
    cluster.strike(fault, P2, by="test")
    run_to(cluster, 1_000)
    assert (len(strikes(cluster)), cluster.alive()) == (1, [P1, P3])


def test_a_process_that_stops_in_good_order_leaves_no_strike() -> None:
    cluster = stage()
    cluster.stop(P2)
    assert (strikes(cluster), cluster.alive()) == ([], [P1, P3])


def test_a_process_that_has_not_been_started_hears_nothing() -> None:
    cluster = stage()
    cluster.reset(7)
    cluster.start(P1)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert words(cluster, Kind.LOST) == ["news"]
