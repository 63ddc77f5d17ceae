"""Why a run did not pass, in words that many runs share: ten thousand failures read as three bugs.

Of all violations of a run the one counts that its own evidence proves first: a broken promise
comes before the two decisions that follow from it. Names, numbers and lists of them are left out
of the words; the kinds of the steps that prove it and the fault before them stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simulation.checks import Violated
from simulation.faults import LinksHit, Strike
from simulation.run import Run
from simulation.trace import Kind
from simulation.trace.record import CONTENT, ID, KIND

_NAME = r"p\d+(?:\.\w+)?"
_LIST = re.compile(rf"\b{_NAME}(?:(?:, | and ){_NAME})*\b")
_NUMBER = re.compile(r"-?\b\d[\d,]*(?:\.\d+)?(?:us|ms|s)?\b")
_BALLOT = re.compile(rf"\b\d+·{_NAME}")
_PAIR = re.compile(r"\(#(?:, #)*\)")


class Cause(Struct, frozen=True):
    """The ``check`` that counts, its ``message``, and the ``text`` of its group; all None in a pass."""

    check: str | None = None
    message: str | None = None
    text: str | None = None


def cause_of(run: Run) -> Cause:
    """Why this run did not pass."""
    if run.violations:
        first = min(run.violations, key=_proven)
        return Cause(first.check, first.message, " · ".join(_how(run, first)))
    if run.unknowns:
        unknown = run.unknowns[0]
        return Cause(unknown.check, unknown.message, f"{unknown.check}: {shape(unknown.message)}")
    return Cause()


def shape(message: str) -> str:
    """The message without names and numbers: ``p3 decided 203`` is ``P decided #``."""
    return _PAIR.sub("#", _NUMBER.sub("#", _LIST.sub("P", _BALLOT.sub("#", message))))


def _proven(violation: Violated) -> float:
    """By which event it is proven; what no event proves comes last."""
    return max(violation.events, default=float("inf"))


def _how(run: Run, violation: Violated) -> list[str]:
    parts = [f"{violation.check}: {shape(violation.message)}"]
    evidence = [record for record in run.trace if record[ID] in violation.events]
    steps = _once([type(record[CONTENT]).__name__ for record in evidence])
    if steps:
        parts.append(", ".join(steps))
    strikes = [
        record[CONTENT]
        for record in run.trace
        if record[KIND] == Kind.STRIKE
        and isinstance(record[CONTENT], (Strike, LinksHit))
        and record[ID] <= max(violation.events, default=record[ID])
    ]
    parts.append(f"after {_fault(strikes[-1])}" if strikes else "no fault before")
    return parts


def _fault(strike: Any) -> str:
    by = "schedule" if isinstance(strike, LinksHit) else strike.by
    what = f"{type(strike.fault).__name__.lower()} by {by}"
    return f"{what} ({shape(strike.reason)})" if strike.reason else what


def _once(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))
