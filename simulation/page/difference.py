"""How long two runs are one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from simulation.trace import Record
from simulation.trace.codec import event, line

if TYPE_CHECKING:
    from simulation.run import Run

_OF_WHEN = ("id", "time_us", "cause")


def difference(one: Run, other: Run) -> dict[str, int]:
    """How many events they ``agree`` in to the last field, and how many are ``alike``: times aside."""
    return {
        "agree": _common(one, other, lambda run, record: line(record, run.places)),
        "alike": _common(one, other, _what),
    }


def _what(run: Run, record: Record) -> dict[str, Any]:
    return {name: said for name, said in event(record, run.places).items() if name not in _OF_WHEN}


def _common(one: Run, other: Run, told: Callable[[Run, Record], Any]) -> int:
    pairs = zip(one.trace, other.trace, strict=False)
    same = takewhile(lambda pair: told(one, pair[0]) == told(other, pair[1]), pairs)
    return sum(1 for _ in same)
