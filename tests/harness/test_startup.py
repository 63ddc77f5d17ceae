"""How nodes come up: who starts when, who is registered when, who sees whom when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from simulation.harness.startup import SETTLE_US, Startup, draw, interpolated
from simulation.kernel import Entropy
from simulation.network import DIST, LOCAL, Boot

SEEDS = st.integers(0, 2**128 - 1)
COUNTS = st.integers(1, 12)


def started(seed: int, count: int) -> Startup:
    return draw(DIST, count, Entropy(seed))


@given(SEEDS, COUNTS)
def test_a_startup_is_a_function_of_the_seed(seed: int, count: int) -> None:
    assert started(seed, count) == started(seed, count)


@given(SEEDS, COUNTS)
def test_within_one_machine_everybody_starts_and_is_registered_together(seed: int, count: int) -> None:
    course = draw(LOCAL, count, Entropy(seed))
    assert course.node_start_us == (0,) * count
    assert course.registered_us == (LOCAL.boot.least_us - SETTLE_US,) * count
    assert course.visible_us is None


@given(SEEDS, COUNTS)
def test_nodes_start_within_their_range_and_the_last_one_after_all_others(seed: int, count: int) -> None:
    *others, last = started(seed, count).node_start_us
    low_us, high_us = DIST.node_start_us
    assert all(low_us <= start_us <= high_us for start_us in others)
    assert last - max(others, default=0) in range(DIST.last_node_us[0], DIST.last_node_us[1] + 1)


@given(SEEDS, COUNTS)
def test_names_are_registered_before_the_boot_is_over(seed: int, count: int) -> None:
    course = started(seed, count)
    assert max(course.registered_us) >= DIST.boot.least_us - SETTLE_US
    assert min(course.registered_us) >= 0


@given(SEEDS, COUNTS)
def test_a_process_sees_its_own_name_when_it_is_registered_and_others_not_before(
    seed: int, count: int
) -> None:
    course = started(seed, count)
    assert course.visible_us is not None
    for seer, seen_us in enumerate(course.visible_us):
        assert seen_us[seer] == course.registered_us[seer]
        assert all(at_us >= course.registered_us[seen] for seen, at_us in enumerate(seen_us))


def test_a_name_becomes_visible_after_the_mean_time_on_average() -> None:
    waits_us: list[int] = []
    for seed in range(20):
        course = started(seed, 11)
        assert course.visible_us is not None
        for seer, seen_us in enumerate(course.visible_us):
            waits_us += [us - course.registered_us[q] for q, us in enumerate(seen_us) if q != seer]
    # 2,200 exponential draws of mean 10 ms: the mean is off by less than 5 standard errors.
    assert abs(sum(waits_us) / len(waits_us) - DIST.visible_after_us) < 1_100


@given(SEEDS, COUNTS)
def test_the_jitter_of_each_script_stays_in_its_range(seed: int, count: int) -> None:
    low_us, high_us = DIST.start_jitter_us
    assert all(low_us <= jitter_us <= high_us for jitter_us in started(seed, count).jitter_us)


def test_a_boot_takes_its_mean_time_on_average() -> None:
    boots_us = [max(started(seed, 11).registered_us) + SETTLE_US for seed in range(400)]
    # 5 standard errors of a deviation of 160 ms.
    assert abs(sum(boots_us) / len(boots_us) - DIST.boot.mean_us[11]) < 40_000


def test_a_boot_takes_its_least_time_where_the_draw_is_below() -> None:
    hasty = replace(DIST, boot=Boot(mean_us={3: 1_000}, deviation_us={3: 1_000}, least_us=150_000))
    assert {max(draw(hasty, 3, Entropy(seed)).registered_us) for seed in range(20)} == {150_000 - SETTLE_US}


def test_a_boot_without_deviation_takes_its_mean_time() -> None:
    steady = replace(DIST, boot=Boot(mean_us={3: 400_000}, deviation_us={3: 0}, least_us=150_000))
    assert max(draw(steady, 3, Entropy(7)).registered_us) == 400_000 - SETTLE_US


@pytest.mark.parametrize(
    ("at", "value"), [(1, 100), (3, 100), (4, 200), (5, 300), (8, 600), (11, 900), (101, 900)]
)
def test_between_two_points_the_value_is_on_the_line_and_outside_the_nearest(at: int, value: int) -> None:
    assert interpolated({3: 100, 5: 300, 11: 900}, at) == value


@given(st.dictionaries(st.integers(1, 20), st.integers(0, 10**6), min_size=1, max_size=5), st.integers(1, 25))
def test_an_interpolated_value_lies_between_the_given_ones(points: dict[int, int], at: int) -> None:
    assert min(points.values()) <= interpolated(points, at) <= max(points.values())
