"""What the lines of one run say about it."""

from __future__ import annotations

import pytest

from simulation.protocols.reports import Proposed
from simulation.seedlog.runs import split
from tests.seedlog.samples import as_told, lines_of, run_of, simulated, started, starting

COUNTED = "p1 5 1 false"

LISTED = ":p1: started with [:p3, :p1, :p4, :p2]"

SPARE = "spare = [:p2, :p4]"

KILLS = "kill: leaders, followers = [:p3], [:p5, :p1]"

DECIDED = "p1 decided 1 {:val, 205}"


def test_lines_that_can_be_read_are_told_from_those_that_cannot() -> None:
    run = run_of(DECIDED, "oops", "p2 decided")
    assert ([line.text for line in run.readable], [line.text for line in run.unreadable]) == (
        [DECIDED],
        ["oops", "p2 decided"],
    )


def test_a_run_with_results_is_complete() -> None:
    assert run_of(DECIDED, "[val: 205]").complete


def test_a_run_in_which_all_were_killed_is_complete() -> None:
    assert run_of(DECIDED, "[]").complete


def test_a_run_without_results_was_cut_off() -> None:
    assert not run_of(DECIDED, "[val: 205").complete


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([*starting(1, 2, 3), COUNTED], 5),
        ([*starting(1, 2, 3), LISTED], 4),
        (starting(1, 3, 2), 3),
        (starting(1, 3), 3),
        ([*starting(1, 2), "p7 - p1 is leader"], 2),
        (["p7 - p1 is leader", "p2 - p1 is leader"], 7),
        ([COUNTED, COUNTED, "p1 55 2 false"], 5),
        ([COUNTED, "p2 0 1 false", "p2 0 1 false"], 5),
        (starting(999_999_999), 12),
        (["p1 999999999999 1 false"], 12),
    ],
    ids=[
        "as counted with a promise",
        "as many as are listed",
        "as many as start",
        "the start of one is missing",
        "what starts counts",
        "what is named counts where nothing starts",
        "what is counted most often",
        "a count of nought says nothing",
        "no more than fit, by name",
        "no more than fit, by count",
    ],
)
def test_participants_are(lines: list[str], count: int) -> None:
    assert run_of(*lines).participants == count


def test_order_is_that_of_the_list_at_the_start() -> None:
    assert run_of(LISTED).order == (2, 0, 3, 1)


@pytest.mark.parametrize("lines", [(SPARE, KILLS), (KILLS, SPARE)], ids=["spare first", "kills first"])
def test_order_is_that_of_the_killed_and_then_the_spares(lines: tuple[str, str]) -> None:
    assert run_of(*lines).order == (2, 4, 0, 1, 3)


@pytest.mark.parametrize("lines", [(DECIDED,), (SPARE,), (KILLS,), tuple(started(1, 2))])
def test_order_may_be_unknown(lines: tuple[str, ...]) -> None:
    assert run_of(*lines).order is None


@pytest.mark.parametrize(
    ("lines", "announced"),
    [
        (started(1, 2), "nothing"),
        ([":p2: started", LISTED], "participants"),
        ([":p1: started", SPARE], "kill sets"),
        ([":p1: started", KILLS], "kill sets"),
    ],
)
def test_scripts_announce(lines: list[str], announced: str) -> None:
    assert run_of(*lines).announces == announced


def test_survivors_read_their_queue() -> None:
    run = run_of(*starting(1, 2, 3), "p3: {:message_queue_len, 0}", "p1: {:message_queue_len, 2}")
    assert run.survivors == {0, 2}


def test_proposals_are_listed_by_process_in_order() -> None:
    run = run_of(
        "p2 - Propose 1 with action nil",
        "p1 - Propose 2 with action :kill_before_decision",
        "p2 - Propose 3 with action nil",
    )
    assert run.proposals() == {
        0: [as_told(Proposed(2, 204, "kill_before_decision"))],
        1: [as_told(Proposed(1, 205, None)), as_told(Proposed(3, 205, None))],
    }


@pytest.mark.parametrize(
    ("scenario", "participants", "announced"),
    [
        ("simple", 3, "nothing"),
        ("many_1", 5, "nothing"),
        ("leader_crash_complex", 11, "participants"),
        ("leader_crash_complex_2", 11, "kill sets"),
    ],
)
def test_a_simulated_run_is_recognised(scenario: str, participants: int, announced: str) -> None:
    run = run_of(simulated(scenario, "dist", 0))
    assert (run.participants, run.announces) == (participants, announced)


def test_one_run_of_the_seed_log_was_cut_off(seed_text: str) -> None:
    assert [run.number for run in split(lines_of(seed_text)) if not run.complete] == [205]
