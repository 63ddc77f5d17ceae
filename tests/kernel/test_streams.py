"""A stream's numbers depend on the seed and its name, and on nothing else."""

from __future__ import annotations

from statistics import fmean, pstdev

from hypothesis import given
from hypothesis import strategies as st

from simulation.kernel import Entropy, Purpose, Stream
from tests.kernel.draws import NAMES, SEEDS, WORDS, words

Name = tuple[Purpose, int, int]
SEVERAL_BLOCKS = 300
"""Draws enough to take a stream through more than two of its blocks."""


@given(SEEDS, NAMES)
def test_equal_seeds_and_names_give_equal_numbers(seed: int, name: Name) -> None:
    one, other = Entropy(seed).stream(*name), Entropy(seed).stream(*name)
    assert words(one, SEVERAL_BLOCKS) == words(other, SEVERAL_BLOCKS)


@given(SEEDS, NAMES, NAMES, st.lists(st.booleans(), min_size=50, max_size=400))
def test_drawing_from_another_stream_moves_nothing(
    seed: int, name: Name, other_name: Name, turns: list[bool]
) -> None:
    entropy = Entropy(seed)
    stream, other = entropy.stream(*name), entropy.stream(*other_name)
    drawn = [(mine, (stream if mine else other).between(0, WORDS - 1)) for mine in turns]
    kept = [number for mine, number in drawn if mine]
    assert kept == words(Entropy(seed).stream(*name), len(kept))


@given(SEEDS, NAMES, st.integers(0, 300), st.permutations(range(3)))
def test_another_stream_of_the_name_in_between_moves_nothing(
    seed: int, name: Name, first: int, kinds: list[int]
) -> None:
    entropy = Entropy(seed)
    stream = entropy.stream(*name)
    drawn = words(stream, first)
    for kind in kinds:
        if kind == 0:
            entropy.stream(*name).normal(0, 5)
        elif kind == 1:
            entropy.stream(*name).exponential(5)
        else:
            entropy.stream(*name).shuffled(5)
    drawn += words(stream, SEVERAL_BLOCKS)
    assert drawn == words(Entropy(seed).stream(*name), first + SEVERAL_BLOCKS)


@given(SEEDS, st.lists(NAMES, min_size=2, max_size=5, unique=True))
def test_streams_do_not_depend_on_the_order_in_which_they_are_used(seed: int, names: list[Name]) -> None:
    forwards, backwards = Entropy(seed), Entropy(seed)
    there = {name: words(forwards.stream(*name), 20) for name in names}
    back = {name: words(backwards.stream(*name), 20) for name in reversed(names)}
    assert there == back


@given(SEEDS, NAMES, NAMES)
def test_distinct_names_give_distinct_numbers(seed: int, name: Name, other_name: Name) -> None:
    entropy = Entropy(seed)
    one, other = words(entropy.stream(*name), 20), words(entropy.stream(*other_name), 20)
    assert (one == other) == (name == other_name)


@given(SEEDS, SEEDS, NAMES)
def test_distinct_seeds_give_distinct_numbers(seed: int, other_seed: int, name: Name) -> None:
    one, other = words(Entropy(seed).stream(*name), 20), words(Entropy(other_seed).stream(*name), 20)
    assert (one == other) == (seed == other_seed)


def test_the_upper_half_of_a_big_seed_counts() -> None:
    name = (Purpose.LATENCY, 3, 4)
    assert words(Entropy(2**127).stream(*name), 4) != words(Entropy(0).stream(*name), 4)


@given(SEEDS, SEEDS, NAMES)
def test_a_reseeded_entropy_equals_a_new_one(seed: int, before: int, name: Name) -> None:
    entropy = Entropy(before)
    words(entropy.stream(*name), 5)
    entropy.reseed(seed)
    assert words(entropy.stream(*name), 20) == words(Entropy(seed).stream(*name), 20)


@given(SEEDS, NAMES)
def test_a_stream_does_not_repeat_itself_from_block_to_block(seed: int, name: Name) -> None:
    drawn = words(Entropy(seed).stream(*name), 2 * SEVERAL_BLOCKS)
    # Two of 600 numbers out of 2**32 are equal in one of 20,000 cases, two pairs hardly ever.
    assert len(set(drawn)) >= 2 * SEVERAL_BLOCKS - 1


def stream() -> Stream:
    return Entropy(7).stream(Purpose.SCRIPT, 2)


@given(SEEDS, st.integers(-(10**12), 10**12), st.integers(0, 2**32 - 1))
def test_between_stays_in_its_range(seed: int, low: int, width: int) -> None:
    drawn = Entropy(seed).stream(Purpose.SCRIPT)
    assert all(low <= drawn.between(low, low + width) <= low + width for _ in range(20))


def test_between_reaches_both_ends() -> None:
    drawing = stream()
    assert {drawing.between(1, 5) for _ in range(200)} == {1, 2, 3, 4, 5}


def test_between_equal_ends_is_that_number_and_uses_up_no_luck() -> None:
    drawing = stream()
    assert [drawing.between(4, 4), *words(drawing, 3)] == [4, *words(stream(), 3)]


def test_between_is_roughly_uniform() -> None:
    drawing = stream()
    counts = [0] * 10
    for _ in range(10_000):
        counts[drawing.between(0, 9)] += 1
    # Chi-square with 9 degrees of freedom: above 27.9 in one of a thousand cases.
    assert sum((count - 1_000) ** 2 / 1_000 for count in counts) < 27.9


def test_a_chance_of_none_never_comes_and_one_of_all_always() -> None:
    drawing = stream()
    assert {(drawing.chance(0, 4), drawing.chance(4, 4)) for _ in range(500)} == {(False, True)}


def test_a_chance_comes_about_as_often_as_it_says() -> None:
    drawing = stream()
    came = sum(drawing.chance(60, 1_000) for _ in range(20_000))
    # Four standard deviations around 1,200.
    assert 1_065 < came < 1_335


@given(SEEDS, st.integers(0, 40))
def test_shuffled_is_a_permutation(seed: int, count: int) -> None:
    assert sorted(Entropy(seed).stream(Purpose.ORDER).shuffled(count)) == list(range(count))


def test_all_orders_are_about_equally_likely() -> None:
    drawing = Entropy(7).stream(Purpose.ORDER)
    counts: dict[tuple[int, ...], int] = {}
    for _ in range(4_800):
        order = drawing.shuffled(4)
        counts[order] = counts.get(order, 0) + 1
    # Chi-square with 23 degrees of freedom: above 49.7 in one of a thousand cases.
    assert len(counts) == 24
    assert sum((count - 200) ** 2 / 200 for count in counts.values()) < 49.7


def test_normal_draws_have_their_mean_and_deviation() -> None:
    stream = Entropy(3).stream(Purpose.BOOT)
    drawn = [stream.normal(1_000, 160) for _ in range(5_000)]
    assert abs(fmean(drawn) - 1_000) < 10
    assert abs(pstdev(drawn) - 160) < 8


def test_exponential_draws_have_their_mean_and_are_never_negative() -> None:
    stream = Entropy(3).stream(Purpose.VISIBLE)
    drawn = [stream.exponential(10_000) for _ in range(5_000)]
    assert min(drawn) >= 0
    assert abs(fmean(drawn) - 10_000) < 500
