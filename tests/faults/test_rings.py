"""The majority ring: everybody is left with a majority, and no two with the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.faults import RING_LEAST, Clog, Cut, LinksHit, RingHit, ring_reach

RINGS = st.integers(RING_LEAST, 40).flatmap(lambda count: st.permutations(range(count)))


def left(ring: Sequence[int]) -> dict[int, set[int]]:
    """Whom each still reaches, itself too."""
    hit = RingHit(Cut(), tuple(ring), tuple(ring), True, "ring").pairs()
    return {one: {other for other in ring if (one, other) not in hit} for one in ring}


@given(RINGS)
def test_everybody_is_left_with_a_majority_and_himself(ring: list[int]) -> None:
    for one, reached in left(ring).items():
        assert one in reached
        assert len(ring) // 2 < len(reached) < len(ring)


@given(RINGS)
def test_no_two_are_left_with_the_same(ring: list[int]) -> None:
    sets = [frozenset(reached) for reached in left(ring).values()]
    assert len(set(sets)) == len(ring)


@given(RINGS)
def test_links_are_hit_in_both_directions(ring: list[int]) -> None:
    reached = left(ring)
    assert all(one in reached[other] for one in ring for other in reached[one])


@given(RINGS)
def test_one_neighbour_less_on_either_side_would_be_no_majority(ring: list[int]) -> None:
    assert 2 * (ring_reach(len(ring)) - 1) + 1 <= len(ring) // 2


@pytest.mark.parametrize(("count", "reached"), [(4, 3), (5, 3), (6, 5), (7, 5), (8, 5), (9, 5), (11, 7)])
def test_so_many_are_left(count: int, reached: int) -> None:
    assert {len(found) for found in left(range(count)).values()} == {reached}


def test_of_five_only_the_next_on_either_side_are_left() -> None:
    assert left((3, 0, 2, 1, 4))[0] == {3, 0, 2}


def test_links_that_are_hit_in_both_directions_are_pairs_of_both() -> None:
    one_way = LinksHit(Clog(), (0,), (1, 2), False, "one way")
    both = LinksHit(Clog(), (0,), (1, 2), True, "both")
    assert one_way.pairs() == {(0, 1), (0, 2)}
    assert both.pairs() == {(0, 1), (0, 2), (1, 0), (2, 0)}
