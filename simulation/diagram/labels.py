"""Names beside messages, where there is room for them: none covers another, or words in lanes, or a head.

Places are tried in an order, and the first of the quietest is taken. A name for which there is none is
left out: colour and dashes tell what it is, and where a pointer rests all of it is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from simulation.diagram.arrows import Arrow
from simulation.diagram.measure import ASCENT, DESCENT, SMALL, wide
from simulation.diagram.room import Room, height_at
from simulation.diagram.svg import Box, Point, text, under
from simulation.scene.fates import COPY, LATE

HIGH = SMALL * (ASCENT + DESCENT)

ASIDE = 10
"""So far a name stays from a lane."""

TRIED = 4
"""Of a bundle of messages so many are looked at."""

LOUD = 3
"""Where so many lines go through there is no room for a name."""


class Place(Struct, frozen=True):
    """Where a name might stand, and at which of its sides something holds it: ``start`` or ``end``."""

    box: Box
    anchor: str


def names(arrows: Sequence[Arrow], ballots: Sequence[str], room: Room) -> Iterator[str]:
    """One name a bundle, that is, for what one sends to many and many send to one."""
    for bundle in _bundles(arrows):
        sight = bundle[0].sight
        words = f"{sight.what} {ballots[sight.ballot]}" if sight.ballot >= 0 else sight.what
        found = [place for arrow in bundle[:TRIED] for place in _beside(arrow, wide(words), room)]
        yield from _written(words, found, room)


def fates(arrows: Sequence[Arrow], room: Room) -> Iterator[str]:
    """What became of messages that came late, or again."""
    for arrow in arrows:
        if arrow.sight.fate in (COPY, LATE):
            word = "again" if arrow.sight.fate == COPY else "late"
            yield from _written(word, _at_head(arrow, wide(word)), room, font_style="italic")


def _bundles(arrows: Sequence[Arrow]) -> list[list[Arrow]]:
    fans = Counter((arrow.sight.cause, arrow.sight.what) for arrow in arrows)
    found: dict[tuple[object, ...], list[Arrow]] = {}
    for arrow in arrows:
        sight = arrow.sight
        fan = fans[sight.cause, sight.what] > 1
        ends = (sight.source, sight.cause) if fan else (sight.lane, "to")
        found.setdefault((sight.what, sight.ballot, sight.instance, *ends), []).append(arrow)
    return list(found.values())


def _written(words: str, places: Sequence[Place], room: Room, **attributes: object) -> Iterator[str]:
    """The words at the first of the quietest places, if there is any."""
    best, fewest = None, LOUD
    for place in places:
        left, top, right, bottom = place.box
        if room.lane_within(left - 3, right + 3) or not room.is_free(place.box):
            continue
        crossed = room.crossings((left, top + 1, right, bottom - 1))
        if crossed < fewest:
            best, fewest = place, crossed
        if not crossed:
            break
    if best is not None:
        left, _, right, bottom = best.box
        room.take(best.box)
        at = right if best.anchor == "end" else left, bottom - SMALL * DESCENT
        anchor = "end" if best.anchor == "end" else ""
        if fewest:
            yield under(best.box)
        yield text(at, words, class_="faint halo", text_anchor=anchor, **attributes)


def _beside(arrow: Arrow, width: float, room: Room) -> Iterator[Place]:
    """Places along a line, in such an order that it is most often easy to see whose name it is.

    Words of a process stand to its right: a name is at home to the left of who sends or gets it.
    """
    begin, end = sorted((arrow.begin, arrow.end))
    between = room.lanes_between(begin[0], end[0])
    lanes = [*between[:2], *between[2:][-2:]]
    yield from _by_line(begin, end, end[0] - ASIDE - width, width, "end")
    yield from _by_line(begin, end, begin[0] + ASIDE, width, "start")
    for lane in lanes:
        yield from _by_line(begin, end, lane - ASIDE - width, width, "end")
        yield from _by_line(begin, end, lane + ASIDE, width, "start")
    for share in (0.5, 0.25, 0.75):
        x = begin[0] + share * (end[0] - begin[0])
        yield from _by_line(begin, end, x, width, "start")
        yield from _by_line(begin, end, x - width, width, "end")


def _by_line(begin: Point, end: Point, left: float, width: float, anchor: str) -> Iterator[Place]:
    """Above the line and below it: a corner is near the line, and the rest of the box is off it."""
    one, other = height_at(begin, end, left), height_at(begin, end, left + width)
    above, below = min(one, other) - 2, max(one, other) + 2
    yield Place((left, above - HIGH, left + width, above), anchor)
    yield Place((left, below, left + width, below + HIGH), anchor)


def _at_head(arrow: Arrow, width: float) -> list[Place]:
    x, y = arrow.end
    sides = [(x - ASIDE - width, "end"), (x + ASIDE, "start")]
    return [
        Place((left, top, left + width, top + HIGH), anchor)
        for left, anchor in sides[:: arrow.to_right]
        for top in (y + 4, y - HIGH - 4, y - HIGH / 2)
    ]
