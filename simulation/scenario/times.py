"""Times as people write them: ``"10ms"``, ``"1.5s"``, ``"1..5ms"``, ``"0.2..1.2ms"``.

Every time carries its unit (``us``, ``ms`` or ``s``); the lower end of a range takes the
upper end's unit where it has none of its own. Inside there are whole microseconds only.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from simulation.scenario.values import MistakeError, shown
from simulation.units import MILLISECOND, SECOND, UNITS

LONGEST_US = 24 * 3600 * SECOND

_NUMBER = r"(\d{1,18})(?:\.(\d{1,18}))?"
_TIME = re.compile(rf"(?:{_NUMBER}(us|ms|s)?\.\.)?{_NUMBER}(us|ms|s)")
_BARE = re.compile(rf"(?:{_NUMBER}\.\.)?{_NUMBER}")


class Span(Struct, frozen=True):
    """A range of times, both ends in. ``unit_us`` is the finest unit that it was written in."""

    low_us: int
    high_us: int
    unit_us: int = MILLISECOND


def span(value: Any) -> Span:
    """A range of times, or one time as a range of one."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise MistakeError(f"is {shown(value)}. {how_to_write(value)}")
    low_whole, low_part, low_unit, high_whole, high_part, high_unit = match.groups()
    high_us = _microseconds(value, high_whole, high_part, high_unit)
    if low_whole is None:
        return Span(high_us, high_us, UNITS[high_unit])
    low_us = _microseconds(value, low_whole, low_part, low_unit or high_unit)
    if low_us > high_us:
        raise MistakeError(f"is {value!r}: the lower end comes first.")
    return Span(low_us, high_us, min(UNITS[low_unit or high_unit], UNITS[high_unit]))


def pair(value: Any) -> tuple[int, int]:
    """A range of times in microseconds."""
    both = span(value)
    return both.low_us, both.high_us


def duration(value: Any) -> int:
    """One time in microseconds."""
    both = span(value)
    if both.low_us != both.high_us:
        raise MistakeError(f"is {value!r}, a range. One time, as in '5ms'.")
    return both.high_us


def at_least(least_us: int, text: str) -> Any:
    """A reader of one time that is not below ``least_us``, written ``text``."""

    def read(value: Any) -> int:
        found = duration(value)
        if found < least_us:
            raise MistakeError(f"is {value!r}. At least {text}.")
        return found

    return read


def whole_units(value: str) -> Span:
    """A range of times whose ends are whole numbers of one written unit: it can be drawn from.

    One time is a range of one, in the largest unit of which it is a whole number.
    """
    both = span(value)
    ends = (both.low_us % both.unit_us, both.high_us % both.unit_us)
    if both.low_us != both.high_us and (any(ends) or len(re.findall("[a-z]+", value)) > 1):
        raise MistakeError(
            f"is {value!r}. Whole numbers of one unit are drawn:"
            f" write '{both.low_us}..{both.high_us}us' to draw microseconds."
        )
    return both if both.low_us < both.high_us else _fixed(both.high_us)


def _fixed(time_us: int) -> Span:
    unit_us = max(size for size in UNITS.values() if time_us % size == 0)
    return Span(time_us, time_us, unit_us)


def how_to_write(value: object) -> str:
    """What a time looks like, in the light of the ``value`` that is none."""
    if isinstance(value, str) and "-" in value:
        return "A time is never negative."
    if isinstance(value, str) and _BARE.fullmatch(value):
        return f"A time needs a unit: '{value}' + 'us', 'ms' or 's'."
    return "A time is a number with a unit (us, ms or s), as in '5ms', '1.5s' or '1..5ms'."


def _microseconds(text: str, whole: str, part: str | None, unit: str) -> int:
    digits = len(str(UNITS[unit])) - 1
    fraction = (part or "").rstrip("0")
    if len(fraction) > digits:
        raise MistakeError(f"is {text!r}: nothing is finer than a microsecond (0.001ms).")
    found = int(whole) * UNITS[unit] + int(fraction.ljust(digits, "0") or 0)
    if found > LONGEST_US:
        raise MistakeError(f"is {text!r}: more than a day. The longest time is {LONGEST_US // SECOND}s.")
    return found
