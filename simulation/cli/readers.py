"""Words as they are typed, made into values. Whoever mistypes is told what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from simulation.errors import InputError, nearest

_CLOSING = {"[": "]", "{": "}"}

_RUN = re.compile(r"[0-9]{1,12}")
_SEED = re.compile(r"[0-9]{1,39}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_DIGEST = re.compile(r"[0-9a-f]{8,32}")


def seed(text: str) -> int:
    """The seed that was typed. Raises ``InputError`` for what is no whole number."""
    if not _SEED.fullmatch(text):
        raise InputError(f"--seed: {text!r} is no whole number from 0 to 2**128 - 1, such as 7")
    return int(text)


def number(text: str) -> int:
    """The number of a run that was typed. Raises ``InputError`` for what is none."""
    if not _RUN.fullmatch(text):
        raise InputError(f"--run: {text!r} is no number of a run, such as 0 for the first")
    return int(text)


def count(option: str) -> Callable[[str], int]:
    """A reader of ``option`` that takes whole numbers from 1 on."""

    def read(text: str) -> int:
        if not _RUN.fullmatch(text) or not int(text):
            raise InputError(f"{option}: {text!r} is no whole number from 1 on")
        return int(text)

    return read


def count_or_none(option: str) -> Callable[[str], int]:
    """A reader of ``option`` that takes whole numbers from 0 on."""

    def read(text: str) -> int:
        if not _RUN.fullmatch(text):
            raise InputError(f"{option}: {text!r} is no whole number from 0 on")
        return int(text)

    return read


def seconds(text: str) -> float:
    """The seconds that were typed. Raises ``InputError`` for what is no number above 0."""
    if not _DECIMAL.fullmatch(text) or not float(text):
        raise InputError(f"--max-seconds: {text!r} is no number of seconds above 0, such as 60")
    return float(text)


def share(text: str) -> float:
    """The share that was typed. Raises ``InputError`` for what is not between 0 and 1."""
    if not _DECIMAL.fullmatch(text) or float(text) > 1:
        raise InputError(f"--watch: {text!r} is no share from 0 to 1, such as 0.02 for one run in fifty")
    return float(text)


def digest(text: str) -> str:
    """The digest that was typed, or its beginning. Raises ``InputError`` for what is none."""
    if not _DIGEST.fullmatch(text.lower()):
        raise InputError(f"--digest: {text!r} is no digest: 8 to 32 digits from 0 to 9 and a to f")
    return text.lower()


def one_of(option: str, known: Sequence[str]) -> Callable[[str], str]:
    """A reader of ``option`` that takes nothing but the ``known`` words."""

    def read(text: str) -> str:
        if text not in known:
            raise InputError(f"{option}: is {text!r}. Known: {', '.join(known)}.{nearest(text, known)}")
        return text

    return read


def overrides(pairs: Sequence[str], strategy: str | None = None) -> dict[str, str]:
    """``["participants=5"]`` as ``{"participants": "5"}``. Raises ``InputError``."""
    found = {} if strategy is None else {"strategy": strategy}
    for pair in pairs:
        if strategy is not None and pair.partition("=")[0].strip() == "strategy":
            raise InputError("--strategy: --set has a strategy too. Give it once.")
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise InputError(f"--set: {pair!r} is not KEY=VALUE, such as participants=5")
        found[key.strip()] = value.strip()
    return found


def grid(pairs: Sequence[str]) -> dict[str, list[str]]:
    """``["participants=3,5"]`` as ``{"participants": ["3", "5"]}``. Raises ``InputError``."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, written = pair.partition("=")
        values = [value.strip() for value in _split(written, pair)]
        if not equals or not key.strip() or not all(values):
            raise InputError(f"--grid: {pair!r} is not KEY=V1,V2, such as participants=3,5,7")
        if key.strip() in found:
            raise InputError(f"--grid: {key.strip()!r} is given twice. List all its values in one.")
        if len(set(values)) < len(values):
            raise InputError(f"--grid: {pair!r} has a value twice. Its runs would be the same.")
        found[key.strip()] = values
    return found


def _split(written: str, pair: str) -> list[str]:
    """At the commas that are in no bracket and no quoted text. Raises ``InputError`` for one left open."""
    values, open_ends, quote = [""], "", ""
    for letter in written:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in _CLOSING:
            open_ends += _CLOSING[letter]
        elif open_ends.endswith(letter):
            open_ends = open_ends[:-1]
        if letter == "," and not quote and not open_ends:
            values.append("")
        else:
            values[-1] += letter
    if quote or open_ends:
        raise InputError(f"--grid: {pair!r} lacks a closing {quote or open_ends[-1]}")
    return values
