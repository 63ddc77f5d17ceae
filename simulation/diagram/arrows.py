"""Messages: from where they were sent to where they came, or how far they got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from simulation.diagram.heads import LENGTHS, LONG, along, head
from simulation.diagram.paper import Paper
from simulation.diagram.room import Room
from simulation.diagram.svg import Point, element, line, title
from simulation.diagram.warp import ARROWS, Warp
from simulation.scene import Scene, Sight
from simulation.scene.fates import COPY, LATE, LOST
from simulation.scene.look import BALLOTS
from simulation.scene.words import whole
from simulation.units import show_us

_BECAME = {COPY: ", once more", LATE: ", late"}


class Arrow(Struct, frozen=True):
    """One message on the paper."""

    sight: Sight
    begin: Point
    end: Point

    @property
    def to_right(self) -> int:
        """1 where it goes to the right, -1 where it goes to the left."""
        return 1 if self.end[0] >= self.begin[0] else -1


def laid(shown: Sequence[Sight], paper: Paper, warp: Warp) -> list[Arrow]:
    """All messages that are shown."""
    return [
        _arrow(sight, paper, warp)
        for sight in shown
        if sight.shape in ARROWS and sight.source >= 0 and sight.lane >= 0
    ]


def occupy(arrows: Sequence[Arrow], room: Room) -> None:
    """Let the room know of the lines, and of their heads, which nothing shall cover."""
    for arrow in arrows:
        room.draw(arrow.begin, arrow.end)
        back = LENGTHS.get(arrow.sight.fate, LONG)
        (x, y), (back_x, back_y) = arrow.end, along(arrow.begin, arrow.end, back)
        room.take((min(x, back_x) - 2, min(y, back_y) - 3, max(x, back_x) + 2, max(y, back_y) + 3))


def drawn(arrows: Sequence[Arrow], scene: Scene, dashes: Mapping[str, int]) -> Iterator[str]:
    """Their lines and heads. What each says is at hand where a pointer rests."""
    for arrow in arrows:
        sight = arrow.sight
        dash = f"d{dashes[sight.what]}" if sight.what in dashes else ""
        stroke, fill = _colours(sight)
        drawn = line(arrow.begin, arrow.end, class_=f"arrow {stroke} {dash}".rstrip())
        ends = "".join(head(sight.fate, arrow.begin, arrow.end, stroke, fill))
        yield element("g", f"{title(_told(sight, scene))}{drawn}{ends}")


def _told(sight: Sight, scene: Scene) -> str:
    said = whole(scene.records[sight.place], scene.places)
    return f"{show_us(sight.time_us)}: {said}{_BECAME.get(sight.fate, '')}"


def _arrow(sight: Sight, paper: Paper, warp: Warp) -> Arrow:
    # What was sent before all that is shown comes from above.
    begin = paper.x[sight.source], warp.y.get(sight.cause, warp.top - 12)
    end = paper.x[sight.lane], warp.y[sight.place]
    if sight.source == sight.lane:
        begin = begin[0], max(begin[1], end[1] - 8)
    elif sight.fate == LOST:
        # Where nobody was there to get it, it came all the way; else it was lost as it left.
        way = end[0] - begin[0]
        share = 1 - 8 / max(16.0, abs(way)) if end[1] > begin[1] + 1 else 0.4
        end = begin[0] + share * way, begin[1] + share * (end[1] - begin[1]) + 4
    return Arrow(sight, begin, end)


def _colours(sight: Sight) -> tuple[str, str]:
    if sight.ballot < 0:
        return "plain", "fplain"
    return f"b{sight.ballot % len(BALLOTS)}", f"f{sight.ballot % len(BALLOTS)}"
