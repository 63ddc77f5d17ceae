"""Where a run of a log begins, and where it ends."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import LogError
from simulation.seedlog.runs import split
from tests.fidelity.lines import cut as cut_otherwise
from tests.fidelity.lines import split_runs
from tests.seedlog.samples import lines_of, runs_of, simulated, started, starting

RESULTS = "[val: 205, val: 205]"

HEAD = [*starting(1, 2), *started(1, 2)]

WHOLE = [*HEAD, RESULTS]

CUT_OFF = HEAD

LOGS = [
    simulated(scenario, profile, seed).split("\n")
    for scenario in ("simple", "leader_crash_complex", "many_2")
    for profile in ("local", "dist")
    for seed in (0, 1)
]


def texts(*lines: str) -> list[list[str]]:
    """The lines of each run of a log."""
    return [[line.text for line in run.lines] for run in runs_of(lines)]


def starts_in(log: list[str]) -> int:
    return len(next(list(lines) for _, lines in groupby(log, lambda line: line.startswith("Starting"))))


CUT_LOGS = st.sampled_from(LOGS).flatmap(
    lambda log: st.integers(starts_in(log) + 1, len(log)).map(lambda end: log[:end])
)
"""Runs that may have been cut off anywhere, once everybody had started."""


def test_a_log_of_nothing_has_no_runs() -> None:
    assert texts() == []


def test_a_run_begins_after_the_results_of_the_one_before() -> None:
    assert texts(*WHOLE, *WHOLE) == [WHOLE, WHOLE]


def test_one_start_after_results_is_enough() -> None:
    alone = [*starting(1), "[val: 205]"]
    assert texts(*WHOLE, *alone) == [WHOLE, alone]


def test_a_run_begins_where_several_start_after_one_that_was_cut_off() -> None:
    assert texts(*CUT_OFF, *WHOLE) == [CUT_OFF, WHOLE]


def test_a_start_amid_a_run_is_a_stray_line() -> None:
    lines = [*HEAD, *starting(2), RESULTS]
    assert texts(*lines) == [lines]


def test_a_start_amid_a_later_run_is_a_stray_line_too() -> None:
    lines = [*HEAD, *starting(2), RESULTS]
    assert texts(*WHOLE, *lines) == [WHOLE, lines]


def test_a_start_at_the_end_of_a_log_is_a_stray_line() -> None:
    lines = [*CUT_OFF, *starting(1)]
    assert texts(*lines) == [lines]


def test_unreadable_lines_at_the_head_belong_to_the_first_run() -> None:
    lines = ["oops", "oops again", *WHOLE]
    assert texts(*lines) == [lines]


def test_a_first_run_may_lack_its_starts() -> None:
    assert texts(*started(1, 2), RESULTS, *WHOLE) == [[*started(1, 2), RESULTS], WHOLE]


def test_lines_after_results_belong_to_the_run_before() -> None:
    ended = [*WHOLE, "oops", "p1: {:message_queue_len, 0}"]
    assert texts(*ended, *WHOLE) == [ended, WHOLE]


def test_an_unreadable_line_between_starts_begins_no_run() -> None:
    odd = [*starting(1), "oops", *starting(3, 4), *started(1, 3, 4), RESULTS]
    assert texts(*WHOLE, *odd) == [WHOLE, odd]


def test_a_second_list_of_results_begins_no_run() -> None:
    lines = [*WHOLE, RESULTS]
    assert texts(*lines) == [lines]


def test_runs_are_numbered_from_nought() -> None:
    assert [run.number for run in runs_of([*WHOLE, *CUT_OFF, *WHOLE])] == [0, 1, 2]


def test_lines_keep_the_numbers_that_they_have_in_the_log() -> None:
    assert [line.number for line in runs_of([*WHOLE, *WHOLE])[1].lines] == [6, 7, 8, 9, 10]


@settings(max_examples=30)
@given(st.lists(CUT_LOGS, max_size=5))
def test_runs_are_told_apart_even_if_they_were_cut_off(logs: list[list[str]]) -> None:
    assert texts(*(line for log in logs for line in log)) == logs


def test_a_run_that_never_ends_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.seedlog.runs.MOST_LINES", 7)
    with pytest.raises(LogError, match=r"^line 6: the run that begins here has more than 7 lines"):
        runs_of([*WHOLE, *HEAD, *started(1, 2, 1, 2)])


def test_a_run_may_have_as_many_lines_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.seedlog.runs.MOST_LINES", 5)
    assert texts(*WHOLE, *WHOLE) == [WHOLE, WHOLE]


def test_runs_before_one_that_never_ends_are_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.seedlog.runs.MOST_LINES", 7)
    runs = split(lines_of("\n".join([*WHOLE, *HEAD, *started(1, 2, 1, 2)])))
    assert [line.text for line in next(runs).lines] == WHOLE


def test_runs_of_the_seed_log_begin_where_another_reader_finds_them(seed_text: str) -> None:
    otherwise = [[line.text for line in lines] for lines in split_runs(cut_otherwise(seed_text))]
    assert [[line.text for line in run.lines] for run in split(lines_of(seed_text))] == otherwise
