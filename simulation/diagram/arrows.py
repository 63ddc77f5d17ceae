"""Messages: from where they were sent to where they came, or how far they got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from simulation.diagram.paper import Paper
from simulation.diagram.svg import Point, element, line, text
from simulation.diagram.warp import ARROWS, Warp
from simulation.scene import Scene, Sight
from simulation.scene.fates import COPY, LATE, LOST
from simulation.scene.look import BALLOTS


class Arrow(Struct, frozen=True):
    """One message on the paper."""

    sight: Sight
    begin: Point
    end: Point

    @property
    def to_right(self) -> int:
        """1 where it goes to the right, -1 where it goes to the left."""
        return 1 if self.end[0] >= self.begin[0] else -1


def arrows(
    scene: Scene, shown: list[Sight], paper: Paper, warp: Warp, dashes: Mapping[str, int]
) -> Iterator[str]:
    """All messages that are shown: lines first, then heads and names, which nothing shall cover."""
    found = [
        _arrow(sight, paper, warp)
        for sight in shown
        if sight.shape in ARROWS and sight.source >= 0 and sight.lane >= 0
    ]
    names = scene.ballot_names()
    for arrow in found:
        dash = f"d{dashes[arrow.sight.what]}" if arrow.sight.what in dashes else ""
        yield line(arrow.begin, arrow.end, class_=f"arrow {_stroke(arrow.sight)} {dash}".rstrip())
    for arrow in found:
        yield from _head(arrow)
    for arrow in _named(found):
        yield _name(arrow, names)


def _named(found: list[Arrow]) -> Iterator[Arrow]:
    """Those that are named: one of a fan-out, and of what many send to one the first."""
    fans = Counter((arrow.sight.cause, arrow.sight.what) for arrow in found)
    named = set[tuple[object, ...]]()
    for arrow in found:
        sight = arrow.sight
        fan = fans[sight.cause, sight.what] > 1
        key = (sight.what, sight.ballot, *((sight.source, "from") if fan else (sight.lane, "to")))
        if key not in named:
            named.add(key)
            yield arrow


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


def _head(arrow: Arrow) -> Iterator[str]:
    (x, y), turn, sight = arrow.end, -arrow.to_right, arrow.sight
    if sight.fate == LOST:
        yield element("circle", cx=x, cy=y, r=3.2, class_=f"hollow {_stroke(sight)}")
        return
    for back in (0, 6) if sight.fate == COPY else (0,):
        slope = (arrow.end[1] - arrow.begin[1]) / max(1.0, abs(arrow.end[0] - arrow.begin[0]))
        tip = x + turn * (1 + back), y - slope * back
        base = tip[0] + turn * 7, tip[1] - slope * 7
        points = f"{tip[0]:.1f},{tip[1]:.1f} {base[0]:.1f},{base[1] - 3:.1f} {base[0]:.1f},{base[1] + 3:.1f}"
        yield element("polygon", points=points, class_=_fill(sight))
    if sight.fate in (COPY, LATE):
        word = "again" if sight.fate == COPY else "late"
        anchor = "end" if turn < 0 else "start"
        yield text((x + turn * 12, y + 9), word, class_="faint halo", font_style="italic", text_anchor=anchor)


def _name(arrow: Arrow, names: list[str]) -> str:
    sight = arrow.sight
    words = f"{sight.what} {names[sight.ballot]}" if sight.ballot >= 0 else sight.what
    (x, y), (end_x, end_y) = arrow.begin, arrow.end
    # Words of a process stand to its right: a name is at home to the left of who sends or gets it.
    near = min(0.45, 12 / max(1.0, abs(end_x - x)))
    share = 1 - near if arrow.to_right > 0 else near
    at = x + share * (end_x - x), y + share * (end_y - y) - 3
    return text(at, words, class_="faint halo", text_anchor="end")


def _stroke(sight: Sight) -> str:
    return f"b{sight.ballot % len(BALLOTS)}" if sight.ballot >= 0 else "plain"


def _fill(sight: Sight) -> str:
    return f"f{sight.ballot % len(BALLOTS)}" if sight.ballot >= 0 else "fplain"
