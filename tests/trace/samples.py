"""Records to try a trace on, made by hand and by hypothesis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct

from simulation.trace import Kind, Places, Record, Trace


class Said(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What a record may hold: a number and a word."""

    number: int
    word: Any = None


class Heard(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Another type with the same fields."""

    number: int
    word: Any = None


PLACES = Places(["p1", "p2", "p3"], ["node", "elector"])
"""Three processes with two machines each: clients from 6 on, the coordinator is 9."""

NUMBERS = st.integers(-(2**63), 2**63 - 1)
PLAIN = st.none() | NUMBERS | st.text(max_size=5) | st.tuples(NUMBERS, NUMBERS)
CONTENTS = PLAIN | st.builds(Said, NUMBERS, PLAIN) | st.builds(Heard, NUMBERS, PLAIN)
RECORDS = st.tuples(
    NUMBERS,
    st.integers(0, 2),
    NUMBERS,
    st.sampled_from([int(kind) for kind in Kind]),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    CONTENTS,
)


def traced(records: Iterable[Record]) -> Trace:
    """A trace of these records."""
    trace = Trace()
    trace.records.extend(records)
    return trace


def saying(number: int, content: Any = None) -> Record:
    """A small record, distinct for every number."""
    return (10 * number, 1, number, int(Kind.REPORT), -1, 0, 0, content)
