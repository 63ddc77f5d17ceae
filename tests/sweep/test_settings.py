"""Overrides as they are typed: what ``pairs`` writes, the command line reads as the same scenario."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import ScenarioError, load, run
from simulation.cli.readers import overrides as typed
from simulation.scenario import Scenario, with_overrides
from simulation.scenario.settings import pairs

BASE = load("leader_crash_complex")

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=12)
"""Anything that a terminal lets one type, without white space at its ends."""

TIMES = st.sampled_from(["1ms", "2.5ms", "0.2..1.2ms", "1s"])

OVERRIDES = st.fixed_dictionaries(
    {},
    optional={
        "participants": st.integers(5, 9) | st.integers(5, 9).map(str),
        "profile": st.sampled_from(["local", "dist", '"dist"']),
        "about": TEXTS,
        "values": st.lists(st.integers(0, 999), min_size=11, max_size=11) | st.just("3..7"),
        "linger": TIMES.filter(lambda time: ".." not in time),
        "max_events": st.integers(1, 10**9),
        "network": st.fixed_dictionaries({}, optional={"delay": TIMES, "fifo": st.booleans()}),
        "roles.more": st.sampled_from(["first of all", ["p1", "p2"], ("p3",), "all"]),
        "let.chosen": st.fixed_dictionaries({"one_of": st.lists(st.integers(1, 9), min_size=1)}),
        "expect.happens": st.lists(st.sampled_from(["p1 decided", "p2 decided"]), unique=True),
    },
)


def read_again(scenario: Scenario) -> Scenario:
    """The scenario as the command line has it that ``pairs`` writes."""
    bare = load(scenario.name)
    return with_overrides(bare, **typed(pairs(scenario.overrides)))


@given(OVERRIDES)
def test_typed_overrides_give_the_same_scenario(overrides: dict[str, Any]) -> None:
    try:
        scenario = with_overrides(BASE, **overrides)
    except ScenarioError:
        return
    assert read_again(scenario).model == scenario.model


@given(OVERRIDES)
def test_typed_overrides_are_typed_the_same_again(overrides: dict[str, Any]) -> None:
    try:
        scenario = with_overrides(BASE, **overrides)
    except ScenarioError:
        return
    assert pairs(read_again(scenario).overrides) == pairs(scenario.overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        {"about": 'say "so"'},
        {"about": "a = b"},
        {"about": "tab\tand \\ back"},
        {"about": "två, 二"},
        {"script.waiting": ["wait 10s", "sleep 1..5ms"]},
        {"roles": {"less": ["p1"], "more": "all"}},
        {"let": {"chosen": {"one_of": [1, 2], "fixed_by": "proposer"}}},
    ],
    ids=repr,
)
def test_values_of_every_kind_survive(overrides: dict[str, Any]) -> None:
    scenario = load("simple", **overrides)
    assert read_again(scenario).model == scenario.model


def test_a_list_of_tables_survives() -> None:
    scenario = load("simple", fault=[{"at": "5ms", "do": "resume leader"}])
    assert read_again(scenario).model == scenario.model


def test_a_table_with_dotted_keys_survives() -> None:
    scenario = load("simple", **{"sweep.grid": {"network.delay": ["1ms", "2ms"]}})
    assert read_again(scenario).model == scenario.model


def test_a_pair_is_a_key_and_its_value() -> None:
    found = pairs({"network.delay": "1ms", "participants": 5, "profile": "dist"})
    assert found == ["network.delay=1ms", "participants=5", "profile=dist"]


def test_the_order_in_which_overrides_are_given_changes_no_run() -> None:
    drawn = {"one_of": [1, 2, 3, 4]}
    scenario = load(
        "simple",
        **{"let.second": drawn, "let.first": drawn, "script.proposer": ["propose instance first"]},
        **{"script.waiting": ["wait 1s instance second"], "expect.decision": "allowed"},
    )
    again = read_again(scenario)
    assert [run(again, seed).digest for seed in range(5)] == [run(scenario, seed).digest for seed in range(5)]
