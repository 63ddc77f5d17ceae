"""Time made visible: how far down each event stands.

In linear time everything happens in a thin stripe between long waits. So the way from one event
to the next grows with the bits of the time between them, a wait that is far longer than
usual is a bar with its length beside it, and words in one lane never cover each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec import Struct

from simulation.scene import Sight
from simulation.units import show_us

LEAST, MOST, PER_BIT = 3, 26, 4
"""The way from one event to the next, in pixels: at least, at most, and for each bit of the time between."""

ROOM = 14
"""From one line of words to the next in the same lane."""

GAP = 30
"""The height of the bar that stands for a long wait."""

LONG = 64
"""A wait of so many usual ones is long."""

RAISED = ("proposal", "ballot", "question")
"""From what these say a fan of messages goes out: their words stand above it."""

RAISE = 8
"""So much above its usual place."""

ARROWS = ("message", "lost")
"""What is drawn as an arrow."""

WORDLESS = (*ARROWS, "pause")
"""What has no words in its lane: who is suspended is seen to be, for as long as it lasts."""


class Gap(Struct, frozen=True):
    """A long wait, or events that are left out: where the bar stands, and what it says."""

    y: float
    text: str


class Warp(Struct, frozen=True):
    """Where every event stands: ``y`` by place, also for those that are not shown."""

    y: dict[int, float]
    gaps: tuple[Gap, ...]
    top: float
    height: float


def warp(sights: Sequence[Sight], shown: Collection[int], left_out: Collection[int], top: float) -> Warp:
    """Lay these events out from ``top`` on, and those that sent what is shown.

    All others stand where the one before them does; of those ``left_out`` a bar says how many they are.
    """
    sent = {sight.cause for sight in sights if sight.place in shown and sight.shape in ARROWS}
    usual = _usual([sight.time_us for sight in sights if sight.place in shown])
    y, now_us, gaps, missing = top, None, list[Gap](), 0
    where: dict[int, float] = {}
    words: dict[int, float] = {}
    for sight in sights:
        missing += sight.place in left_out
        if sight.place in shown or sight.place in sent:
            waited = 0 if now_us is None else sight.time_us - now_us
            if waited > LONG * usual or (missing and sight.place in shown):
                gaps.append(Gap(y + GAP / 2 + 4, _passed(waited, missing)))
                missing = 0
                y += GAP + 8
            elif now_us is not None:
                y += min(MOST, LEAST + PER_BIT * (2 * waited // usual).bit_length())
            if sight.shape not in WORDLESS and sight.place in shown:
                room = ROOM + RAISE * (sight.shape in RAISED)
                y = max(y, words.get(sight.lane, top - room) + room)
                words[sight.lane] = y
            now_us = sight.time_us
        where[sight.place] = y
    return Warp(where, tuple(gaps), top, y)


def _passed(waited_us: int, missing: int) -> str:
    left_out = f" · {missing} events not shown" if missing else ""
    return f"{show_us(_about(waited_us))} pass{left_out}"


def _about(duration_us: int) -> int:
    """Its first three digits: the times above and below are exact."""
    step = int("1".ljust(len(str(duration_us)) - 2, "0"))
    return (duration_us + step // 2) // step * step


def _usual(times_us: Sequence[int]) -> int:
    """The median of the times between events that are not at once; at least a microsecond."""
    waits = sorted(after - before for before, after in pairwise(times_us) if after > before)
    return waits[len(waits) // 2] if waits else 1
