"""Messages of a pair keep their order, those of other pairs and channels do not care."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.network.links import UNORDERED, Decision, Plain, arrivals, fabric

A, B, C = 0, 1, 2
PLAIN, DECISION = Plain(), Decision()
SENDS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 50), st.booleans()), min_size=1)
"""(microseconds since the last message, delay in microseconds, whether it travels apart)"""


def sent_over_one_link(sends: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """(sent at, arrives at, apart) of messages over an ordered link."""
    transit = fabric([delay_us for _, delay_us, _ in sends]).transit()
    now_us, told = 0, []
    for gap_us, _, apart in sends:
        now_us += gap_us
        arrival_us = transit(now_us, A, B, DECISION if apart else PLAIN)
        assert arrival_us is not None
        told.append((now_us, arrival_us, apart))
    return told


@given(SENDS)
def test_messages_of_one_pair_and_channel_never_overtake(sends: list[tuple[int, int, bool]]) -> None:
    told = sent_over_one_link(sends)
    for channel in (False, True):
        arrived_us = [arrival_us for _, arrival_us, apart in told if apart is channel]
        assert arrived_us == sorted(arrived_us)


@given(SENDS)
def test_a_message_arrives_after_its_delay_or_with_the_one_before_it(
    sends: list[tuple[int, int, bool]],
) -> None:
    told = sent_over_one_link(sends)
    last_us = {False: 0, True: 0}
    for (now_us, arrival_us, apart), (_, delay_us, _) in zip(told, sends, strict=True):
        assert arrival_us == max(now_us + delay_us, last_us[apart])
        last_us[apart] = arrival_us


def test_a_message_apart_overtakes_a_slower_one_of_the_same_pair() -> None:
    transit = fabric([30, 15]).transit()
    assert arrivals(transit, (0, A, B, PLAIN), (1, A, B, DECISION)) == [30, 16]


def test_a_message_apart_is_overtaken_by_a_faster_one_of_the_same_pair() -> None:
    transit = fabric([30, 15]).transit()
    assert arrivals(transit, (0, A, B, DECISION), (1, A, B, PLAIN)) == [30, 16]


def test_messages_from_two_sources_may_overtake() -> None:
    transit = fabric([30, 15]).transit()
    assert arrivals(transit, (0, A, C, PLAIN), (1, B, C, PLAIN)) == [30, 16]


def test_messages_to_two_destinations_may_overtake() -> None:
    transit = fabric([30, 15]).transit()
    assert arrivals(transit, (0, A, B, PLAIN), (1, A, C, PLAIN)) == [30, 16]


def test_the_way_back_does_not_wait_for_the_way_there() -> None:
    transit = fabric([30, 15]).transit()
    assert arrivals(transit, (0, A, B, PLAIN), (1, B, A, PLAIN)) == [30, 16]


@given(st.lists(st.integers(0, 50), min_size=2))
def test_without_fifo_every_message_takes_its_own_delay(delays_us: list[int]) -> None:
    transit = fabric(delays_us, UNORDERED).transit()
    assert arrivals(transit, *[(7, A, B, PLAIN)] * len(delays_us)) == [7 + us for us in delays_us]


def test_without_fifo_a_message_may_overtake_the_one_before_it() -> None:
    transit = fabric([30, 15], UNORDERED).transit()
    assert arrivals(transit, (0, A, B, PLAIN), (1, A, B, PLAIN)) == [30, 16]


def test_a_decision_to_oneself_takes_longer() -> None:
    transit = fabric([15]).transit()
    assert arrivals(transit, (0, A, A, DECISION)) == [15 + 50]


def test_any_other_message_to_oneself_does_not() -> None:
    transit = fabric([15]).transit()
    assert arrivals(transit, (0, A, A, PLAIN)) == [15]


def test_a_decision_to_another_process_does_not() -> None:
    transit = fabric([15]).transit()
    assert arrivals(transit, (0, A, B, DECISION)) == [15]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=20))
def test_a_reset_fabric_forgets_what_was_on_its_way(delays_us: list[int]) -> None:
    woven = fabric(delays_us)
    sent = [(step_us, A, B, PLAIN if step_us % 2 else DECISION) for step_us in range(len(delays_us))]
    first = arrivals(woven.transit(), *sent)
    woven.reset()
    assert arrivals(woven.transit(), *sent) == first


def test_order_holds_on_when_names_become_visible() -> None:
    woven = fabric([30, 15])
    before = arrivals(woven.transit(), (0, A, B, PLAIN))
    after = arrivals(woven.transit([[0] * 3] * 3), (1, A, B, PLAIN))
    assert [*before, *after] == [30, 30]


@given(SENDS)
def test_no_message_arrives_before_it_is_sent(sends: list[tuple[int, int, bool]]) -> None:
    assert all(now_us <= arrival_us for now_us, arrival_us, _ in sent_over_one_link(sends))
