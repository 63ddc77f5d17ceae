"""Faults at a rate strike at random moments between their beginning and their end, and whom they can."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.faults import (
    Cut,
    Drift,
    Fault,
    Kill,
    LinksHealed,
    LinksHit,
    LoseWrites,
    PlannedFault,
    Restart,
    Resume,
    Slow,
    Steady,
    Strike,
    Suspend,
    Target,
)
from simulation.harness.plan import Calm
from simulation.harness.steps import Sleep
from simulation.trace import Kind
from tests.harness.plans import START_US, run

P1, P2 = range(2)
SECOND = (Sleep(1_000_000, 1_000_000),)
"""A script that keeps the run going for a second."""

HALF_US = 500_000


def at_a_rate(fault: Fault, every_us: int = 20_000, *processes: int, **changes: Any) -> PlannedFault:
    """A fault that strikes p1 again and again unless others are named."""
    target = Target("some", processes or (P1,))
    return PlannedFault("storm", changes.pop("at_us", 0), fault, target, every_us=every_us, **changes)


def struck(*faults: PlannedFault, **changes: Any) -> list[tuple[int, Fault, int]]:
    """When what struck whom, after the start of a run of two processes that lasts a second."""
    done = run(SECOND, SECOND, faults=faults, **changes)
    return [
        (told.time_us - START_US, told.content.fault, told.content.process)
        for told in done.told(Kind.STRIKE)
        if isinstance(told.content, Strike)
    ]


def moments(*faults: PlannedFault, **changes: Any) -> list[int]:
    return [at_us for at_us, _, _ in struck(*faults, **changes)]


@given(
    seed=st.integers(0, 2**128 - 1),
    every_us=st.integers(100, 300_000),
    from_us=st.integers(0, 400_000),
    for_us=st.integers(1, 400_000),
)
def test_it_strikes_after_its_beginning_and_before_its_end(
    seed: int, every_us: int, from_us: int, for_us: int
) -> None:
    every_us = max(every_us, for_us // 200)
    until_us = from_us + for_us
    found = moments(at_a_rate(Kill(), every_us, at_us=from_us, until_us=until_us), seed=seed)
    assert found == sorted(set(found))
    assert all(from_us < at_us < until_us for at_us in found)


@given(seed=st.integers(0, 2**128 - 1))
def test_at_its_very_end_it_strikes_no_more(seed: int) -> None:
    first, *_ = moments(at_a_rate(Kill()), seed=seed)
    assert moments(at_a_rate(Kill(), until_us=first), seed=seed) == []
    assert moments(at_a_rate(Kill(), until_us=first + 1), seed=seed) == [first]


@given(seed=st.integers(0, 2**128 - 1))
def test_a_seed_has_the_same_moments_again(seed: int) -> None:
    storm = at_a_rate(Suspend())
    assert struck(storm, seed=seed) == struck(storm, seed=seed)


def test_another_seed_has_other_moments() -> None:
    assert moments(at_a_rate(Kill()), seed=1) != moments(at_a_rate(Kill()), seed=2)


def test_another_fault_behind_it_moves_none_of_its_moments() -> None:
    alone = moments(at_a_rate(Kill()))
    other = PlannedFault("other", 0, Cut(), Target("p2", (P2,)), both=True, every_us=30_000, for_us=1_000)
    assert moments(at_a_rate(Kill()), other) == alone


def test_two_faults_with_one_rate_strike_at_different_moments() -> None:
    two = [PlannedFault(name, 0, Kill(), Target("p1", (P1,)), every_us=20_000) for name in ("one", "two")]
    found = moments(*two)
    assert len(found) == len(set(found))


def test_the_gaps_are_so_long_on_average() -> None:
    gaps: list[int] = []
    for seed in range(40):
        found = [0, *moments(at_a_rate(Kill(), 10_000), seed=seed)]
        gaps += [after - before for before, after in pairwise(found)]
    assert mean(gaps) == pytest.approx(10_000, rel=0.05)


def test_the_gaps_are_of_all_lengths() -> None:
    found = [0, *moments(at_a_rate(Kill(), 1_000))]
    gaps = [after - before for before, after in pairwise(found)]
    shorter = sum(gap < 693 for gap in gaps)
    assert shorter == pytest.approx(len(gaps) / 2, rel=0.15)
    assert max(gaps) > 4_000


def test_it_goes_on_to_the_end_of_the_run() -> None:
    assert moments(at_a_rate(Kill(), 20_000))[-1] > 900_000


def test_in_the_calm_it_strikes_no_more() -> None:
    calm = Calm(HALF_US, (P1, P2), HALF_US)
    found = moments(at_a_rate(Slow(2), 20_000, for_us=1_000), calm=calm)
    assert 400_000 < found[-1] <= HALF_US


def only(strikes: Sequence[tuple[int, Fault, int]], kind: type[Fault]) -> list[int]:
    """Whom strikes of this kind hit."""
    return [process for _, fault, process in strikes if isinstance(fault, kind)]


@pytest.mark.parametrize("fault", [Kill(), Suspend(), LoseWrites(), Slow(3), Drift(100)], ids=repr)
def test_who_is_struck_already_is_not_struck_again(fault: Fault) -> None:
    found = only(struck(at_a_rate(fault)), type(fault))
    assert found[0] == P1
    assert set(found[1:]) == {-1}


@pytest.mark.parametrize(
    ("fault", "undone"), [(Kill(), Restart), (Suspend(), Resume), (Slow(3), Steady)], ids=repr
)
def test_who_is_struck_while_it_lasts_is_held_no_longer_for_it(fault: Fault, undone: type[Fault]) -> None:
    found = struck(at_a_rate(fault, 10_000, for_us=50_000))
    begun: int | None = None
    for at_us, what, process in found:
        if process == P1 and isinstance(what, type(fault)):
            assert begun is None
            begun = at_us
        elif isinstance(what, undone):
            assert begun is not None
            assert at_us == begun + 50_000
            begun = None


def test_deaths_and_restarts_at_rates_take_turns() -> None:
    back = PlannedFault("back", 0, Restart(), Target("p1", (P1,)), every_us=20_000)
    turns = [fault for _, fault, process in struck(at_a_rate(Kill()), back) if process == P1]
    assert len(turns) > 10
    assert turns[::2] == [Kill()] * len(turns[::2])
    assert turns[1::2] == [Restart()] * len(turns[1::2])


def test_links_are_hit_as_often_as_they_are_healed() -> None:
    storm = PlannedFault("cut off", 0, Cut(), Target("p1", (P1,)), both=True, every_us=10_000, for_us=30_000)
    told = run(SECOND, SECOND, faults=(storm,)).told(Kind.STRIKE)
    hits = [one.time_us for one in told if isinstance(one.content, LinksHit)]
    heals = [one.time_us for one in told if isinstance(one.content, LinksHealed)]
    assert len(hits) > 50
    assert heals[:50] == [at_us + 30_000 for at_us in hits[:50]]
