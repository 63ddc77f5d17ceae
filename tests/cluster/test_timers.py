"""Timers: named by their value, set anew, cancelled, drawn from a range."""

from __future__ import annotations

from simulation.protocols.effects import CancelTimer, SetTimer
from simulation.trace import Kind
from simulation.trace.record import TIME
from tests.cluster.toys import Note, heard, of_kind, run_to, stage, tell

P1, P2 = range(2)
RING = Note("ring")


def ring_after(time_us: int) -> SetTimer:
    return SetTimer(RING, time_us, time_us)


def test_a_timer_goes_off_after_its_time() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500))
    run_to(cluster, 1_000)
    assert [record[TIME] for record in of_kind(cluster, Kind.TIMER)] == [500]


def test_a_timer_goes_off_once() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500))
    run_to(cluster, 5_000)
    assert heard(cluster, P1) == ("ring",)


def test_a_timer_that_is_set_anew_goes_off_at_its_new_time_alone() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500))
    run_to(cluster, 400)
    tell(cluster, P1, ring_after(500))
    run_to(cluster, 5_000)
    assert [record[TIME] for record in of_kind(cluster, Kind.TIMER)] == [900]


def test_a_timer_can_be_set_anew_to_an_earlier_time() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500), ring_after(100))
    run_to(cluster, 5_000)
    assert [record[TIME] for record in of_kind(cluster, Kind.TIMER)] == [100]


def test_a_cancelled_timer_does_not_go_off() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500))
    run_to(cluster, 499)
    tell(cluster, P1, CancelTimer(RING))
    run_to(cluster, 5_000)
    assert heard(cluster, P1) == ()


def test_a_timer_set_after_it_was_cancelled_goes_off() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500), CancelTimer(RING), ring_after(700))
    run_to(cluster, 5_000)
    assert [record[TIME] for record in of_kind(cluster, Kind.TIMER)] == [700]


def test_cancelling_what_is_not_set_does_nothing() -> None:
    cluster = stage()
    tell(cluster, P1, CancelTimer(RING))
    run_to(cluster, 1_000)
    assert heard(cluster, P1) == ()


def test_cancelling_one_timer_leaves_the_others_set() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500), SetTimer(Note("knock"), 600, 600), CancelTimer(RING))
    run_to(cluster, 1_000)
    assert heard(cluster, P1) == ("knock",)


def test_two_machines_may_call_their_timers_the_same() -> None:
    cluster = stage()
    tell(cluster, P1, ring_after(500))
    tell(cluster, P2, ring_after(600))
    tell(cluster, P2, CancelTimer(RING))
    run_to(cluster, 1_000)
    assert (heard(cluster, P1), heard(cluster, P2)) == (("ring",), ())


def test_a_random_timer_goes_off_anywhere_in_its_range() -> None:
    cluster = stage()
    tell(cluster, P1, *[SetTimer(Note(str(number)), 10, 13) for number in range(100)])
    run_to(cluster, 1_000)
    assert {record[TIME] for record in of_kind(cluster, Kind.TIMER)} == {10, 11, 12, 13}


def test_the_draw_for_a_timer_depends_on_the_seed() -> None:
    cluster = stage()
    drawn_us = set()
    for seed in range(5):
        cluster.reset(seed)
        cluster.start(P1)
        tell(cluster, P1, SetTimer(RING, 0, 10**6))
        run_to(cluster, 10**6)
        drawn_us.add(of_kind(cluster, Kind.TIMER)[0][TIME])
    assert len(drawn_us) == 5


def test_the_draw_for_a_timer_is_the_same_in_every_run_of_a_seed() -> None:
    cluster = stage()
    drawn_us = []
    for _ in range(2):
        cluster.reset(7)
        cluster.start(P1)
        tell(cluster, P1, SetTimer(RING, 0, 10**6))
        run_to(cluster, 10**6)
        drawn_us.append(of_kind(cluster, Kind.TIMER)[0][TIME])
    assert drawn_us[0] == drawn_us[1]


def test_one_machines_timers_move_no_other_machines_draws() -> None:
    alone, beside = stage(), stage()
    tell(beside, P2, *[SetTimer(Note(str(number)), 0, 10**6) for number in range(10)])
    for cluster in (alone, beside):
        tell(cluster, P1, SetTimer(RING, 0, 10**6))
        run_to(cluster, 10**6)
    drawn_us = [
        [record[TIME] for record in of_kind(cluster, Kind.TIMER) if record[6] == P1]
        for cluster in (alone, beside)
    ]
    assert drawn_us[0] == drawn_us[1]
