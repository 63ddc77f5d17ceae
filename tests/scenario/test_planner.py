"""What a seed decides: order, values, draws; and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.faults import Kill, Resume
from simulation.harness.plan import Plan
from simulation.harness.steps import Wait
from simulation.kernel import Entropy, Purpose
from simulation.network import LOCAL
from simulation.scenario import Scenario, load, parse, plan
from tests.scenario.files import CORRECT, bent

COMPLEX = load("leader_crash_complex")
SEEDS = st.integers(0, 2**128 - 1)


def planned(text: str, seed: int = 7, **overrides: object) -> Plan:
    return plan(parse(text, overrides=overrides), seed)


@given(SEEDS)
def test_a_plan_is_a_function_of_scenario_and_seed(seed: int) -> None:
    again = load("leader_crash_complex")
    assert plan(again, seed) == plan(COMPLEX, seed)


@given(SEEDS)
def test_everybody_stands_in_the_order_once(seed: int) -> None:
    assert sorted(plan(COMPLEX, seed).order) == list(range(11))


def test_the_order_is_the_shuffle_of_the_seeds_own_stream() -> None:
    assert plan(COMPLEX, 3).order == Entropy(3).stream(Purpose.ORDER).shuffled(11)


def test_neighbouring_seeds_have_other_orders() -> None:
    assert len({plan(COMPLEX, seed).order for seed in range(20)}) == 20


@given(st.integers(0, 10**6), st.integers(0, 9), st.integers(0, 9))
def test_values_are_the_same_in_a_block_of_ten_seeds(block: int, one: int, other: int) -> None:
    assert plan(COMPLEX, 10 * block + one).values == plan(COMPLEX, 10 * block + other).values


def test_another_block_has_other_values() -> None:
    assert plan(COMPLEX, 9).values != plan(COMPLEX, 10).values


def test_a_value_does_not_depend_on_how_many_there_are() -> None:
    small, large = plan(load("many_1", participants=3), 5), plan(load("many_1", participants=7), 5)
    assert small.values == large.values[:3]


@given(SEEDS)
def test_values_are_legal(seed: int) -> None:
    found = plan(COMPLEX, seed)
    assert all(201 <= value <= 210 for value in found.values)


def test_listed_values_belong_to_p1_p2_and_so_on() -> None:
    found = planned(CORRECT, values=[5, 3, 5, 1, 2])
    assert found.values == (5, 3, 5, 1, 2)


def test_a_sorted_order_is_by_number() -> None:
    assert planned(CORRECT, order="sorted", participants=11).order == tuple(range(11))


def test_a_listed_order_stands() -> None:
    assert planned(CORRECT, order=["p3", "p1", "p2"], participants=3).order == (2, 0, 1)


def test_roles_are_places_in_the_order() -> None:
    found = planned(CORRECT, order=["p3", "p1", "p2"], participants=3)
    assert found.roles == {"proposer": (2,), "waiting": (0, 1)}


def asked(scenario: Scenario, seed: int) -> tuple[frozenset[int], int]:
    """The two proposers of ``simple_3``, and the instance that is asked for."""
    found = plan(scenario, seed)
    (wait,) = found.scripts[found.roles["waiting"][0]]
    assert isinstance(wait, Wait)
    return frozenset(found.roles["one"] + found.roles["two"]), wait.instance


def test_a_fixed_draw_is_the_same_for_the_same_names() -> None:
    scenario = load("simple_3")
    drawn = {asked(scenario, seed) for seed in range(100)}
    assert len(drawn) == len({names for names, _ in drawn}) == 3


def test_a_fixed_draw_follows_the_smallest_name() -> None:
    scenario = load("simple_3", participants=11)
    for seed in range(100):
        names, instance = asked(scenario, seed)
        least = min(names, key=lambda process: f"p{process + 1}")
        assert instance == 1 + Entropy(0).stream(Purpose.LET, least).between(0, 1)


def test_a_free_draw_varies_with_the_seed() -> None:
    scenario = load("simple_3", **{"let.asked": {"one_of": [1, 2]}})
    assert {asked(scenario, seed)[1] for seed in range(20)} == {1, 2}


def test_all_scripts_of_a_run_share_a_draw() -> None:
    scenario = load("simple_3")
    for seed in range(20):
        ends = [script[-1] for script in plan(scenario, seed).scripts]
        assert len(set(ends)) == 1


FAULTS = """
[[fault]]
at = "5ms"
do = "kill waiting except p1"
[[fault]]
name = "up again"
at = "2s"
do = "resume leader"
must_happen = false
"""


def test_a_fault_is_planned_with_whom_it_hits() -> None:
    text = bent('decision = "required"\nby = "all"\n', 'decision = "allowed"\n') + FAULTS
    kill, resume = planned(text, order="sorted").faults
    assert (kill.at_us, kill.fault, kill.target.processes) == (5_000, Kill(), (1, 2, 3, 4))
    assert (kill.name, kill.must_happen) == ("kill waiting except p1 at 5ms", True)
    assert (resume.fault, resume.target.leader, resume.target.processes) == (Resume(), True, ())
    assert (resume.name, resume.must_happen) == ("up again", False)


def test_whoever_is_killed_does_not_have_to_decide_unless_the_file_says_so() -> None:
    text = bent('by = "all"\n', "") + '[[fault]]\nat = "1s"\ndo = "kill p2"\n'
    assert planned(text, order="sorted").expect.by == (0, 2, 3, 4)


def test_a_statement_is_planned_with_whom_it_is_about() -> None:
    text = bent('by = "all"\n', 'happens = ["proposer killed before decision"]\n')
    (happening,) = planned(text, order="sorted").expect.happens
    assert (happening.processes, happening.what, happening.before_decision) == ((0,), "killed", True)


def test_a_network_key_replaces_one_condition_of_the_profile() -> None:
    found = planned(CORRECT, network={"delay": "0.2..1.2ms", "print": "1ms"}).conditions
    assert (found.delay_us, found.print_us) == ((200, 1_200), (1_000, 1_000))
    assert found.own_delay_us == LOCAL.own_delay_us


def test_a_boot_given_alone_is_a_constant() -> None:
    boot = planned(CORRECT, profile="dist", network={"boot": "300ms"}).conditions.boot
    assert (boot.mean_us, boot.deviation_us, boot.least_us) == ({5: 300_000}, {5: 0}, 100_000)


def test_the_head_is_planned_as_it_stands() -> None:
    found = planned(CORRECT, linger="0ms", limit="30s", max_events=1_000, announce="participants")
    assert (found.linger_us, found.limit_us, found.most_events) == (0, 30_000_000, 1_000)
    assert found.announce == "participants"


@pytest.mark.parametrize("seed", [-1, 2**128])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(InputError, match=f"seed: is {seed}"):
        plan(COMPLEX, seed)
