"""Times as people write them become whole microseconds, or are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.times import duration, pair
from simulation.scenario.values import MistakeError
from simulation.units import show_us


@given(st.integers(0, 24 * 3600 * 1_000_000))
def test_a_shown_time_is_read_as_the_same_time(time_us: int) -> None:
    assert duration(show_us(time_us)) == time_us


@pytest.mark.parametrize(
    ("written", "microseconds"),
    [("5us", 5), ("1.5ms", 1_500), ("0.001ms", 1), ("2s", 2_000_000), ("0.10s", 100_000), ("0ms", 0)],
)
def test_a_time_is_whole_microseconds(written: str, microseconds: int) -> None:
    assert duration(written) == microseconds


def test_the_lower_end_takes_the_unit_of_the_upper() -> None:
    assert pair("0.2..1.2ms") == (200, 1_200)


def test_both_ends_may_have_a_unit() -> None:
    assert pair("200us..1.2ms") == (200, 1_200)


def test_one_time_is_a_range_of_one() -> None:
    assert pair("3ms") == (3_000, 3_000)


HOW = "A time is a number with a unit (us, ms or s), as in '5ms', '1.5s' or '1..5ms'."


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (5, f"is 5, a whole number. {HOW}"),
        (True, f"is true, a truth value. {HOW}"),
        ("5", "is '5'. A time needs a unit: '5' + 'us', 'ms' or 's'."),
        ("-5ms", "is '-5ms'. A time is never negative."),
        ("nan ms", f"is 'nan ms'. {HOW}"),
        ("0.5us", "is '0.5us': nothing is finer than a microsecond (0.001ms)."),
        ("86401s", "is '86401s': more than a day. The longest time is 86400s."),
        ("5..1ms", "is '5..1ms': the lower end comes first."),
        ("1..5ms", "is '1..5ms', a range. One time, as in '5ms'."),
    ],
)
def test_a_wrong_time_says_why(written: object, message: str) -> None:
    with pytest.raises(MistakeError) as raised:
        duration(written)
    assert str(raised.value) == message
