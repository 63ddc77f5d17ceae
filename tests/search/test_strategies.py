"""What every strategy promises: the same run for the same seed, and no alarm where nothing is wrong."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simulation import Run, Runner, load
from simulation.protocols.reports import Decided
from simulation.search import STRATEGIES, Calm, Deliver, reach
from simulation.search.moves import Again, Ask, Fire, Kill, Lose, Restart
from simulation.search.world import STEP_US
from simulation.trace.record import CONTENT, PROCESS, TIME

SEEDS = range(120)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_run_is_a_function_of_scenario_strategy_and_seed(strategy: str) -> None:
    scenario = load("duel", strategy=strategy)
    after_others = Runner(scenario)
    after_others.run(8)
    assert after_others.run(7).digest == Runner(scenario).run(7).digest


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_seeds_differ(strategy: str) -> None:
    runner = Runner(load("duel", strategy=strategy))
    assert len({runner.run(seed).digest for seed in range(8)}) > 4


@pytest.mark.parametrize("protocol", ["duel", "paxos"])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_there_is_no_alarm_about_a_correct_protocol(strategy: str, protocol: str) -> None:
    name = "duel" if protocol == "duel" else "many_1"
    runner = Runner(load(name, strategy=strategy))
    verdicts = {seed: runner.run(seed).verdict for seed in SEEDS}
    assert set(verdicts.values()) == {"pass"}, verdicts


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_somebody_decides_in_most_storms(strategy: str) -> None:
    runner = Runner(load("duel", strategy=strategy))
    decided = [bool(runner.run(seed).decisions) for seed in SEEDS]
    assert sum(decided) > len(decided) / 2


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_after_some_storms_a_core_decides_in_the_calm(strategy: str) -> None:
    runner = Runner(load("duel", strategy=strategy))
    calm = [run for run in map(runner.run, SEEDS) if run.moves and isinstance(run.moves[-1], Calm)]
    assert 10 < len(calm) < 60
    for run in calm:
        assert run.plan.calm is not None
        learned = {run.places.process(r[PROCESS]) for r in run.trace if isinstance(r[CONTENT], Decided)}
        assert learned.issuperset(run.plan.calm.core)


def test_the_storms_of_reach_hold_everything_that_can_happen() -> None:
    runner = Runner(load("duel", strategy="reach"))
    moves = [move for seed in range(400) for move in runner.run(seed).moves]
    assert {type(move) for move in moves} == {Ask, Fire, Deliver, Lose, Again, Kill, Restart, Calm}


def test_reach_doubles_messages_in_some_runs_and_not_in_others() -> None:
    runner = Runner(load("duel", strategy="reach"))
    doubled = [any(isinstance(m, Deliver) and m.keep for m in runner.run(seed).moves) for seed in SEEDS]
    assert 10 < sum(doubled) < 60


def an_old_question_comes_with_the_decision(run: Run) -> bool:
    """Whether an accept of an earlier attempt arrives between the first decision and the next attempt."""
    at = next((r[TIME] // STEP_US for r in run.trace if isinstance(r[CONTENT], Decided)), len(run.moves))
    begun = [place for place, move in enumerate(run.moves) if isinstance(move, Ask | Fire)]
    before, after = [place for place in begun if place < at], [place for place in begun if place >= at]
    if not after:
        return False
    last = run.moves[before[-1]].root
    return any(
        isinstance(move, Deliver) and move.message == "Accept" and move.root < last
        for move in run.moves[at : after[0]]
    )


def test_questions_that_are_overtaken_come_when_the_next_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = Runner(load("duel", strategy="reach"))
    found = []
    for overtaken in (False, True):
        theme = next(place for place, one in enumerate(reach.THEMES) if one.overtaken == overtaken)
        monkeypatch.setattr(reach, "SHARES", ((theme, 1),))
        found.append(sum(an_old_question_comes_with_the_decision(runner.run(seed)) for seed in SEEDS))
    races_alone, overtaken_ones = found
    assert overtaken_ones > max(30, 2 * races_alone)


def test_where_order_is_kept_nothing_is_doubled() -> None:
    runner = Runner(load("duel", strategy="portfolio", **{"network.fifo": True}))
    moves = [move for seed in SEEDS for move in runner.run(seed).moves]
    assert not any(isinstance(move, Deliver) and move.keep for move in moves)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_moves_of_a_run_make_the_run_again(strategy: str) -> None:
    runner = Runner(load("duel", strategy=strategy))
    for seed in range(20):
        run = runner.run(seed)
        trace, moves = list(run.trace), run.moves
        again = runner.follow(moves, seed)
        assert list(again.trace) == trace
        assert again.moves == moves


def test_any_part_of_a_schedule_is_a_schedule() -> None:
    runner = Runner(load("duel", strategy="reach"))
    moves = runner.run(3).moves
    for left_out in range(len(moves)):
        run = runner.follow((*moves[:left_out], *moves[left_out + 1 :]), 3)
        assert run.verdict == "pass"


def test_the_steps_strategy_strikes_at_one_step_after_the_other() -> None:
    runner = Runner(load("duel", strategy="steps"))
    killed_at = [
        next((place for place, move in enumerate(runner.run(4 * step).moves) if isinstance(move, Kill)), None)
        for step in range(8)
    ]
    assert all(place is not None for place in killed_at)
    assert killed_at == sorted(killed_at, key=lambda place: place or 0)


def test_a_strategy_is_data_but_for_what_it_plays() -> None:
    assert replace(STRATEGIES["reach"], name="other").play is STRATEGIES["reach"].play
