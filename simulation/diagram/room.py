"""What is on the paper already, and where there is room: in squares, so that a question costs little."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from simulation.diagram.svg import Box, Point

Line = tuple[Point, Point]

WIDE, HIGH = 256, 32
"""The size of a square."""

CROWD = 24
"""So many lines in one square are told apart. Where there are more, no word has a quiet place anyway."""


REACH = 64
"""Of a long line so many half squares are known, at its two ends, where names stand."""


class Room:
    """Boxes that nothing shall cover, and lines that it is better not to."""

    def __init__(self, lanes: Iterable[float]) -> None:
        self._lanes = sorted(lanes)
        self._boxes: dict[tuple[int, int], list[Box]] = defaultdict(list)
        self._lines: dict[tuple[int, int], list[Line]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """From now on this is taken."""
        for square in _squares(box):
            self._boxes[square].append(box)

    def draw(self, begin: Point, end: Point) -> None:
        """From now on there is this line."""
        line = (begin, end) if begin[0] <= end[0] else (end, begin)
        for square in dict.fromkeys(_under(*line)):
            crowd = self._lines[square]
            if len(crowd) < CROWD:
                crowd.append(line)

    def lane_within(self, left: float, right: float) -> bool:
        """Whether a lane goes through what lies between these."""
        at = bisect_left(self._lanes, left)
        return at < len(self._lanes) and self._lanes[at] <= right

    def lanes_between(self, left: float, right: float) -> list[float]:
        """The lanes between these, both left out."""
        first = bisect_left(self._lanes, left + 1)
        return self._lanes[first : bisect_left(self._lanes, right - 1)]

    def is_free(self, box: Box, but: Box | None = None) -> bool:
        """Whether nothing covers any of this box, ``but`` what is there for the same words."""
        return not any(
            other is not but and _meet(box, other)
            for square in _squares(box)
            for other in self._boxes.get(square, ())
        )

    def crossings(self, box: Box) -> int:
        """How many lines go through this box."""
        found = {
            line: None
            for square in _squares(box)
            for line in self._lines.get(square, ())
            if _goes_through(line, box)
        }
        return len(found)


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = box
    for row in range(int(top // HIGH), int(bottom // HIGH) + 1):
        for column in range(int(left // WIDE), int(right // WIDE) + 1):
            yield column, row


def _under(begin: Point, end: Point) -> Iterator[tuple[int, int]]:
    """The squares that a line goes through, looked up at every half of one."""
    (x, y), wide, high = begin, end[0] - begin[0], end[1] - begin[1]
    steps = 1 + int(2 * max(abs(wide) / WIDE, abs(high) / HIGH))
    known: Iterable[int] = range(steps + 1)
    if steps > REACH:
        known = chain(range(REACH // 2), range(steps + 1 - REACH // 2, steps + 1))
    for step in known:
        yield int((x + wide * step / steps) // WIDE), int((y + high * step / steps) // HIGH)


def height_at(begin: Point, end: Point, x: float) -> float:
    """How far down a line is at ``x``, or at that end of it which is nearer."""
    if begin[0] == end[0]:
        return begin[1]
    share = min(1.0, max(0.0, (x - begin[0]) / (end[0] - begin[0])))
    return begin[1] + share * (end[1] - begin[1])


def _goes_through(line: Line, box: Box) -> bool:
    (begin, end), (left, top, right, bottom) = line, box
    if begin[0] > right or end[0] < left:
        return False
    one, other = height_at(begin, end, left), height_at(begin, end, right)
    if begin[0] == end[0]:
        one, other = begin[1], end[1]
    return max(one, other) >= top and min(one, other) <= bottom


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
