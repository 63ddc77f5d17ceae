"""A log is cut into the same lines however it is written and in whatever pieces it comes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.seedlog.lines import LONGEST, cut
from tests.seedlog.samples import GARBAGE, LINES, lines_of, simulated

BLANKS = st.sampled_from(["", " ", "\t", "\r"])

ENDS = st.sampled_from([" ", "  ", "\n", "\n\n", "\r\n", " \n "])
"""What may stand between two lines."""

RUNS = 5 * [simulated("leader_crash_complex", "dist", seed) for seed in range(10)]

DAMAGED = "\n".join(run.replace("accepted 1 1\n", "accepted 1 1 oops\n") for run in RUNS)
"""A log that is longer than what is looked at at once, and has unreadable lines all over."""


def pieces_of(text: str, sizes: list[int]) -> list[str]:
    """A text in pieces of these sizes, again and again."""
    ends = [0]
    while ends[-1] < len(text):
        ends.append(ends[-1] + sizes[len(ends) % len(sizes)])
    return [text[start:end] for start, end in pairwise(ends)]


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_every_line_stands_alone_where_lines_end_in_newlines(lines: list[str]) -> None:
    found = lines_of("\n".join(lines))
    assert [(line.number, line.text) for line in found] == list(enumerate(lines, 1))


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_lines_joined_by_spaces_are_the_same_lines(lines: list[str]) -> None:
    assert lines_of(" ".join(lines)) == lines_of("\n".join(lines))


@pytest.mark.parametrize("profile", ["local", "dist"])
def test_a_joined_run_has_the_same_lines(profile: str) -> None:
    log = simulated("leader_crash_complex_2", profile, 3)
    assert lines_of(log.replace("\n", " ")) == lines_of(log)


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_a_newline_at_the_end_changes_nothing(lines: list[str]) -> None:
    assert lines_of("\n".join(lines) + "\n") == lines_of("\n".join(lines))


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_a_space_at_the_end_of_a_joined_log_changes_nothing(lines: list[str]) -> None:
    assert lines_of(" ".join(lines) + " ") == lines_of(" ".join(lines))


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_lines_may_end_as_on_windows(lines: list[str]) -> None:
    assert lines_of("\r\n".join(lines) + "\r\n") == lines_of("\n".join(lines))


@settings(max_examples=40)
@given(LINES, st.lists(LINES | GARBAGE | BLANKS, max_size=20))
def test_lines_have_the_numbers_that_an_editor_shows(first: str, rest: list[str]) -> None:
    texts = [first, *rest]
    in_editor = [(number, text) for number, text in enumerate(texts, 1) if text.strip()]
    assert [(line.number, line.text) for line in lines_of("\n".join(texts))] == in_editor


def test_blank_lines_before_the_first_line_are_counted() -> None:
    assert [line.number for line in lines_of("\n \n\np1 accepted 1 1\np2 accepted 1 1\n")] == [4, 5]


def test_a_line_may_be_indented() -> None:
    found = lines_of("  p1 accepted 1 1\n\tp2 accepted 1 1\n")
    assert [line.text for line in found] == ["p1 accepted 1 1", "p2 accepted 1 1"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \t"])
def test_a_log_of_nothing_has_no_lines(text: str) -> None:
    assert lines_of(text) == []


def test_a_log_of_no_pieces_has_no_lines() -> None:
    assert lines_of() == []


def test_a_long_form_is_not_taken_for_a_short_one_that_it_begins_with() -> None:
    found = lines_of(":p1: started :p2: started with [:p1, :p2] :p3: started")
    assert [line.text for line in found] == [
        ":p1: started",
        ":p2: started with [:p1, :p2]",
        ":p3: started",
    ]


@given(
    st.lists(st.tuples(LINES | GARBAGE, ENDS), max_size=12).map(
        lambda pairs: "".join(text + end for text, end in pairs)
    ),
    st.lists(st.integers(1, 40), min_size=1, max_size=5),
)
def test_small_pieces_make_the_same_lines(text: str, sizes: list[int]) -> None:
    assert lines_of(*pieces_of(text, sizes)) == lines_of(text)


@pytest.mark.parametrize("end", ["\n", " "], ids=["newlines", "joined"])
@settings(max_examples=15)
@given(sizes=st.lists(st.integers(2_000, 3 * LONGEST), min_size=1, max_size=4))
def test_pieces_of_a_long_log_make_the_same_lines(end: str, sizes: list[int]) -> None:
    text = DAMAGED.replace("\n", end)
    assert lines_of(*pieces_of(text, sizes)) == lines_of(text)


def test_the_long_log_is_longer_than_what_is_looked_at_at_once() -> None:
    assert len(DAMAGED) > 2 * LONGEST


def test_empty_pieces_make_no_difference() -> None:
    assert lines_of("", "p1 acc", "", "epted 1 1\n", "") == lines_of("p1 accepted 1 1\n")


def test_lines_are_given_away_before_all_pieces_are_read() -> None:
    pieces = iter([DAMAGED] * 10)
    next(cut(pieces))
    assert len(list(pieces)) == 9
