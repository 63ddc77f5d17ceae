"""A run is a function of (scenario, seed): whatever ran before it, beside it or since."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import Runner, load, run

SCENARIO = "leader_crash_complex_2"

SEEDS = st.integers(0, 50) | st.integers(0, 2**128 - 1)


def test_a_run_after_a_thousand_others_is_the_run_alone() -> None:
    runner = Runner(load("leader_crash_simple"))
    for seed in range(1000):
        runner.run(seed)
    assert runner.run(7).digest == run("leader_crash_simple", seed=7).digest


def test_runners_in_turn_do_not_disturb_each_other() -> None:
    scenarios = [
        load(SCENARIO, profile=profile, protocol=protocol)
        for profile in ("local", "dist")
        for protocol in ("paxos", "textbook")
    ]
    alone = [[run(scenario, seed).digest for seed in range(5)] for scenario in scenarios]
    runners = [Runner(scenario) for scenario in scenarios]
    in_turn = [[runner.run(seed).digest for runner in runners] for seed in range(5)]
    assert in_turn == [list(column) for column in zip(*alone, strict=True)]


@settings(max_examples=20, deadline=None)
@given(st.lists(SEEDS, min_size=2, max_size=6))
def test_a_runner_used_again_runs_as_a_new_one(seeds: list[int]) -> None:
    scenario = load(SCENARIO)
    runner = Runner(scenario)
    assert [runner.run(seed).digest for seed in seeds] == [run(scenario, seed).digest for seed in seeds]


def test_a_finished_run_stays_as_it_is_when_its_runner_goes_on() -> None:
    runner = Runner(load(SCENARIO))
    first = runner.run(1)
    before = (first.digest, first.log(), first.decisions, first.survivors, first.verdict, first.virtual_us)
    runner.run(2)
    after = (first.digest, first.log(), first.decisions, first.survivors, first.verdict, first.virtual_us)
    assert after == before


def test_two_seeds_are_two_runs() -> None:
    runner = Runner(load(SCENARIO))
    assert len({runner.run(seed).digest for seed in range(100)}) == 100
