"""Points in the order of effects: just before a step of a protocol, or directly after it.

Only a run with faults that are pinned to steps has any; in all others effects go by unwatched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulation.protocols.effects import Effect, Multicast, Send
from simulation.protocols.reports import Report

Reached = Callable[[int], None]
"""Hears of a process that is about to take a step, or has just taken it."""


class Point(Effect, frozen=True, gc=False):
    """Stands between two effects. Nothing happens but that it is ``reached``."""

    reached: Reached


class Watched(Effect, frozen=True, gc=False):
    """Who wants to know of ``step``, and whether ``before`` it happens or after."""

    step: str
    before: bool
    reached: Reached


class Watch:
    """Puts points among effects. ``moments`` are the messages whose sending is a step, by name."""

    def __init__(self, moments: Mapping[str, type], watched: list[Watched]) -> None:
        self._moments = moments
        self._watched = watched
        self._known: dict[type, tuple[tuple[Point, ...], tuple[Point, ...]]] = {}

    def among(self, effects: tuple[Any, ...]) -> Iterator[Any]:
        """The effects with points before and after those that are steps."""
        for effect in effects:
            kind = effect.__class__
            what = effect.message.__class__ if kind in (Send, Multicast) else kind
            around = self._known.get(what)
            if around is None:
                around = self._known[what] = self._points(what, before=True), self._points(what, before=False)
            yield from around[0]
            yield effect
            yield from around[1]

    def _points(self, what: type, *, before: bool) -> tuple[Point, ...]:
        return tuple(
            [Point(one.reached) for one in self._watched if one.before is before and self._is(one.step, what)]
        )

    def _is(self, step: str, what: type) -> bool:
        if step in self._moments:
            return self._moments[step] is what
        return issubclass(what, Report) and what.__name__ == step
