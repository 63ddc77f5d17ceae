"""A table's numbers are each stream's own, however and whenever they are fetched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernel import Entropy, Purpose, Table
from tests.kernel.draws import SEEDS, draw, draws, table

LARGE = Table.SMALL + 76
"""Streams of a table that is too large to be fetched all at once."""

SEVERAL_BLOCKS = 300
"""Draws enough to take a stream through its first blocks, which grow up to 128."""

SPREAD = [(1_000 * index, 1_000 * index + index % 50) for index in range(LARGE)]
"""Each stream of the large table has a range of its own."""


@given(SEEDS, st.lists(st.integers(0, 4), max_size=200))
def test_a_stream_of_a_table_gives_the_same_numbers_whatever_is_drawn_beside_it(
    seed: int, indices: list[int]
) -> None:
    mixed, alone = table(seed, SPREAD[:5]), table(seed, SPREAD[:5])
    drawn = [(index, draw(mixed, index)) for index in indices]
    assert [number for index, number in drawn if index == 3] == draws(alone, 3, indices.count(3))


@pytest.mark.parametrize("group", [1, 7, 64, LARGE])
@pytest.mark.parametrize("index", [0, 1, 63, 64, 500, Table.SMALL - 1])
def test_a_stream_gives_the_same_numbers_in_a_small_table_and_in_a_large_one(index: int, group: int) -> None:
    small, large = table(7, SPREAD[: Table.SMALL]), table(7, SPREAD, group=group)
    assert draws(small, index, SEVERAL_BLOCKS) == draws(large, index, SEVERAL_BLOCKS)


@given(SEEDS, st.integers(1, 40), st.lists(st.integers(0, 59), max_size=300))
def test_grouping_changes_when_numbers_are_fetched_and_not_which(
    seed: int, group: int, indices: list[int]
) -> None:
    lazily, grouped = table(seed, SPREAD), table(seed, SPREAD, group=group)
    assert [draw(lazily, index) for index in indices] == [draw(grouped, index) for index in indices]


@given(SEEDS, st.lists(st.tuples(st.integers(0, 4), st.sampled_from((1, 4, 8, 12, 28))), max_size=20))
def test_neighbours_that_are_ahead_keep_their_place_when_others_are_fetched(
    seed: int, turns: list[tuple[int, int]]
) -> None:
    # These counts use blocks up exactly: a stream that has none left may be at any of them.
    lazily, grouped = table(seed, SPREAD[:5]), table(seed, SPREAD[:5], group=5)
    assert [draws(lazily, *turn) for turn in turns] == [draws(grouped, *turn) for turn in turns]


@given(SEEDS, st.lists(st.integers(LARGE - 60, LARGE - 1), max_size=300))
def test_the_last_group_may_be_smaller_than_the_others(seed: int, indices: list[int]) -> None:
    lazily, grouped = table(seed, SPREAD), table(seed, SPREAD, group=500)
    assert [draw(lazily, index) for index in indices] == [draw(grouped, index) for index in indices]


def test_a_large_table_of_groups_equals_single_draws_stream_by_stream() -> None:
    large = table(7, SPREAD, group=100)
    drawn = [draw(large, index) for _ in range(3) for index in range(LARGE)]
    lazily = table(7, SPREAD)
    single = [draws(lazily, index, 3) for index in range(LARGE)]
    assert drawn == [numbers[turn] for turn in range(3) for numbers in single]


@given(SEEDS, st.integers(0, 10**9), st.integers(0, 10**6))
def test_draws_stay_in_their_streams_range(seed: int, low: int, width: int) -> None:
    drawn = draws(table(seed, [(0, 0), (low, low + width)]), 1, SEVERAL_BLOCKS)
    assert low <= min(drawn) <= max(drawn) <= low + width


def test_draws_reach_both_ends_of_a_range() -> None:
    assert set(draws(table(7, [(10, 12)]), 0, 100)) == {10, 11, 12}


def test_draws_are_roughly_uniform() -> None:
    drawn = draws(table(7, [(0, 9)]), 0, 10_000)
    # Chi-square with 9 degrees of freedom: above 27.9 in one of a thousand cases.
    assert sum((drawn.count(number) - 1_000) ** 2 / 1_000 for number in range(10)) < 27.9


def test_the_widest_range_does_not_overflow() -> None:
    drawn = draws(table(7, [(0, 2**32 - 1)]), 0, SEVERAL_BLOCKS)
    assert max(drawn) > 2**31


def test_the_streams_of_a_table_differ_from_each_other() -> None:
    wide = table(7, [(0, 2**32 - 1)] * LARGE)
    assert len({tuple(draws(wide, index, 4)) for index in range(LARGE)}) == LARGE


def test_a_stream_does_not_repeat_itself_from_block_to_block() -> None:
    drawn = draws(table(7, [(0, 2**32 - 1)]), 0, SEVERAL_BLOCKS)
    assert len(set(drawn)) >= SEVERAL_BLOCKS - 1


def test_tables_of_distinct_purposes_give_distinct_numbers() -> None:
    entropy = Entropy(7)
    tables = [Table(entropy, purpose, [(0, 2**32 - 1)]) for purpose in Purpose]
    for one in tables:
        one.reset()
    assert len({draw(one, 0) for one in tables}) == len(Purpose)


@pytest.mark.parametrize("ranges", [SPREAD[:5], SPREAD], ids=["small", "large"])
def test_a_reset_table_begins_again_with_the_present_seed(ranges: list[tuple[int, int]]) -> None:
    entropy = Entropy(1)
    used = Table(entropy, Purpose.LATENCY, ranges, group=3)
    used.reset()
    for index in (0, 0, 1, 4):
        draws(used, index, 50)
    entropy.reseed(7)
    used.reset()
    new = table(7, ranges)
    assert [draws(used, index, 50) for index in range(5)] == [draws(new, index, 50) for index in range(5)]
