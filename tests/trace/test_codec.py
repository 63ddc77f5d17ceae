"""A record as a line of JSON."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given

from simulation.trace import Kind, Record
from simulation.trace.codec import event, line, spelled_out
from simulation.trace.wide import of_json, to_json, to_msgpack
from tests.trace.samples import PLACES, RECORDS, Heard, Said


def test_a_record_is_written_with_names_in_a_fixed_order() -> None:
    record = (1500, 1, 42, int(Kind.MESSAGE), 41, 3, 1, Said(7, "now"))
    assert line(record, PLACES) == (
        '{"id":42,"time_us":1500,"event":"message","process":"p2","source":"p1.elector","cause":41,'
        '"content":{"is":"Said","number":7,"word":"now"}}'
    )


def test_what_nobody_caused_has_the_cause_minus_one() -> None:
    record = (0, 1, 0, int(Kind.CALL), -1, 6, 6, Said(7))
    assert line(record, PLACES) == (
        '{"id":0,"time_us":0,"event":"call","process":"p1.client","source":"p1.client","cause":-1,'
        '"content":{"is":"Said","number":7,"word":null}}'
    )


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (Kind.MESSAGE, "message"),
        (Kind.TIMER, "timer"),
        (Kind.REPORT, "report"),
        (Kind.REQUEST, "request"),
        (Kind.CALL, "call"),
        (Kind.RETURN, "return"),
        (Kind.STRIKE, "strike"),
        (Kind.LOST, "lost"),
    ],
)
def test_every_kind_has_a_word(kind: Kind, word: str) -> None:
    assert event((0, 1, 0, int(kind), -1, 0, 0, None), PLACES)["event"] == word


def test_every_kind_is_tested_here() -> None:
    assert len(Kind) == 8


def test_content_is_spelled_out_to_the_bottom() -> None:
    assert spelled_out(Said(1, (Heard(2), [3, None]))) == {
        "is": "Said",
        "number": 1,
        "word": [{"is": "Heard", "number": 2, "word": None}, [3, None]],
    }


@given(RECORDS)
def test_a_line_is_one_line_of_json_that_says_what_the_event_is(record: Record) -> None:
    record = (*record[:5], record[5] % 10, record[6] % 10, record[7])
    written = line(record, PLACES)
    assert "\n" not in written
    assert json.loads(written) == event(record, PLACES)


LONG = 1 << 200

ODD = [LONG, -(1 << 64), "\ud800", "a\udfff\u00e9", {LONG: frozenset({"\ud800"})}]
"""What no encoder takes as it is, or not each of them."""


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_what_encoders_do_not_take_is_written_and_read_again(odd: object) -> None:
    text = to_json(spelled_out(Said(1, odd)))
    assert text.isprintable()
    assert to_json(of_json(text)) == text


@pytest.mark.parametrize("odd", [LONG, -(1 << 64), "\ud800", "a\udfff"], ids=ascii)
def test_what_is_read_again_is_what_it_was(odd: object) -> None:
    assert of_json(to_json([odd])) == [odd]


def test_numbers_that_are_none_are_words() -> None:
    assert spelled_out([float("nan"), float("inf"), float("-inf"), 0.5]) == ["nan", "inf", "-inf", 0.5]


def test_odd_values_have_digests_of_their_own() -> None:
    odd = [LONG, LONG + 1, -LONG, str(LONG), "\ud800", "\ud801", "\\ud800", Said(1, "\ud800"), [1, "\ud800"]]
    assert len({to_msgpack([each]) for each in odd}) == len(odd)


def test_what_is_usual_is_encoded_as_it_always_was() -> None:
    usual = [Said(1 << 63, "\u00e9"), -(1 << 63), {"b", "a"}]
    assert to_msgpack(usual) == msgspec.msgpack.encode(usual, order="deterministic")


def test_what_is_no_json_is_not_taken_for_any_because_of_a_half_letter() -> None:
    with pytest.raises(msgspec.DecodeError):
        of_json('["\\ud800"')
