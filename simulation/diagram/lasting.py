"""Lanes, and what lasts in them: deaths, suspensions, slow processes, links that are hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from simulation.diagram.measure import cut
from simulation.diagram.paper import BRACKETS, COLUMN, GUTTER, Paper
from simulation.diagram.svg import element, line, text, title
from simulation.diagram.warp import Warp
from simulation.scene import Band, Lane
from simulation.scene.bands import DEAD, LINKS

LINE = 13
"""From one line of words to the next, at the least."""


class Span:
    """From where to where on the paper something lasts that is shown, if any of it is."""

    def __init__(self, warp: Warp, top: float, bottom: float) -> None:
        self._y, self._top, self._bottom = warp.y, top, bottom
        self._places = sorted(warp.y)

    def of(self, band: Band) -> tuple[float, float] | None:
        """The y of its begin and of its end."""
        first, last = self._places[0], self._places[-1]
        if band.begin > last or (band.end is not None and band.end < first):
            return None
        begin = self._y.get(band.begin, self._top)
        end = self._bottom if band.end is None else self._y.get(band.end, self._bottom)
        return begin, end


def lanes(
    named: Sequence[Lane], bands: Sequence[Band], paper: Paper, span: Span, top: float, bottom: float
) -> Iterator[str]:
    """A line a process, dotted while it is dead."""
    for lane in named:
        x, y = paper.x[lane.process], top
        for begin, end in _deaths(lane, bands, span):
            yield line((x, y), (x, begin), class_="lane")
            yield line((x, begin), (x, end), class_="lane dead")
            y = end
        if y < bottom:
            yield line((x, y), (x, bottom), class_="lane")


def still(bands: Sequence[Band], paper: Paper, span: Span) -> Iterator[str]:
    """Boxes for who is suspended or slow."""
    for band in bands:
        lasts = span.of(band)
        if lasts is not None and band.what not in (DEAD, LINKS):
            x, (begin, end) = paper.x[band.lanes[0]], lasts
            box = {"x": x - 5, "y": begin, "width": 10, "height": max(2.0, end - begin)}
            yield element("rect", title(band.text), **box, class_="still")


def columns(bands: Sequence[Band]) -> int:
    """How many links are hit at once, at the most."""
    ends = list[float]()
    for band in bands:
        if band.what == LINKS:
            _free(ends, band.begin, inf if band.end is None else band.end)
    return len(ends)


def brackets(bands: Sequence[Band], paper: Paper, span: Span) -> Iterator[str]:
    """Brackets for links that are hit, in columns; their words stand over all of them."""
    ends, words, free = list[float](), list[str](), -inf
    for band in bands:
        lasts = span.of(band) if band.what == LINKS else None
        if lasts is not None:
            x = BRACKETS + COLUMN * _free(ends, *lasts)
            yield _bracket(*lasts, x)
            # Those that began before all that is shown begin at one height.
            free = max(free, lasts[0]) + LINE
            words.append(_words(band, free - LINE, x, paper))
    yield from words


def _free(depth: list[float], begin: float, end: float) -> int:
    """The first column in which nothing lasts any more; now this does."""
    for column, taken in enumerate(depth):
        if taken < begin:
            depth[column] = end
            return column
    depth.append(end)
    return len(depth) - 1


def _deaths(lane: Lane, bands: Sequence[Band], span: Span) -> Iterator[tuple[float, float]]:
    for band in bands:
        if band.what == DEAD and band.lanes == (lane.process,):
            lasts = span.of(band)
            if lasts is not None:
                yield lasts


def _bracket(begin: float, end: float, x: float) -> str:
    return element("path", d=f"M{x + 6:.1f} {begin:.1f}H{x:.1f}V{end:.1f}H{x + 6:.1f}", class_="world")


def _words(band: Band, begin: float, x: float, paper: Paper) -> str:
    shown = cut(band.text, GUTTER + paper.world - COLUMN - x)
    label = text((x + COLUMN, begin + 4), shown, class_="faint halo")
    return label if shown == band.text else f"<g>{title(band.text)}{label}</g>"
