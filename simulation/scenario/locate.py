"""Where a key stands: TOML readers keep no lines, so they are found again in the text.

A scan for table headers and for keys at the beginning of a line suffices, because the
format is flat: nothing nests deeper than ``table.key``, ``let.name.key`` and
``fault.number.key``. A key inside an inline table has the line of the table's own key.
"""

from __future__ import annotations

import re

Path = tuple[str, ...]

_WORD = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_WORD}(?:\s*\.\s*{_WORD})*"
_TABLE = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]\s*(?:#.*)?")
_ARRAY = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def lines_of_keys(text: str) -> dict[Path, int]:
    """The first line, counted from 1, of every table and key. Tables of an array are numbered from 1."""
    lines: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ARRAY.fullmatch(line):
            array = _words(match[1])
            counts[array] = counts.get(array, 0) + 1
            table = (*array, str(counts[array]))
            lines.setdefault(array, number)
            lines[table] = number
        elif match := _TABLE.fullmatch(line):
            table = _words(match[1])
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            _note(lines, table, _words(match[1]), number)
    return lines


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of ``path``, or of the nearest table around it, or 1."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def _note(lines: dict[Path, int], table: Path, words: Path, number: int) -> None:
    for length in range(1, len(words) + 1):
        lines.setdefault(table + words[:length], number)


def _words(dotted: str) -> Path:
    return tuple(word.strip("\"'") for word in re.findall(_WORD, dotted))
