"""Readers: each takes one value of a TOML file and gives what it means, or says what is wrong.

A reader knows nothing of files, lines and keys. It raises ``MistakeError`` with a message that
begins with what the value *is* and ends with what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from simulation.errors import nearest

Reader = Callable[[Any], Any]

MOST_INSTANCES = 1_000_000
MOST_VALUE = 1_000_000_000
MOST_VALUES = 10_000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_VALUES = re.compile(r"(\d{1,18})\.\.(\d{1,18})")
_SEEDS = re.compile(r"(\d{1,40}):(\d{1,40})")


class MistakeError(Exception):
    """A value cannot be used. The message says what it is and what is allowed."""


def shown(value: object) -> str:
    """A value as it stands in the file, and of which kind it is, for messages."""
    if isinstance(value, str):
        return f"{value!r}"
    if isinstance(value, bool):
        return f"{str(value).lower()}, a truth value"
    if isinstance(value, int):
        return f"{_whole(value)}, a whole number"
    if isinstance(value, float):
        return f"{value}, a number with a fraction"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"{value}, a date or time of day"


def text(value: Any) -> str:
    """Any string."""
    if not isinstance(value, str):
        raise MistakeError(f"is {shown(value)}. A string in quotes.")
    return value


def truth(value: Any) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise MistakeError(f"is {shown(value)}. true or false, without quotes.")
    return value


def _whole(value: int) -> str:
    """A whole number for a message; Python refuses to write out the hugest."""
    return str(value) if abs(value) < 10**40 else "a number of more than 40 digits"


def whole_number(low: int, high: int) -> Reader:
    """A reader of whole numbers from ``low`` to ``high``, both included."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise MistakeError(f"is {shown(value)}. A whole number from {low} to {high}, without quotes.")
        if not low <= value <= high:
            raise MistakeError(f"is {_whole(value)}. A whole number from {low} to {high}.")
        return value

    return read


def one_of(*words: str) -> Reader:
    """A reader of one of several words."""

    def read(value: Any) -> str:
        if value not in words:
            raise MistakeError(f"is {shown(value)}. Known: {', '.join(words)}.{_near(value, words)}")
        return str(value)

    return read


def only_format_1(value: Any) -> int:
    """The version of the file format."""
    if isinstance(value, bool) or value != 1 or not isinstance(value, int):
        raise MistakeError(f"is {shown(value)}. This version reads format 1: write format = 1.")
    return 1


def order(value: Any) -> str | tuple[str, ...]:
    """``"shuffled"``, ``"sorted"`` or a list of names."""
    if isinstance(value, list):
        return strings(value)
    if value not in ("shuffled", "sorted"):
        allowed = "'shuffled', 'sorted', or a list of all names"
        raise MistakeError(f"is {shown(value)}. Known: {allowed}.{_near(value, ('shuffled', 'sorted'))}")
    return str(value)


def strings(value: Any) -> tuple[str, ...]:
    """A list of strings, none of them twice."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise MistakeError(f'is {_list_with_others(value)}. A list of strings, as in ["p1", "p2"].')
    for place, word in enumerate(value):
        if word in value[:place]:
            raise MistakeError(f"names {word!r} twice.")
    return tuple(value)


def string_or_strings(value: Any) -> str | tuple[str, ...]:
    """One string, or a list of different strings."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        raise MistakeError(f'is {shown(value)}. A set in words, as in "first of all", or a list of names.')
    return strings(value)


def proposals(value: Any) -> tuple[int, int] | list[int]:
    """What is proposed: a range ``"201..210"``, or a list with one number per process."""
    if isinstance(value, list):
        read = whole_number(0, MOST_VALUE)
        return [int(read(number)) for number in value]
    match = _VALUES.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise MistakeError(
            f'is {shown(value)}. A range as in "201..210", or a list with a number per process.'
        )
    low, high = int(match[1]), int(match[2])
    if high < low:
        raise MistakeError(f"is {value!r}: {low} is above {high}. The lower end comes first.")
    if high > MOST_VALUE or high - low >= MOST_VALUES:
        raise MistakeError(f"is {value!r}. At most {MOST_VALUES} different values, none above {MOST_VALUE}.")
    return low, high


def instances(value: Any) -> tuple[int, ...]:
    """A list of instance numbers to draw from."""
    if not isinstance(value, list) or not value:
        raise MistakeError(f"is {'an empty list' if value == [] else shown(value)}. Instances, as in [1, 2].")
    read = whole_number(1, MOST_INSTANCES)
    return tuple(int(read(number)) for number in value)


def seeds(value: Any) -> tuple[int, int]:
    """A range of seeds ``"A:B"``, without B."""
    match = _SEEDS.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise MistakeError(f'is {shown(value)}. A range of seeds "A:B" without B, as in "0:1000".')
    low, high = int(match[1]), int(match[2])
    if high <= low:
        raise MistakeError(f"is {value!r}: no seed at all. B is excluded and must be above A.")
    if high > 1 << 128:
        raise MistakeError(f"is {value!r}. A seed is a whole number from 0 to 2**128 - 1.")
    return low, high


def table(value: Any) -> dict[str, Any]:
    """A table, in braces or with a header of its own."""
    if not isinstance(value, dict):
        raise MistakeError(f"is {shown(value)}. A table, as in {{ key = [1, 2] }}.")
    return value


def name(word: str) -> str:
    """The word itself where it can name a role or a draw."""
    if not _NAME.fullmatch(word):
        raise MistakeError("is no name. A name has letters, digits, '_' and '-', and begins with a letter.")
    return word


def _near(value: object, words: Iterable[str]) -> str:
    return nearest(value, words) if isinstance(value, str) else ""


def _list_with_others(value: object) -> str:
    if not isinstance(value, list):
        return shown(value)
    other = next(item for item in value if not isinstance(item, str))
    return f"a list that holds {shown(other)}"
