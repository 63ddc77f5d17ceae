"""How the values in a line of the log are spelled: to text, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from simulation.units import SECOND

Names = Sequence[str]


class Spelling(Struct, frozen=True):
    """One way of spelling a value. Processes are numbers; a log calls number 0 ``p1``.

    ``show`` makes text of a value and the processes' names, ``pattern`` is the regular
    expression of that text, ``read`` makes the value of the text again.
    """

    show: Callable[[Any, Names], str]
    pattern: str
    read: Callable[[str], Any]


class _AllNames(Sequence[str]):
    """The names of as many processes as anybody asks for."""

    def __getitem__(self, process: Any) -> Any:
        return f"p{process + 1}"

    def __len__(self) -> int:
        return 10**9


ALL_NAMES = _AllNames()


def process_of(name: str) -> int:
    """The number of the process with this name: ``p1`` is 0."""
    return int(name[1:]) - 1


_NAME = r"p[1-9]\d{0,8}"
_NUMBER = r"\d{1,18}"
_VALUE = re.compile(_NUMBER)
_NAMES = re.compile(_NAME)


def _show_value(value: int | None, names: Names) -> str:
    return "nil" if value is None else f"{{:val, {value}}}"


def _read_value(text: str) -> int | None:
    found = _VALUE.search(text)
    return int(found.group()) if found else None


def _show_names(processes: Iterable[int], names: Names) -> str:
    return "[" + ", ".join(f":{names[process]}" for process in processes) + "]"


def _read_names(text: str) -> tuple[int, ...]:
    return tuple(map(process_of, _NAMES.findall(text)))


def _show_results(values: Iterable[int | None], names: Names) -> str:
    return "[" + ", ".join(f"val: {'nil' if value is None else value}" for value in values) + "]"


def _read_results(text: str) -> tuple[int | None, ...]:
    return tuple(None if word == "nil" else int(word) for word in re.findall(rf"nil|{_NUMBER}", text))


SPELLINGS: dict[str, Spelling] = {
    "name": Spelling(lambda process, names: names[process], _NAME, process_of),
    "names": Spelling(_show_names, rf"\[(?::{_NAME}(?:, :{_NAME})*)?\]", _read_names),
    "number": Spelling(lambda value, names: str(value), _NUMBER, int),
    "or nil": Spelling(
        lambda value, names: "nil" if value is None else str(value),
        rf"(?:nil|{_NUMBER})",
        lambda text: None if text == "nil" else int(text),
    ),
    "value": Spelling(_show_value, rf"(?:nil|\{{:val, {_NUMBER}\}})", _read_value),
    "flag": Spelling(
        lambda value, names: "true" if value else "false", "(?:true|false)", lambda text: text == "true"
    ),
    "action": Spelling(
        lambda word, names: "nil" if word is None else f":{word}",
        r"(?:nil|:\w{1,64})",
        lambda text: None if text == "nil" else text[1:],
    ),
    "seconds": Spelling(
        lambda duration_us, names: str(duration_us // SECOND), _NUMBER, lambda text: int(text) * SECOND
    ),
    "results": Spelling(
        _show_results,
        rf"\[(?:val: (?:nil|{_NUMBER})(?:, val: (?:nil|{_NUMBER}))*)?\]",
        _read_results,
    ),
}
"""Every spelling, by the word that ``forms`` uses for it."""
