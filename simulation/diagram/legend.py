"""What the signs of a diagram mean: only those that are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from simulation.diagram.marks import NAMES, shape
from simulation.diagram.svg import element, line, text
from simulation.diagram.warp import ARROWS
from simulation.scene import Scene, Sight
from simulation.scene.fates import COPY, LATE, LOST
from simulation.scene.look import BALLOTS

ROW = 17

_FATES = {LOST: "○ lost", COPY: "» again: one more copy", LATE: "late: overtaken, or of a lower ballot"}


def legend(
    scene: Scene,
    shown: Sequence[Sight],
    dashes: Mapping[str, int],
    hidden: Mapping[str, int],
    top: float,
    width: float,
) -> tuple[list[str], float]:
    """The lines of the legend from ``top`` on, and how high all of them are.

    ``hidden`` is how many events are folded away, by fold.
    """
    items = [
        *_ballots(scene, shown),
        *_kinds(shown, dashes),
        *_shapes(shown),
        *_fates(shown),
    ]
    drawn, x, y = list[str](), 16.0, top
    for icon, words in items:
        wide = 30 + 6.2 * len(words) + 14
        if x + wide > width and x > 16:
            x, y = 16.0, y + ROW
        drawn.append(
            f'<g transform="translate({x:.0f},{y:.0f})">{icon}{text((26, 4), words, class_="faint")}</g>'
        )
        x += wide
    if hidden:
        y += ROW
        told = ", ".join(f"{count} {name}" for name, count in sorted(hidden.items()))
        drawn.append(text((16, y + 4), f"folded away: {told}", class_="faint"))
    return drawn, y + ROW - top


def _ballots(scene: Scene, shown: Sequence[Sight]) -> Iterator[tuple[str, str]]:
    names = scene.ballot_names()
    used = sorted({sight.ballot for sight in shown if sight.ballot >= 0})
    for number in used[: len(BALLOTS)]:
        box = element("rect", x=4, y=-4, width=14, height=8, class_=f"f{number % len(BALLOTS)}")
        yield box, f"ballot {names[number]}"
    if len(used) > len(BALLOTS):
        yield "", f"and {len(used) - len(BALLOTS)} more, in the same colours again"


def _kinds(shown: Sequence[Sight], dashes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for what in dict.fromkeys(
        sight.what for sight in shown if sight.shape in ARROWS and sight.what in dashes
    ):
        yield line((0, 0), (22, 0), class_=f"arrow ink d{dashes[what]}"), what


def _shapes(shown: Sequence[Sight]) -> Iterator[tuple[str, str]]:
    used = {sight.shape for sight in shown}
    for name, words in NAMES.items():
        if name in used:
            yield shape(name, (11, 0)), words
    if "pause" in used:
        yield element("rect", x=7, y=-6, width=10, height=12, class_="still"), "suspended"


def _fates(shown: Sequence[Sight]) -> Iterator[tuple[str, str]]:
    used = {sight.fate for sight in shown}
    for fate, words in _FATES.items():
        if fate in used:
            yield "", words
