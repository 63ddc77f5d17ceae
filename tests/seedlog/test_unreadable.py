"""What is no line of such a log is skipped, and told, and costs no more than it must."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.seedlog.lines import LONGEST, Line, cut
from tests.seedlog.samples import GARBAGE, LINES, lines_of

GOOD = "p1 accepted 1 1"
NEXT = "p2 decided 1 {:val, 205}"

LISTED = ":p1: started with [" + ", ".join([":p1"] * 34 + [":p10"] * 2) + "]"
"""A line as long as what is kept of one that cannot be read."""

WRONG = {
    "at its beginning": "oops p2 accepted 1 1",
    "in its middle": "p2 accepted oops 1 1",
    "at its end": "p2 accepted 1 1 oops",
    "right at its end": "p2 accepted 1 1oops",
    "that is another line": "p2 accepted 1 1 p3 accepted 1 1",
    "that is another line before a space": "p2 accepted 1 1 p3 accepted 1 1 ",
}

ALONE = st.sampled_from(["oops", "** (EXIT) killed", "p1 accepted", "é"])
"""Garbage that makes no line together with what may follow it."""

PIECE = 2**16
PIECES = 64
"""Of these pieces the garbage here has 4 MiB."""

MOST_BYTES = 2**20
"""More than is needed for any garbage."""

HUGE = {
    "one word": "x" * PIECE,
    "long words": ("x" * 1_000 + " ") * 65,
    "words": "oops " * (PIECE // 5),
    "almost lines": "p1 accepted 1 " * (PIECE // 14),
}


def flags(lines: list[Line]) -> list[tuple[int, str, bool]]:
    """Each line's number and text, and whether it could be read."""
    return [(line.number, line.text, line.said is not None) for line in lines]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["newlines", "as on Windows"])
def test_a_line_with_something_wrong_is_unreadable_as_a_whole(wrong: str, end: str) -> None:
    found = lines_of(f"{GOOD}{end}{wrong}{end}{NEXT}{end}")
    assert flags(found) == [(1, GOOD, True), (2, wrong.strip(), False), (3, NEXT, True)]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_the_last_line_is_unreadable_as_a_whole_too(wrong: str) -> None:
    found = lines_of(f"{GOOD}\n{wrong}")
    assert [(number, read) for number, _, read in flags(found)] == [(1, True), (2, False)]


@pytest.mark.parametrize("place", ["in its middle", "right at its end"])
def test_the_first_line_is_unreadable_as_a_whole_too(place: str) -> None:
    found = lines_of(f"{WRONG[place]}\n{GOOD}\n{NEXT}\n")
    assert flags(found) == [(1, WRONG[place], False), (2, GOOD, True), (3, NEXT, True)]


@pytest.mark.parametrize("place", ["at its beginning", "at its end"])
def test_half_the_first_line_does_not_make_a_line(place: str) -> None:
    found = lines_of(f"{WRONG[place]}\n{GOOD}\n{NEXT}\n")
    assert flags(found) == [(1, WRONG[place], False), (2, GOOD, True), (3, NEXT, True)]


def test_words_of_another_program_before_the_first_line_change_nothing_after_it() -> None:
    found = lines_of(f"Compiling\n{GOOD}\n{WRONG['at its end']}\n{NEXT}\n")
    assert flags(found)[2:] == [(3, WRONG["at its end"], False), (4, NEXT, True)]


def test_a_joined_log_may_begin_with_what_is_unreadable() -> None:
    found = lines_of(f"oops {GOOD} {NEXT}")
    assert flags(found) == [(1, "oops", False), (2, GOOD, True), (3, NEXT, True)]


@settings(max_examples=40)
@given(LINES, st.lists(LINES | GARBAGE, max_size=20))
def test_garbage_between_newlines_leaves_all_other_lines_alone(first: str, rest: list[str]) -> None:
    alone = [lines_of(text)[0].said for text in [first, *rest]]
    assert [line.said for line in lines_of("\n".join([first, *rest]))] == alone


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=5), ALONE, st.lists(LINES, min_size=1, max_size=5))
def test_a_joined_log_is_read_on_at_the_next_line(before: list[str], wrong: str, after: list[str]) -> None:
    lines = [GOOD, *before, wrong, *after]
    assert [(line.number, line.text) for line in lines_of(" ".join(lines))] == list(enumerate(lines, 1))


def test_all_between_two_lines_of_a_joined_log_is_one_unreadable_line() -> None:
    found = lines_of(f"{GOOD} {GOOD} p2 accepted  what is this {NEXT}")
    assert flags(found)[2:] == [(3, "p2 accepted  what is this", False), (4, NEXT, True)]


def test_a_newline_ends_what_is_unreadable_in_a_joined_log() -> None:
    found = lines_of(f"{GOOD} {GOOD} oops\nand more {NEXT}")
    assert [line.text for line in found if line.said is None] == ["oops", "and more"]


def test_an_unreadable_line_is_nobodys() -> None:
    assert lines_of(f"{GOOD}\np2 accepted\n")[1].process == -1


def test_an_unreadable_line_is_reported_shortened() -> None:
    assert lines_of(f"{GOOD}\n" + "oops " * 1_000 + f"\n{NEXT}")[1].text == "oops " * 40


def test_a_line_does_not_become_readable_by_being_shortened() -> None:
    assert lines_of(f"{GOOD}\n{LISTED} and something wrong\n")[1].said is None


def huge_line(garbage: str, end: str) -> Iterator[str]:
    """Two lines, very much that cannot be read, and a line again."""
    yield GOOD + end + GOOD + end
    for _ in range(PIECES):
        yield garbage
    yield end + NEXT


@pytest.mark.parametrize("garbage", HUGE.values(), ids=HUGE)
@pytest.mark.parametrize("end", ["\n", " "], ids=["newlines", "joined"])
def test_a_huge_unreadable_line_is_one_line(garbage: str, end: str) -> None:
    found = flags(list(cut(huge_line(garbage, end))))
    assert [(number, read) for number, _, read in found] == [(1, True), (2, True), (3, False), (4, True)]


@pytest.mark.parametrize("place", range(len(NEXT)))
def test_the_line_after_a_huge_unreadable_one_may_come_in_two_pieces(place: int) -> None:
    before = f"{GOOD} {GOOD} " + "x" * LONGEST
    found = lines_of(f"{before} {NEXT[:place]}", f"{NEXT[place:]} {GOOD}")
    assert [line.text for line in found if line.said] == [GOOD, GOOD, NEXT, GOOD]


@pytest.mark.parametrize("end", ["\n", " "], ids=["newlines", "joined"])
def test_a_huge_unreadable_line_needs_little_memory(end: str) -> None:
    tracemalloc.start()
    try:
        for _ in cut(huge_line(HUGE["long words"], end)):
            pass
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("garbage", HUGE.values(), ids=HUGE)
def test_garbage_from_the_start_is_not_read_to_its_end(garbage: str) -> None:
    pieces = iter([garbage] * PIECES)
    assert [line.said for line in cut(pieces)] == [None]
    assert len(list(pieces)) > PIECES - 5


def test_a_little_garbage_at_the_start_does_not_stop_reading() -> None:
    found = lines_of("oops " * 1_000 + f"\n{GOOD}\n{NEXT}\n")
    assert [line.text for line in found if line.said] == [GOOD, NEXT]
