"""Targets that are drawn when a fault strikes: one of a set, of those whom it can strike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.faults import (
    Cut,
    Fault,
    Kill,
    LinksHit,
    Pin,
    PlannedFault,
    Restart,
    Resume,
    Strike,
    Suspend,
    Target,
)
from simulation.harness.steps import Propose, Sleep
from simulation.trace import Kind
from tests.harness.plans import START_US, run

EVERYBODY = range(5)
ANY = Target("any of all", tuple(EVERYBODY), drawn=True)
BUSY = (Sleep(10_000, 10_000),)
LONG = (Sleep(1_000_000, 1_000_000),)


def drawn(fault: Fault, at_us: int = 2_000, target: Target = ANY, **changes: Any) -> PlannedFault:
    return PlannedFault(f"{type(fault).__name__} {at_us}", at_us, fault, target, **changes)


def struck(*faults: PlannedFault, script: Any = BUSY, **changes: Any) -> list[tuple[Fault, int]]:
    """What struck whom, in order."""
    done = run(*[script] * len(EVERYBODY), faults=faults, **changes)
    strikes = [told.content for told in done.told(Kind.STRIKE) if isinstance(told.content, Strike)]
    return [(strike.fault, strike.process) for strike in strikes]


def hits(*faults: PlannedFault, seed: int = 7, script: Any = BUSY) -> list[LinksHit]:
    done = run(*[script] * len(EVERYBODY), faults=faults, seed=seed)
    return [told.content for told in done.told(Kind.STRIKE) if isinstance(told.content, LinksHit)]


def test_one_is_struck_and_in_many_runs_everybody() -> None:
    found = [struck(drawn(Kill()), seed=seed) for seed in range(60)]
    assert {len(strikes) for strikes in found} == {1}
    assert {process for ((_, process),) in found} == set(EVERYBODY)


@given(st.integers(0, 2**128 - 1))
def test_a_seed_draws_the_same_again(seed: int) -> None:
    faults = (drawn(Kill()), drawn(Suspend(), 3_000), drawn(Kill(), 4_000))
    assert struck(*faults, seed=seed) == struck(*faults, seed=seed)


def test_only_one_of_the_set_is_struck() -> None:
    some = Target("any of some", (1, 3), drawn=True)
    assert {struck(drawn(Kill(), target=some), seed=seed)[0][1] for seed in range(30)} == {1, 3}


def test_each_strike_draws_anew() -> None:
    storm = drawn(Suspend(), 0, every_us=10_000, for_us=100)
    assert {process for _, process in struck(storm, script=LONG)} == set(EVERYBODY)


@pytest.mark.parametrize("fault", [Kill(), Suspend()], ids=repr)
def test_who_is_struck_already_is_not_drawn(fault: Fault) -> None:
    found = struck(drawn(fault, 0, every_us=10_000), script=LONG)
    assert sorted(process for _, process in found[:5]) == list(EVERYBODY)
    assert {process for _, process in found[5:]} == {-1}


@pytest.mark.parametrize(("first", "then"), [(Kill(), Restart()), (Suspend(), Resume())], ids=repr)
def test_whom_it_can_strike_is_drawn(first: Fault, then: Fault) -> None:
    two = drawn(first, 1_000, Target("p2, p4", (1, 3)))
    found = {struck(two, drawn(then), seed=seed)[-1] for seed in range(30)}
    assert found == {(then, 1), (then, 3)}


def test_a_draw_at_one_fault_moves_none_at_another() -> None:
    late = drawn(Kill(), 5_000)
    alone = [struck(late, seed=seed)[-1] for seed in range(20)]
    links = drawn(Cut(), 1_000, both=True, for_us=1_000)
    assert [struck(late, links, seed=seed)[-1] for seed in range(20)] == alone


def test_who_is_isolated_is_drawn_too() -> None:
    for seed in range(10):
        (hit,) = hits(drawn(Cut(), both=True), seed=seed)
        (cut_off,) = hit.sources
        assert hit.destinations == tuple(process for process in EVERYBODY if process != cut_off)


def test_the_dead_are_not_cut_off() -> None:
    dead = drawn(Kill(), 1_000, Target("four", (0, 1, 3, 4)))
    assert {hits(dead, drawn(Cut(), both=True), seed=seed)[0].sources for seed in range(10)} == {(2,)}


@given(st.integers(0, 2**128 - 1))
def test_both_ends_of_a_link_are_two(seed: int) -> None:
    (hit,) = hits(drawn(Cut(), to=ANY), seed=seed)
    assert len({*hit.sources, *hit.destinations}) == 2


def test_at_a_step_one_is_drawn_too() -> None:
    pin = Pin("LeaderNamed", 1, before=False)
    script = (Sleep(1_000, 1_000), Propose(action="p3"), *BUSY)
    found = [struck(drawn(Kill(), pin=pin), script=script, seed=seed) for seed in range(30)]
    assert {len(strikes) for strikes in found} == {1}
    assert len({process for ((_, process),) in found}) > 1


def test_a_death_that_lasts_ends_in_the_restart_of_the_same() -> None:
    for seed in range(10):
        (_, died), (undone, back) = struck(drawn(Kill(), for_us=1_000), seed=seed)
        assert (undone, back) == (Restart(), died)


def test_when_it_strikes_does_not_depend_on_whom() -> None:
    def moments(target: Target) -> list[int]:
        done = run(*[LONG] * 5, faults=(drawn(Kill(), 0, target, every_us=20_000, until_us=900_000),))
        return [told.time_us - START_US for told in done.told(Kind.STRIKE)]

    assert moments(ANY) == moments(Target("p1", (0,)))
