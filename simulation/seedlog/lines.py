"""A log cut into its lines, however it is written.

Lines may end in newlines, or may have been joined by spaces, as those of the real system's
log were. Text is taken in pieces and given away line by line, so a log of any size needs
little memory, even one that is a single line of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from simulation.protocols.reports import Report
from simulation.seedlog.forms import FORMS

LONGEST = 1 << 16
"""No line of such a log has more characters."""

_SHOWN = 200
"""So many characters are kept of what cannot be read."""

_SPACE = re.compile(r"\s+")

_END = re.compile(r"[ \t\r]*(?:\n|\Z)")

_ANY_FORM = "(?:" + "|".join(sorted((form.pattern for form in FORMS), key=len, reverse=True)) + ")"

_LINE = re.compile(_ANY_FORM + r"(?=\s|\Z)")

_TWO_LINES = re.compile(rf"(?<!\S){_ANY_FORM}[ \t]+{_ANY_FORM}(?=\s|\Z)")

_BEGINNING = 1 << 13
"""In so many characters a joined log has many lines."""


class Line(Struct, frozen=True, gc=False):
    """One line of a log.

    ``number`` is its number in the log, from 1; blank lines are counted. ``process`` is who
    printed it, -1 where the line does not say. ``said`` is the report that it is the print of,
    with None in the fields that are not printed; None where the line cannot be read.
    """

    number: int
    text: str
    process: int
    said: Report | None


def cut(pieces: Iterable[str]) -> Iterator[Line]:
    """The lines of a log whose text comes in ``pieces``."""
    number = 0
    for text, blank, whole in _tokens(pieces):
        number += 1 + blank
        process, said = (read_line(text) if whole else None) or (-1, None)
        yield Line(number, text, process, said)


def read_line(text: str) -> tuple[int, Report] | None:
    """Who said what in this line, or None where it is no line of such a log."""
    # What is long is not remembered: a log may hold very many such lines.
    return _read_short(text) if len(text) <= _SHOWN else _read(text)


@lru_cache(maxsize=1 << 15)
def _read_short(text: str) -> tuple[int, Report] | None:
    return _read(text)


def _read(text: str) -> tuple[int, Report] | None:
    for form in FORMS:
        found = form.read(text)
        if found is not None:
            return found
    return None


def looks_joined(text: str) -> bool:
    """Whether lines stand side by side in a line."""
    return _TWO_LINES.search(text) is not None


def _tokens(pieces: Iterable[str]) -> Iterator[tuple[str, int, bool]]:
    """Every line's text, the number of blank lines before it, and whether it looks like a line."""
    window = _Window(pieces)
    blank = window.skip_space()
    joined = window.is_joined()
    while window.rest():
        found = _LINE.match(window.text, window.at)
        if found and (joined or _END.match(window.text, found.end())):
            window.at = found.end()
            window.nothing_yet = False
            text = found.group()
        else:
            found, text = None, window.skip_unreadable(joined)
        yield text, blank, bool(found)
        blank = max(0, window.skip_space() - 1)


class _Window:
    """The part of the text that is being looked at: always a longest line, if there is so much."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self.nothing_yet = True
        """Whether no line has been read so far."""

    def rest(self) -> int:
        """How many characters are here, after reading on if they are few."""
        while len(self.text) - self.at < LONGEST:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self.text = self.text[self.at :] + piece
            self.at = 0
        return len(self.text) - self.at

    def skip_space(self) -> int:
        """Go to the next character that is no space; how many newlines were skipped."""
        newlines = 0
        while self.rest():
            found = _SPACE.match(self.text, self.at)
            if not found:
                break
            newlines += self.text.count("\n", self.at, found.end())
            self.at = found.end()
            if self.at < len(self.text):
                break
        return newlines

    def is_joined(self) -> bool:
        """Whether the lines of this log are joined by spaces: two of them stand side by side first."""
        self.rest()
        for text in self.text[self.at : self.at + _BEGINNING].split("\n"):
            if _LINE.fullmatch(text.strip()):
                return False
            if _TWO_LINES.search(text):
                return True
        return False

    def skip_unreadable(self, joined: bool) -> str:
        """Go to the end of what cannot be read: a newline, or where lines are joined the next that can be."""
        shown, skipped = self.text[self.at : self.at + _SHOWN], 0
        while self.rest():
            if self.nothing_yet and skipped > LONGEST:
                # Whatever this is: there is no use in reading all of it.
                self._pieces, self.text, self.at = iter(()), "", 0
                break
            in_sight = len(self.text) - self.at < LONGEST
            # Near the edge of what is here a line might only seem to end.
            edge = len(self.text) if in_sight else self.at + LONGEST // 2
            for space in _SPACE.finditer(self.text, self.at, edge):
                if "\n" in space.group() or (joined and _LINE.match(self.text, space.end())):
                    skipped += space.start() - self.at
                    self.at = space.start()
                    return shown[:skipped]
            skipped += edge - self.at
            self.at = edge
        return shown[:skipped]
