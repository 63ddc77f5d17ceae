"""The whole of it: header, lanes, arrows, marks, legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from simulation.diagram import arrows, labels, said
from simulation.diagram.lasting import Span, brackets, columns, lanes, still
from simulation.diagram.legend import legend
from simulation.diagram.marks import mark, ring
from simulation.diagram.measure import PLAIN, TITLE, cut, wide, wrapped
from simulation.diagram.paper import COLUMN, GUTTER, MARGIN, Paper, paper, style
from simulation.diagram.room import Room
from simulation.diagram.said import Said
from simulation.diagram.svg import Point, element, line, plain, text, title
from simulation.diagram.warp import GAP, ROOM, WORDLESS, Warp, warp
from simulation.errors import InputError, nearest
from simulation.protocols import find_protocol
from simulation.report.summary import one_line
from simulation.scene import Scene, Sight
from simulation.scene.bands import LINKS
from simulation.scene.folds import FOLDS
from simulation.scene.look import dashes
from simulation.units import show_us

if TYPE_CHECKING:
    from simulation.run import Run

MOST = 500
"""So many events are drawn at the most; of a longer run those around its violation, or its first."""

LINE = 18
"""From one line of the title to the next."""

HEADER = 44
"""The room for the names of lanes."""

LEFT = 16

LINKS_TURN = ("LinksHit", "RingHit", "LinksHealed")
"""What is seen as a bracket and has no mark."""


class Diagram:
    """One run drawn. ``str(diagram)`` is the SVG; a notebook shows it by itself.

    ``show`` names folds (``scene.folds.FOLDS``) that shall not be folded away. ``around`` is the id of
    an event in whose neighbourhood at most ``most`` (500) events are drawn; all proofs are in any case.

    Raises ``InputError`` for a fold or an event that there is none of, and for a run without events.
    """

    def __init__(
        self, run: Run, *, show: Collection[str] = (), around: int | None = None, most: int | None = None
    ) -> None:
        _check_folds(show)
        most = MOST if most is None else most
        if isinstance(most, bool) or not isinstance(most, int) or most < 1:
            raise InputError(f"most: is {most!r}; a whole number from 1 on is needed, such as {MOST}")
        if not run.events:
            raise InputError("the run has no events: there is nothing to draw")
        self.run = run
        self._scene = Scene(run)
        # What proves a violation is never folded away, and never too far off.
        self._proofs = self._scene.evidence
        self._all = [sight for sight in self._scene.sights if self._is_open(sight, show)]
        self._hidden = Counter(sight.fold for sight in self._scene.sights if not self._is_open(sight, show))
        self._shown = _near(self._all, self._centre(around), most, self._proofs)

    def _is_open(self, sight: Sight, show: Collection[str]) -> bool:
        return not sight.fold or sight.fold in show or sight.place in self._proofs

    def _centre(self, around: int | None) -> int | None:
        if around is not None:
            if around not in self._scene.place_of:
                raise InputError(f"the run has no event {around}: 'around' takes the id of one")
            return self._scene.place_of[around]
        return max(self._proofs, default=None)

    def _repr_svg_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<diagram of {one_line(self.run)}>"

    def __str__(self) -> str:
        return self._svg

    @cached_property
    def _svg(self) -> str:
        scene, shown = self._scene, self._shown
        # The links that a fault hits, and the calm, are told beside the lanes.
        told = [sight.text for sight in shown if sight.lane >= 0 and _has_mark(sight)]
        on = paper(scene.lanes, told, _worldly(scene, shown), columns(scene.bands))
        headings = self._headings(on)
        top = 10 + LINE * len(headings) + HEADER
        within = scene.sights[shown[0].place : shown[-1].place + 1] if shown else []
        where = warp(within, *self._places(), top + 16)
        bottom = where.height + 18
        kinds = dashes(find_protocol(self.run.plan.protocol))
        signs, height = legend(scene, shown, kinds, self._hidden, bottom + 22, on.width)
        drawn = [
            *headings,
            *self._names(on, top),
            *_bars(where, on),
            *self._lasting(on, where, top, bottom),
            *self._happened(on, where, kinds),
            *_times(shown, where),
            *signs,
        ]
        return self._whole(on.width, bottom + 22 + height, drawn)

    def _places(self) -> tuple[set[int], set[int]]:
        """The places of what is shown, and of what is left out for there is too much of it."""
        shown = {sight.place for sight in self._shown}
        return shown, {sight.place for sight in self._all} - shown

    def _whole(self, width: float, height: float, drawn: list[str]) -> str:
        said = self._sentence()
        ground = element("rect", width=width, height=height, class_="ground")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="std" role="img" aria-label="{plain(said)}"'
            f' width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
            f"{title(said)}<style>{style()}</style>{ground}{''.join(drawn)}</svg>"
        )

    def _sentence(self) -> str:
        return f"Space-time diagram of {one_line(self.run)}, {len(self._shown)} events shown"

    def _headings(self, on: Paper) -> list[str]:
        """The run in one line, and what it violates, in as many lines as it takes."""
        room = on.width - 2 * LEFT
        told = [(words, "title") for words in wrapped(one_line(self.run), room, TITLE, bold=True)]
        for violation in self.run.violations:
            found = wrapped(f"{violation.check}: {violation.message}", room, PLAIN)
            told += [(words, "alarm") for words in found]
        return [
            text((LEFT, 20 + LINE * number), words, class_=class_)
            for number, (words, class_) in enumerate(told)
        ]

    def _names(self, on: Paper, top: float) -> Iterator[str]:
        for lane in self._scene.lanes:
            x = on.x[lane.process] - 4
            yield text((x, top - 18), lane.name, class_="name")
            if lane.role:
                yield text((x, top - 5), cut(lane.role, on.lane - 8), class_="faint")
        left_out = len(self._all) - len(self._shown)
        if left_out:
            yield text((LEFT, top - 18), f"{left_out} events", class_="faint")
            yield text((LEFT, top - 5), "not shown", class_="faint")

    def _lasting(self, on: Paper, where: Warp, top: float, bottom: float) -> Iterator[str]:
        span, bands = Span(where, top, bottom), self._scene.bands
        yield from lanes(self._scene.lanes, bands, on, span, top, bottom)
        yield from still(bands, on, span)
        yield from brackets(bands, on, span)

    def _happened(self, on: Paper, where: Warp, kinds: Mapping[str, int]) -> Iterator[str]:
        """Messages below, words above: what is said has its place first, then the names of messages."""
        sent, words = arrows.laid(self._shown, on, where), list(self._words(on, where))
        room = Room(on.x[lane.process] for lane in self._scene.lanes)
        room.take((0, 0, on.width, where.top - ROOM))
        room.take((0, 0, GUTTER + on.world - COLUMN, where.height))
        for gap in where.gaps:
            room.take((LEFT, gap.y - GAP / 2, LEFT + wide(gap.text), gap.y + GAP / 2))
        arrows.occupy(sent, room)
        said.occupy(words, room)
        yield from arrows.drawn(sent, self._scene, kinds)
        yield from self._marks(on, where)
        yield from said.written(words, room)
        yield from labels.names(sent, self._scene.ballot_names(), room)
        yield from labels.fates(sent, room)

    def _words(self, on: Paper, where: Warp) -> Iterator[Said]:
        for sight in filter(_has_mark, self._shown):
            at = _at(sight, on, where)
            room = on.lane if sight.lane >= 0 else GUTTER + on.world - at[0]
            yield Said(sight, at, evidence=sight.place in self._proofs, room=room)

    def _marks(self, on: Paper, where: Warp) -> Iterator[str]:
        for sight in self._shown:
            if _has_mark(sight):
                yield from mark(sight, _at(sight, on, where), evidence=sight.place in self._proofs)
            elif sight.place in self._proofs:
                yield ring(_at(sight, on, where))


def _has_mark(sight: Sight) -> bool:
    return sight.shape not in WORDLESS and sight.what not in LINKS_TURN


def _at(sight: Sight, on: Paper, where: Warp) -> Point:
    return on.x.get(sight.lane, float(MARGIN)), where.y[sight.place]


def _worldly(scene: Scene, shown: list[Sight]) -> list[str]:
    """What is said of nobody in particular."""
    told = [sight.text for sight in shown if sight.lane < 0 and sight.what not in LINKS_TURN]
    return [*told, *(band.text for band in scene.bands if band.what == LINKS)]


def _check_folds(show: object) -> None:
    # A word is a collection too, of letters.
    if isinstance(show, str) or not isinstance(show, Collection):
        raise InputError(f"show: is {show!r}; a list of names is needed, as in show=[{next(iter(FOLDS))!r}]")
    for name in show:
        if name not in tuple(FOLDS):
            near = nearest(str(name), FOLDS)
            raise InputError(f"show: there is no fold {name!r}. Known: {', '.join(FOLDS)}.{near}")


def _near(sights: list[Sight], centre: int | None, most: int, proofs: Collection[int]) -> list[Sight]:
    """``most`` around the centre. Proofs that are far from it count among them."""
    near = _window(sights, centre, most)
    far = sum(sight.place in proofs for sight in sights) - sum(sight.place in proofs for sight in near)
    kept = {sight.place for sight in _window(sights, centre, max(1, most - far))}
    return [sight for sight in sights if sight.place in kept or sight.place in proofs]


def _window(sights: list[Sight], centre: int | None, most: int) -> list[Sight]:
    if len(sights) <= most:
        return sights
    if centre is None:
        return sights[:most]
    before = sum(sight.place <= centre for sight in sights)
    # More of what led to it than of what came after it.
    first = max(0, min(before - most * 3 // 4, len(sights) - most))
    return sights[first : first + most]


def _bars(where: Warp, on: Paper) -> Iterator[str]:
    for gap in where.gaps:
        yield element(
            "rect", x=8, y=gap.y - GAP / 2 + 4, width=on.width - 16, height=GAP - 8, rx=4, class_="gap"
        )


def _times(shown: list[Sight], where: Warp) -> Iterator[str]:
    """How long the waits were; and the time of an event, wherever there is room for it."""
    for gap in where.gaps:
        yield text((LEFT, gap.y + 4), gap.text, class_="faint over")
    last = -ROOM * 2.0
    for sight in shown:
        y = where.y[sight.place]
        if y - last >= ROOM * 2:
            last = y
            yield text((GUTTER - 14, y + 4), show_us(sight.time_us), class_="faint", text_anchor="end")
            yield line((GUTTER - 10, y), (GUTTER - 5, y), class_="world")
