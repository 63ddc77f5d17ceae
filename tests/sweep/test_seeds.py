"""Ranges of seeds: what was asked for in any form, and what of it is missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import InputError
from simulation.sweep.seeds import MOST, Range, missing, wanted


def ranges(most: int = 40) -> st.SearchStrategy[Range]:
    """Ranges that are not empty, below ``most``."""
    ends = st.tuples(st.integers(0, most), st.integers(0, most)).map(sorted)
    return ends.filter(lambda pair: pair[0] < pair[1]).map(tuple)


def members(found: list[Range]) -> list[int]:
    return [seed for first, end in found for seed in range(first, end)]


@given(ranges(), st.lists(ranges(), max_size=6))
def test_missing_is_what_was_asked_for_without_what_is_there(asked: Range, there: list[Range]) -> None:
    assert members(missing(asked, there)) == sorted({*range(*asked)} - {*members(there)})


@given(ranges(), st.lists(ranges(), max_size=6))
def test_gaps_are_as_long_as_can_be(asked: Range, there: list[Range]) -> None:
    gaps = missing(asked, there)
    assert all(first < end for first, end in gaps)
    assert all(before[1] < after[0] for before, after in pairwise(gaps))


def test_seeds_beyond_all_memory_cost_none() -> None:
    assert missing((0, MOST), [(5, 7), (0, 3), (5, 6)]) == [(3, 5), (7, MOST)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (range(1000), (0, 1000)),
        (range(7, 9), (7, 9)),
        (1000, (0, 1000)),
        (1, (0, 1)),
        ((0, 1000), (0, 1000)),
        ([7, 9], (7, 9)),
        ("0:1000", (0, 1000)),
        ("007:9", (7, 9)),
        ((MOST - 1, MOST), (MOST - 1, MOST)),
        (f"0:{MOST}", (0, MOST)),
    ],
)
def test_a_range_has_many_forms(given: object, found: Range) -> None:
    assert wanted(given) == found


@pytest.mark.parametrize(
    "given",
    [0, -5, range(0), range(5, 5), range(5, 3), (5, 5), (7, 3), "5:5", "7:3"],
    ids=repr,
)
def test_no_seed_at_all_is_refused(given: object) -> None:
    with pytest.raises(InputError, match=r"^seeds: "):
        wanted(given)


@pytest.mark.parametrize("given", [(-1, 5), range(-3, 3), (0, MOST + 1), 2**64, f"0:{2**127}"], ids=repr)
def test_a_seed_that_a_table_cannot_hold_is_refused(given: object) -> None:
    with pytest.raises(InputError, match=r"^seeds: .*from 0 to 2\*\*63 - 1"):
        wanted(given)


@pytest.mark.parametrize("given", [range(0, 10, 2), range(10, 0, -1)], ids=repr)
def test_a_range_with_gaps_is_refused(given: object) -> None:
    with pytest.raises(InputError, match=r"^seeds: .*gaps"):
        wanted(given)


@pytest.mark.parametrize(
    "given",
    [
        True,
        1.5,
        1e3,
        None,
        "1000",
        "a:b",
        "0:10:2",
        "-1:5",
        "",
        "9" * 50,
        f"0:{'9' * 50}",
        b"0:5",
        (1,),
        (1, 2, 3),
        (0.0, 5.0),
        ("0", "5"),
        {0: 5},
        {1, 2},
        object,
    ],
    ids=repr,
)
def test_what_is_no_range_is_refused(given: object) -> None:
    with pytest.raises(InputError, match=r"^seeds: "):
        wanted(given)


def test_truth_values_are_no_seeds() -> None:
    with pytest.raises(InputError, match=r"^seeds: "):
        wanted((False, True))
