"""How the line of a message ends: in a head where it came, in a ring where nobody got it."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from simulation.diagram.svg import Point, element, line
from simulation.scene.fates import COPY, LATE, LOST

LONG = 7
"""How long a head is."""

LENGTHS = {COPY: 2 * LONG, LATE: LONG + 6}
"""How far the end of a line reaches where it is more than a head."""


def head(fate: str, begin: Point, end: Point, stroke: str, fill: str) -> Iterator[str]:
    """The end of a line from ``begin`` to ``end``: copies have two heads, late ones a bar before theirs."""
    if fate == LOST:
        yield element("circle", cx=end[0], cy=end[1], r=3.2, class_=f"hollow {stroke}")
        return
    yield _tip(begin, end, 1, fill)
    if fate == COPY:
        yield _tip(begin, end, LONG, fill)
    elif fate == LATE:
        one, other = along(begin, end, LONG + 6, -4), along(begin, end, LONG + 3, 4)
        yield line(one, other, class_=f"late {stroke}")


def _tip(begin: Point, end: Point, back: float, fill: str) -> str:
    corners = along(begin, end, back), along(begin, end, back + LONG, -3), along(begin, end, back + LONG, 3)
    return element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), class_=fill)


def along(begin: Point, end: Point, back: float, aside: float = 0) -> Point:
    """The point so far ``back`` from the end of a line, and so far to its side."""
    way = end[0] - begin[0], end[1] - begin[1]
    length = max(0.001, sqrt(way[0] ** 2 + way[1] ** 2))
    x, y = way[0] / length, way[1] / length
    return end[0] - x * back - y * aside, end[1] - y * back + x * aside
