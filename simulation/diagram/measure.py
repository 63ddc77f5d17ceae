"""How wide words are on the paper, at the most: nobody knows which font will draw them.

The widths are those of DejaVu Sans, the widest of the fonts that the style names.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

SMALL, PLAIN, NAME, TITLE = 10, 11, 12, 13
"""Sizes of letters, in pixels: names of messages, words in lanes, names of lanes, titles."""

DOT = " · "
"""Between the parts of a title."""

ASCENT, DESCENT = 0.77, 0.24
"""How far letters go above and below their line, in parts of their size."""

_WIDTHS = {
    letter: width
    for width, letters in (
        (0.28, "'ijl"),
        (0.34, "IJ ,.·/:;|\\"),
        (0.42, "f-()[]tr!"),
        (0.54, '"*_`sz?'),
        (0.62, "cLFkvxyPTYaeo“”»"),
        (0.70, "AVXZBRCK"),
        (0.79, "UNHDGOQ&"),
        (0.88, "wM#+<=>^~○"),
        (1.0, "%mW@—…"),
    )
    for letter in letters
}
"""Of those that are not like most, in parts of the size of the letters."""

_MOST, _FOREIGN, _BOLD = 0.64, 1.3, 1.15


@lru_cache(maxsize=8192)
def wide(words: str, size: int = SMALL, *, bold: bool = False) -> float:
    """So many pixels at the most."""
    parts = sum(map(_width, words))
    return parts * size * (_BOLD if bold else 1)


def _width(letter: str) -> float:
    return _WIDTHS.get(letter, _MOST if letter < "\u0250" else _FOREIGN)


def cut(words: str, room: float, size: int = SMALL) -> str:
    """As much of the words as has room; an ellipsis stands for the rest."""
    if wide(words, size) <= room:
        return words
    left = room / size - _width("…")
    for number, letter in enumerate(words):
        left -= _width(letter)
        if left < 0:
            return f"{words[:number].rstrip(' ,')}…"
    return words


def wrapped(words: str, room: float, size: int, *, bold: bool = False) -> list[str]:
    """The words as lines that have room: broken at ``·`` where that will do, else between two words."""

    def fits(text: str) -> bool:
        return wide(text, size, bold=bold) <= room

    lines: list[str] = []
    for part in words.split(DOT):
        first, *more = _filled(part, fits)
        joined = f"{lines[-1]}{DOT}{first}" if lines else ""
        if joined and fits(joined):
            lines[-1] = joined
        else:
            lines.append(first)
        lines += more
    return lines


def _filled(words: str, fits: Callable[[str], bool]) -> list[str]:
    lines = [""]
    for word in words.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if fits(joined):
            lines[-1] = joined
            continue
        # A word that is longer than a line is broken wherever the line ends.
        lines += [""] if lines[-1] else []
        for letter in word:
            lines += [] if fits(lines[-1] + letter) else [""]
            lines[-1] += letter
    return lines
