"""Failing runs of planted bugs become stories that fit on a screen."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from simulation import Run, Runner, load, replay
from simulation.errors import InputError
from simulation.harness.steps import proposals
from simulation.replay import record_lines
from simulation.search.moves import Calm, Deliver, Kill, Restart
from simulation.shrink import Shrinking, Shrunk, shrink
from simulation.shrink.telling import CALM_LINES

FAILING = {
    "VOTES_FOR_ANYTHING": 16,
    "HIDES_ITS_VOTE": 18,
    "ADOPTS_MAJORITIES_ONLY": 16,
    "SKIPS_ITS_FIRST_PHASE_ONE": 10,
    "QUORUM_OF_HALF": 14,
}
"""Bugs that are found in a few runs, and a length that their shortest runs do not exceed by much."""


def failing(bug: str) -> Run:
    """The first run of the portfolio in which this bug is found."""
    runner = Runner(load("duel", strategy="portfolio", protocol=f"simulation.planted:{bug}"))
    for seed in range(300):
        run = runner.run(seed)
        if {"agreement", "one value chosen"} & {violation.check for violation in run.violations}:
            return Runner(runner.scenario).run(seed)
    raise AssertionError(f"{bug} is not found")


@cache
def shrunk(bug: str) -> Shrunk:
    """That run, made small."""
    return shrink(failing(bug))


@pytest.mark.parametrize("bug", FAILING)
def test_it_fails_in_the_same_way_as_before(bug: str) -> None:
    done = shrunk(bug)
    assert done.check in [violation.check for violation in done.run.violations]


@pytest.mark.parametrize(("bug", "shortest"), FAILING.items())
def test_it_is_hardly_longer_than_the_shortest_that_is_known(bug: str, shortest: int) -> None:
    assert len(shrunk(bug).run.moves) <= shortest + 3


@pytest.mark.parametrize("bug", FAILING)
def test_no_single_move_can_be_left_out(bug: str) -> None:
    done = shrunk(bug)
    runner = Runner(done.run.scenario)
    for left_out in range(len(done.run.moves)):
        moves = (*done.run.moves[:left_out], *done.run.moves[left_out + 1 :])
        run = runner.follow(moves, done.run.seed)
        assert done.check not in [violation.check for violation in run.violations]


@pytest.mark.parametrize("bug", FAILING)
def test_its_record_replays_byte_by_byte(bug: str, tmp_path: Path) -> None:
    done = shrunk(bug)
    record = tmp_path / "small.jsonl"
    record.write_text("\n".join(record_lines(done.run)) + "\n", encoding="utf-8")
    assert "\n".join(record_lines(replay(record))) + "\n" == record.read_text(encoding="utf-8")


@pytest.mark.parametrize("bug", FAILING)
def test_nothing_is_in_it_that_did_not_matter(bug: str) -> None:
    moves = shrunk(bug).run.moves
    assert not any(isinstance(move, (Kill, Restart)) for move in moves)
    assert not any(isinstance(move, Deliver) and move.keep for move in moves)


def test_the_story_says_when_the_violation_became_inevitable() -> None:
    story = "\n".join(shrunk("VOTES_FOR_ANYTHING").story)
    assert "FROM HERE ON INEVITABLE" in story
    assert "as far as 20 random continuations tell" in story


def test_the_story_says_what_came_late() -> None:
    assert "LATE: sent in move" in "\n".join(shrunk("VOTES_FOR_ANYTHING").story)


def test_the_story_is_told_in_the_words_of_the_protocol() -> None:
    story = "\n".join(shrunk("VOTES_FOR_ANYTHING").story)
    for words in ("proposes", "promises ballot", "asks for", "votes for"):
        assert words in story


def test_idle_processes_are_left_out() -> None:
    scenario = load(
        "duel", strategy="reach", protocol="simulation.planted:HIDES_ITS_VOTE", participants=7, values="1..9"
    )
    runner = Runner(scenario)
    run = next(run for run in map(runner.run, range(200)) if "agreement" in [v.check for v in run.violations])
    assert len(shrink(Runner(scenario).run(run.seed)).run.plan.names) == 5


def test_the_same_run_is_made_small_in_the_same_way() -> None:
    assert shrink(failing("HIDES_ITS_VOTE")).run.digest == shrunk("HIDES_ITS_VOTE").run.digest


def test_what_was_made_small_is_as_small_as_it_gets() -> None:
    done = shrunk("VOTES_FOR_ANYTHING")
    assert len(shrink(done.run).run.moves) == len(done.run.moves)


def test_another_property_can_be_asked_for() -> None:
    done = shrink(failing("VOTES_FOR_ANYTHING"), check="promises kept")
    assert len(done.run.moves) < len(shrunk("VOTES_FOR_ANYTHING").run.moves)


def test_a_property_that_holds_cannot() -> None:
    with pytest.raises(InputError, match=r"'validity' is not violated\. Violated: "):
        shrink(failing("VOTES_FOR_ANYTHING"), check="validity")


def test_a_run_that_passes_cannot_be_made_small() -> None:
    with pytest.raises(InputError, match="nothing is violated"):
        shrink(Runner(load("duel", strategy="reach")).run(0))


def timed(bug: str, scenario: str, check: str) -> Run:
    """The first run that follows the times of a network in which this bug violates this check."""
    runner = Runner(load(scenario, protocol=f"simulation.planted:{bug}"))
    for seed in range(100):
        run = runner.run(seed)
        if check in [violation.check for violation in run.violations]:
            return Runner(runner.scenario).run(seed)
    raise AssertionError(f"{bug} is not found")


def test_a_run_that_follows_the_times_of_a_network_is_made_as_small() -> None:
    run = timed("QUORUM_OF_HALF", "duel", "agreement")
    done = shrink(run)
    assert run.moves == ()
    assert done.check == "agreement"
    assert len(done.run.moves) <= FAILING["QUORUM_OF_HALF"] + 3


def test_of_many_instances_only_the_one_is_left_that_failed() -> None:
    run = timed("HIDES_ITS_VOTE", "storm_loss", "one value chosen")
    done = shrink(run)
    assert len({proposal.instance for script in run.plan.scripts for proposal in proposals(script)}) == 5
    assert len({proposal.instance for script in done.run.plan.scripts for proposal in proposals(script)}) == 1
    assert len(done.run.moves) <= FAILING["HIDES_ITS_VOTE"] + 3


def test_a_storm_after_which_nothing_is_ever_decided_ends_as_the_calm_alone() -> None:
    done = shrink(timed("REFUSES_ITS_PROMISE", "storm_paces", "liveness"))
    assert [type(move) for move in done.run.moves] == [Calm]


def test_the_story_of_a_calm_tells_how_it_begins_and_how_long_it_goes_on() -> None:
    run = Runner(load("duel", strategy="portfolio", protocol="simulation.planted:REFUSES_ITS_PROMISE")).run(1)
    calm, *events = shrink(run).story[2:]
    assert calm.startswith("1  calm: ")
    assert "0us later  p3 starts ballot 1·p3" in events[0]
    assert events[CALM_LINES].lstrip().startswith("and so on, 2,315 events in 30s")
    assert "faults that mattered: none" in events


def test_a_failure_that_is_a_matter_of_time_cannot() -> None:
    run = timed("REFUSES_ITS_PROMISE", "storm_paces", "termination")
    with pytest.raises(InputError, match="the order of its events alone does not make 'termination' fail"):
        shrink(run, check="termination")


def test_what_is_there_when_it_is_stopped_is_the_best_so_far() -> None:
    def stop(text: str) -> None:
        if text.endswith("events"):
            raise KeyboardInterrupt

    run = failing("VOTES_FOR_ANYTHING")
    shrinking = Shrinking(run, tell=stop)
    with pytest.raises(KeyboardInterrupt):
        shrinking.go()
    best = shrinking.result(complete=False)
    assert len(best.run.moves) < len(run.moves)
    assert best.check in [violation.check for violation in best.run.violations]
