"""Faults pinned to steps of the protocol: ``after = "2nd Promised"``, ``before = "each of 9 AcceptSent"``."""

from __future__ import annotations

import re

from msgspec import Struct

from simulation.errors import nearest
from simulation.protocols.registry import Protocol
from simulation.scenario.deeds import Whom
from simulation.scenario.values import MistakeError

MOST_TIMES = 100_000

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_NUMBER = re.compile(r"([1-9][0-9]{0,5})(st|nd|rd|th)")
_EACH = re.compile(r"each of ([1-9][0-9]{0,5})")


class Pinned(Struct, frozen=True):
    """A pin as written: the ``nth`` time, or with ``each`` one of the first ``nth``, seed by seed."""

    step: str
    nth: int
    each: bool
    before: bool
    by: Whom | None = None


def parse_pin(text: str, protocol: Protocol, *, before: bool, by: Whom | None) -> Pinned:
    """``[WHICH] STEP``. Raises ``MistakeError``."""
    *which, step = text.split() or [""]
    known = (*protocol.steps, *protocol.moments)
    if not known:
        raise MistakeError(f"protocol {protocol.name!r} publishes no steps: nothing can be pinned to one.")
    if step not in known:
        raise MistakeError(
            f"{step!r} is no step of protocol {protocol.name!r}. Steps: {', '.join(known)}."
            f"{nearest(step, known)}"
        )
    nth, each = _which(" ".join(which))
    return Pinned(step, nth, each, before, by)


def _which(words: str) -> tuple[int, bool]:
    if not words:
        return 1, False
    if words in ORDINALS:
        return ORDINALS.index(words) + 1, False
    found = _NUMBER.fullmatch(words) or _EACH.fullmatch(words)
    if (
        found is None
        or int(found[1]) > MOST_TIMES
        or (found.re is _NUMBER and found[0] != nth(int(found[1])))
    ):
        raise MistakeError(
            f"has {words!r} before the step. Which one: '{ORDINALS[0]}' to '{ORDINALS[-1]}', '1st', '2nd',"
            f" '3rd', ... up to {MOST_TIMES}, or 'each of 12' for another one with each seed."
            f"{nearest(words, ORDINALS)}"
        )
    return int(found[1]), found.re is _EACH


def nth(number: int) -> str:
    """``1st``, ``2nd``, ``11th``..."""
    last = 0 if number // 10 % 10 == 1 else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def occurrence(pinned: Pinned, seed: int) -> int:
    """Which one is meant in the run of this seed: with ``each``, neighbouring seeds take their turns."""
    return seed % pinned.nth + 1 if pinned.each else pinned.nth
