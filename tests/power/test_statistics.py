"""Medians and their intervals, exact on samples that can be counted by hand."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from simulation.power.statistics import Interval, interval_of_median, median

TEN = [10.0 * number for number in range(1, 11)]


def test_the_median_of_an_odd_number_is_the_middle_one() -> None:
    assert median([9, 1, 4]) == 4


def test_the_median_of_an_even_number_is_half_way_between_the_two_in_the_middle() -> None:
    assert median([4, 1, 9, 6]) == 5


def test_a_search_in_vain_is_longer_than_every_other() -> None:
    assert median([None, 1, 4]) == 4


def test_a_median_that_half_of_the_searches_did_not_reach_is_not_known() -> None:
    assert median([1, None]) is None
    assert median([1, 4, None, None, None]) is None


def test_nothing_has_no_median_and_no_interval() -> None:
    assert (median([]), interval_of_median([])) == (None, None)


def test_of_ten_searches_the_second_and_the_ninth_are_the_ends() -> None:
    assert interval_of_median(TEN[::-1]) == Interval(20, 90)


@pytest.mark.parametrize(("count", "place"), [(6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (20, 6), (100, 40)])
def test_the_ends_are_those_of_the_tables(count: int, place: int) -> None:
    values = [float(number) for number in range(1, count + 1)]
    assert interval_of_median(values) == Interval(place, count + 1 - place)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_fewer_than_six_searches_are_not_sure_enough_of_any_interval(count: int) -> None:
    assert interval_of_median([1.0] * count) is None


@pytest.mark.parametrize("count", range(6, 60))
def test_the_interval_is_the_innermost_that_holds_the_median_with_95_per_cent(count: int) -> None:
    interval = interval_of_median([float(number) for number in range(count)])
    assert interval is not None
    left_out = int(interval.low)
    assert covered(count, left_out) >= Fraction(95, 100) > covered(count, left_out + 1)


def covered(count: int, left_out: int) -> Fraction:
    """With what probability the median of all lies between the values that are not left out."""
    inside = sum(comb(count, below) for below in range(left_out + 1, count - left_out))
    return Fraction(inside, 2**count)


def test_an_end_that_was_not_reached_is_no_end() -> None:
    assert interval_of_median([*TEN[:8], None, None]) == Interval(20, None)


def test_where_even_the_lower_end_was_not_reached_there_is_no_interval() -> None:
    assert interval_of_median([1, *[None] * 9]) is None
