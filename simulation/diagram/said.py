"""Words in lanes: beside the mark of who says them, off the lines of messages where that is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.diagram.measure import ASCENT, DESCENT, PLAIN, cut, wide
from simulation.diagram.paper import BESIDE, MARK, MARKED
from simulation.diagram.room import Room
from simulation.diagram.svg import Box, Point, text, title, under
from simulation.diagram.warp import RAISE, RAISED
from simulation.scene import Sight

_MIDDLE = 4
"""How far below the middle of a mark the line of letters is."""


class Said:
    """The words of one mark. They are ``whole`` where they are cut."""

    def __init__(self, sight: Sight, at: Point, *, evidence: bool, room: float) -> None:
        beside = BESIDE + 2 * evidence
        self.at, self.class_ = at, "halo alarm" if evidence else "halo"
        self.left = at[0] + beside
        self.words = cut(sight.text, room - MARKED, PLAIN)
        self.whole = "" if self.words == sight.text else sight.text
        home = -RAISE if sight.shape in RAISED else 0
        self.rises = [home, *(rise for rise in (-RAISE, 0, RAISE) if rise != home)]
        self.home = self.box(home)

    def box(self, rise: int) -> Box:
        """What the words cover when they stand so much lower than usual."""
        line = self.at[1] + _MIDDLE + rise
        right = self.left + wide(self.words, PLAIN)
        return self.left, line - PLAIN * ASCENT, right, line + PLAIN * DESCENT


def occupy(said: Sequence[Said], room: Room) -> None:
    """Let the room know of all marks and their words."""
    for one in said:
        x, y = one.at
        room.take((x - MARK, y - MARK, x + MARK, y + MARK))
        room.take(one.home)


def written(said: Sequence[Said], room: Room) -> Iterator[str]:
    """The words, a little above or below their mark where fewer lines go through them there."""
    for one in said:
        best, fewest = one.rises[0], room.crossings(one.home)
        for rise in one.rises[1:]:
            box = one.box(rise)
            if fewest and room.is_free(box, but=one.home):
                crossed = room.crossings(box)
                best, fewest = (rise, crossed) if crossed < fewest else (best, fewest)
        if best != one.rises[0]:
            room.take(one.box(best))
        label = text((one.left, one.at[1] + _MIDDLE + best), one.words, class_=one.class_)
        label = f"{under(one.box(best))}{label}" if fewest else label
        # The whole of cut words is at hand where a pointer rests.
        yield f"<g>{title(one.whole)}{label}</g>" if one.whole else label
