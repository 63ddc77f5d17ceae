"""Faults of links: messages are lost or late while they last, and nobody else's luck moves."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.faults import (
    Clog,
    Cut,
    Delay,
    Duplicate,
    Kill,
    LinkFault,
    LinksHealed,
    LinksHit,
    Lose,
    Reorder,
    Restart,
    Spike,
)
from simulation.network import Conditions
from simulation.protocols.effects import Multicast
from simulation.trace import Kind
from simulation.trace.record import CONTENT, KIND, PROCESS, SOURCE, TIME
from tests.cluster.toys import QUICK, SENDING, WITH_CLOCKS, Note, heard, run_to, send, stage, tell

P1, P2, P3 = range(3)
UNEVEN = replace(QUICK, delay_us=(10, 400))


def hit(fault: LinkFault, sources: tuple[int, ...], to: tuple[int, ...], *, both: bool = False) -> LinksHit:
    return LinksHit(fault, sources, to, both, "storm")


def flood(fault: LinkFault | None, conditions: Conditions = UNEVEN) -> list[tuple[int, int, int]]:
    """When 100 messages each from p1 and p3 reach p2, with this fault between p1 and p2."""
    return flood_in([] if fault is None else [hit(fault, (P1,), (P2,))], conditions)


def flood_in(hits: list[LinksHit], conditions: Conditions = UNEVEN) -> list[tuple[int, int, int]]:
    """When 100 messages each from p1 and p3 reach p2, with all these faults."""
    cluster = stage(conditions)
    for one in hits:
        cluster.hit_links(one)
    for number in range(100):
        run_to(cluster, number * 1_000)
        send(cluster, P1, P2, f"{number}")
        send(cluster, P3, P2, f"{number}")
    run_to(cluster, 1_000_000)
    return arrivals(cluster)


def arrivals(cluster: Cluster) -> list[tuple[int, int, int]]:
    return [
        (record[SOURCE], record[TIME], int(record[CONTENT].word))
        for record in cluster.trace
        if record[KIND] == Kind.MESSAGE and record[PROCESS] == P2
    ]


def lost(cluster: Cluster) -> list[tuple[int, int]]:
    return [(record[SOURCE], record[PROCESS]) for record in cluster.trace if record[KIND] == Kind.LOST]


def test_nothing_gets_through_a_cut() -> None:
    cluster = stage()
    cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert (heard(cluster, P2), lost(cluster)) == ((), [(P1, P2)])


def test_a_cut_in_one_direction_lets_the_other_through() -> None:
    cluster = stage()
    cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    send(cluster, P2, P1, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P1) == ("news",)


def test_a_cut_in_both_directions_lets_nothing_through() -> None:
    cluster = stage()
    cluster.hit_links(hit(Cut(), (P1,), (P2,), both=True))
    send(cluster, P2, P1, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P1) == ()


def test_others_are_not_cut_off() -> None:
    cluster = stage()
    cluster.hit_links(hit(Cut(), (P1,), (P2,), both=True))
    send(cluster, P3, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)


def test_what_is_healed_gets_through_again() -> None:
    cluster = stage()
    front = cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    cluster.heal_links(front)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)


def test_one_of_two_faults_that_is_healed_leaves_the_other() -> None:
    cluster = stage()
    first = cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    cluster.hit_links(hit(Cut(), (P1, P3), (P2,)))
    cluster.heal_links(first)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ()


def test_a_message_on_its_way_gets_through_a_cut() -> None:
    cluster = stage()
    send(cluster, P1, P2, "news")
    run_to(cluster, 5)
    cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)


def test_within_a_process_nothing_is_lost() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    cluster.hit_links(hit(Cut(), (P1, P2, P3), (P1, P2, P3), both=True))
    send(cluster, P1, 3, "to the own clock")
    run_to(cluster, 50)
    assert lost(cluster) == []


def test_a_lossy_link_loses_about_its_share() -> None:
    through = [source for source, _, _ in flood(Lose(300))]
    assert (50 <= through.count(P1) <= 90, through.count(P3)) == (True, 100)


def test_a_lost_message_moves_nobody_elses_luck() -> None:
    fair, foul = flood(None), flood(Lose(300))
    assert set(foul) < set(fair)


def test_a_link_that_is_hit_too_moves_the_luck_of_no_other_link() -> None:
    one = flood_in([hit(Lose(300), (P1,), (P2,))])
    both = flood_in([hit(Lose(300), (P1, P3), (P2,))])
    assert p1s(one) == p1s(both)


def test_a_second_fault_gives_back_nothing_that_the_first_has_lost() -> None:
    first = hit(Lose(300), (P1,), (P2,))
    assert set(flood_in([first, first])) < set(flood_in([first]))


def test_a_late_message_is_late_by_so_much() -> None:
    fair = {number: time for source, time, number in flood(None) if source == P1}
    late = {number: time for source, time, number in flood(Delay(100, 200)) if source == P1}
    assert {100 <= late[number] - fair[number] <= 200 for number in fair} == {True}


def test_late_messages_keep_their_order_where_messages_do() -> None:
    numbers = [number for source, _, number in flood(Delay(0, 20_000)) if source == P1]
    assert numbers == sorted(numbers)


def test_late_messages_overtake_each_other_where_messages_do() -> None:
    free = replace(UNEVEN, fifo=False)
    numbers = [number for source, _, number in flood(Delay(0, 20_000), free) if source == P1]
    assert numbers != sorted(numbers)


def test_a_message_after_a_late_one_waits_for_it_when_all_is_fair_again() -> None:
    cluster = stage()
    front = cluster.hit_links(hit(Delay(5_000, 5_000), (P1,), (P2,)))
    send(cluster, P1, P2, "first")
    cluster.heal_links(front)
    send(cluster, P1, P2, "second")
    run_to(cluster, 10_000)
    assert heard(cluster, P2) == ("first", "second")


def test_the_trace_tells_of_a_fault_and_of_how_many_messages_felt_it() -> None:
    cluster = stage()
    front = cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    tell(cluster, P1, Multicast((P2, P3, P2), Note("to all")))
    cluster.heal_links(front)
    told = [record[CONTENT] for record in cluster.trace if record[KIND] == Kind.STRIKE]
    assert told == [hit(Cut(), (P1,), (P2,)), LinksHealed("storm", 2)]


def test_a_fault_is_over_once() -> None:
    cluster = stage()
    front = cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    cluster.heal_links(front)
    cluster.heal_all_links()
    assert [type(record[CONTENT]) for record in cluster.trace].count(LinksHealed) == 1


def test_a_broadcast_that_dies_half_way_loses_what_it_has_sent_into_a_cut() -> None:
    cluster = stage(SENDING)
    cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    tell(cluster, P1, Multicast((P2, P3), Note("to all")))
    run_to(cluster, 10)
    cluster.driver.stop(cluster.machines_of(P1))
    run_to(cluster, 1_000)
    assert (lost(cluster), heard(cluster, P3)) == ([(P1, P2)], ())


def test_a_reset_cluster_has_fair_weather() -> None:
    cluster = stage()
    cluster.hit_links(hit(Cut(), (P1,), (P2,)))
    cluster.reset(0)
    for process in (P1, P2, P3):
        cluster.start(process)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)


def p1s(found: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    return [(time_us, word) for source, time_us, word in found if source == P1]


def test_a_share_of_messages_takes_longer_in_a_spike() -> None:
    quiet, stormy = p1s(flood(None)), p1s(flood(Spike(100, 500, 500)))
    later = [after - before for (before, _), (after, _) in zip(quiet, stormy, strict=True)]
    assert {*later} == {0, 500}
    assert 3 <= later.count(500) <= 20


def test_messages_that_are_held_back_are_overtaken_and_nobody_waits_for_them() -> None:
    quiet, stormy = (
        dict(map(reversed, p1s(flood(None)))),
        dict(map(reversed, p1s(flood(Reorder(100, 5_000, 5_000))))),
    )
    held = [word for word in quiet if stormy[word] == quiet[word] + 5_000]
    assert 3 <= len(held) <= 20
    assert all(stormy[word] == quiet[word] for word in quiet if word not in held)


def test_a_clog_keeps_messages_and_lets_them_go_together_in_their_order() -> None:
    cluster = stage()
    front = cluster.hit_links(hit(Clog(), (P1,), (P2,)), 5_000)
    for number in range(4):
        send(cluster, P1, P2, f"{number}")
        send(cluster, P3, P2, "9")
        run_to(cluster, (number + 1) * 1_000)
    run_to(cluster, 5_000)
    cluster.heal_links(front)
    send(cluster, P1, P2, "4")
    run_to(cluster, 9_000)
    assert p1s(arrivals(cluster)) == [(5_000, 0), (5_000, 1), (5_000, 2), (5_000, 3), (5_010, 4)]
    assert front.messages == 4


def test_a_copy_arrives_later_once_and_moves_nothing_else() -> None:
    quiet, stormy = flood(None), flood(Duplicate(1_000, 100, 100))
    originals = [record for record in stormy if record in quiet]
    copies = [record for record in stormy if record not in quiet]
    assert (originals, len(copies)) == (quiet, 100)
    assert sorted(copies) == [
        (source, time_us + 100, word) for source, time_us, word in sorted(quiet) if source == P1
    ]


def test_a_copy_is_a_record_of_its_own_with_the_same_cause() -> None:
    cluster = stage()
    cluster.hit_links(hit(Duplicate(1_000, 5, 5), (P1,), (P2,)))
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    one, other = (record for record in cluster.trace if record[KIND] == Kind.MESSAGE)
    assert (other[0] - one[0], other[2] > one[2], other[3:]) == (5, True, one[3:])


def test_nothing_is_repeated_within_a_process_or_once_it_is_over() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    front = cluster.hit_links(hit(Duplicate(1_000, 5, 5), (P1, P2), (P1, P2)))
    send(cluster, P1, P1, "to myself")
    run_to(cluster, 500)
    cluster.heal_links(front)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P2)) == (("to myself",), ("news",))


def test_a_copy_may_reach_the_next_life() -> None:
    cluster = stage()
    cluster.hit_links(hit(Duplicate(1_000, 500, 500), (P1,), (P2,)))
    send(cluster, P1, P2, "news")
    run_to(cluster, 100)
    cluster.strike(Kill(), P2, by="test")
    cluster.strike(Restart(), P2, by="test")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == (None, "news")


def test_a_copy_for_the_dead_is_lost() -> None:
    cluster = stage()
    cluster.hit_links(hit(Duplicate(1_000, 500, 500), (P1,), (P2,)))
    send(cluster, P1, P2, "news")
    run_to(cluster, 100)
    cluster.strike(Kill(), P2, by="test")
    run_to(cluster, 1_000)
    assert lost(cluster) == [(P1, P2)]


def test_a_reset_cluster_repeats_nothing() -> None:
    cluster = stage()
    cluster.hit_links(hit(Duplicate(1_000, 5, 5), (P1,), (P2,)))
    cluster.reset(0)
    for process in (P1, P2, P3):
        cluster.start(process)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("news",)
