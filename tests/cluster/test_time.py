"""What takes time: lines, broadcasts, hops; and what waits meanwhile."""

from __future__ import annotations

from itertools import permutations

from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.protocols.effects import Multicast, Persist, Send
from simulation.trace import Kind
from simulation.trace.record import CONTENT, PROCESS, SOURCE, TIME
from tests.cluster.toys import (
    PRINTING,
    QUICK,
    SENDING,
    WITH_CLOCKS,
    Line,
    Note,
    Whisper,
    heard,
    of_kind,
    run_to,
    send,
    stage,
    tell,
    words,
)

P1, P2, P3 = range(3)
P2S_CLOCK = 4


def times_us(cluster: Cluster, kind: Kind) -> list[int]:
    return [record[TIME] for record in of_kind(cluster, kind)]


def test_a_line_is_printed_after_the_time_that_it_takes() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("one"), Line("two"))
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.REPORT) == [100, 200]


def test_a_report_without_a_line_takes_no_time() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Whisper("one"), Whisper("two"))
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.REPORT) == [0, 0]


def test_lines_take_no_time_where_the_conditions_give_them_none() -> None:
    cluster = stage(QUICK)
    tell(cluster, P2, Line("one"), Line("two"))
    assert times_us(cluster, Kind.REPORT) == [0, 0]


def test_what_stands_before_a_line_happens_before_it() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Send(P1, Note("early")), Line("line"))
    run_to(cluster, 50)
    assert heard(cluster, P1) == ("early",)


def test_what_stands_behind_a_line_waits_for_it() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("line"), Send(P1, Note("late")))
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.MESSAGE) == [110]


def test_nothing_behind_a_line_is_durable_before_it_is_printed() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("line"), Persist("promise"))
    run_to(cluster, 99)
    before = cluster.hosts[P2].durable
    run_to(cluster, 100)
    assert (before, cluster.hosts[P2].durable) == (None, "promise")


def test_inputs_wait_while_a_line_is_printed() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("line"))
    send(cluster, P1, P2, "one", "two")
    run_to(cluster, 99)
    before = heard(cluster, P2), cluster.queue_length(P2)
    run_to(cluster, 100)
    assert (before, heard(cluster, P2)) == (((), 2), ("one", "two"))


def test_an_input_that_waited_may_print_and_let_the_next_one_wait() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("first"))
    tell(cluster, P2, Line("second"), word="order")
    send(cluster, P1, P2, "news")
    run_to(cluster, 199)
    before = heard(cluster, P2)
    run_to(cluster, 200)
    assert (before, heard(cluster, P2)) == (("order",), ("order", "news"))


def test_another_machine_of_the_process_does_not_wait() -> None:
    cluster = stage(PRINTING, protocol=WITH_CLOCKS)
    tell(cluster, P2, *[Line("long")] * 10)
    run_to(cluster, 1_000)
    assert heard(cluster, P2S_CLOCK) == 10


def test_the_messages_of_a_broadcast_leave_one_after_the_other() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P3, P1, P3), Note("to all")))
    run_to(cluster, 1_000)
    assert [(record[TIME], record[6]) for record in of_kind(cluster, Kind.MESSAGE)] == [
        (10, P3),
        (30, P1),
        (50, P3),
    ]


def test_what_stands_behind_a_broadcast_waits_for_it() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")), Line("sent"))
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.REPORT) == [40]


def test_inputs_wait_while_a_broadcast_is_being_sent() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")))
    send(cluster, P1, P2, "news")
    run_to(cluster, 39)
    before = heard(cluster, P2)
    run_to(cluster, 40)
    assert (before, heard(cluster, P2)) == ((), ("news",))


def test_a_broadcast_takes_no_time_where_the_conditions_give_it_none() -> None:
    cluster = stage(QUICK)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")))
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.MESSAGE) == [10, 10]


def test_a_broadcast_to_nobody_is_over_at_once() -> None:
    cluster = stage(QUICK)
    tell(cluster, P2, Multicast((), Note("to nobody")), Line("sent"))
    assert words(cluster, Kind.REPORT) == ["sent"]


def test_a_slow_broadcast_to_nobody_is_over_at_once_too() -> None:
    cluster = stage(SENDING)
    tell(cluster, P2, Multicast((), Note("to nobody")), Line("sent"))
    run_to(cluster, 1)
    assert times_us(cluster, Kind.REPORT) == [0]


def test_a_message_to_another_process_takes_the_delay_between_processes() -> None:
    cluster = stage(QUICK)
    send(cluster, P2, P1, "news")
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.MESSAGE) == [10]


def test_a_message_to_oneself_takes_the_own_delay() -> None:
    cluster = stage(QUICK)
    send(cluster, P2, P2, "memo")
    run_to(cluster, 1_000)
    assert times_us(cluster, Kind.MESSAGE) == [1]


def test_a_message_to_another_machine_of_the_process_takes_the_own_delay() -> None:
    cluster = stage(QUICK, protocol=WITH_CLOCKS)
    send(cluster, P2, P2S_CLOCK, "memo")
    run_to(cluster, 50)
    assert times_us(cluster, Kind.MESSAGE) == [1]


def test_delays_are_drawn_between_both_ends() -> None:
    cluster = stage(replace(QUICK, delay_us=(10, 12), fifo=False))
    send(cluster, P2, P1, *["news"] * 100)
    run_to(cluster, 1_000)
    assert set(times_us(cluster, Kind.MESSAGE)) == {10, 11, 12}


def test_one_more_message_on_a_link_moves_no_other_links_luck() -> None:
    clusters = alone, beside = [stage(replace(QUICK, delay_us=(10, 10**6))) for _ in range(2)]
    send(beside, P1, P2, "one more")
    for source, destination in permutations((P1, P2, P3), 2):
        if (source, destination) != (P1, P2):
            send(alone, source, destination, "news")
            send(beside, source, destination, "news")
    arrivals_us = []
    for cluster in clusters:
        run_to(cluster, 10**6)
        news = [record for record in of_kind(cluster, Kind.MESSAGE) if record[CONTENT].word == "news"]
        arrivals_us.append({(record[SOURCE], record[PROCESS]): record[TIME] for record in news})
    assert arrivals_us[0] == arrivals_us[1]


def test_messages_by_name_are_lost_before_the_name_is_visible() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    cluster.names_become_visible([[10_000] * 3] * 3)
    send(cluster, P2, P1, "by address")
    tell(cluster, P2S_CLOCK, Send(3, Note("by name")))
    run_to(cluster, 50)
    assert (words(cluster, Kind.MESSAGE), words(cluster, Kind.LOST)) == (["by address"], ["by name"])


def test_what_a_broadcast_by_name_loses_is_decided_message_by_message_as_they_leave() -> None:
    cluster = stage(SENDING, protocol=WITH_CLOCKS)
    cluster.names_become_visible([[30] * 3] * 3)
    tell(cluster, P2S_CLOCK, Multicast((3, 5, 3, 5), Note("by name")))
    run_to(cluster, 90)
    assert [record[6] for record in of_kind(cluster, Kind.LOST)] == [3, 5]
    assert [record[6] for record in of_kind(cluster, Kind.MESSAGE)] == [3, 5]
