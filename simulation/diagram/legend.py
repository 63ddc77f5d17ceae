"""What the signs of a diagram mean: only those that are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from simulation.diagram.heads import head
from simulation.diagram.marks import has_shape, shape
from simulation.diagram.measure import SMALL, wide, wrapped
from simulation.diagram.svg import element, line, text
from simulation.diagram.warp import ARROWS
from simulation.scene import Scene, Sight
from simulation.scene.bands import LINKS, SLOW, SUSPENDED
from simulation.scene.fates import COPY, LATE, LOST
from simulation.scene.look import BALLOTS, SIGNS

ROW = 17

LEFT = 16

ICON = 26
"""The room for a sign."""

_FATES = {LOST: "nobody gets it", COPY: "once more", LATE: "overtaken, or of a lower ballot"}

_BANDS = {SUSPENDED: "suspended", SLOW: "slow, or with a wrong clock"}

Item = tuple[str, str]
"""A sign and what it means."""


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
        *_fates(shown),
        *_shapes(shown),
        *_bands(scene, shown),
    ]
    drawn, x, y = list[str](), float(LEFT), top
    for icon, words in items:
        wanted = ICON + wide(words) + 14
        if x + wanted > width and x > LEFT:
            x, y = float(LEFT), y + ROW
        drawn.append(
            f'<g transform="translate({x:.0f},{y:.0f})">{icon}{text((ICON, 4), words, class_="faint")}</g>'
        )
        x += wanted
    if hidden:
        told = ", ".join(f"{count} {name}" for name, count in sorted(hidden.items()))
        for words in wrapped(f"folded away: {told}", width - 2 * LEFT, SMALL):
            y += ROW
            drawn.append(text((LEFT, y + 4), words, class_="faint"))
    return drawn, y + ROW - top


def _ballots(scene: Scene, shown: Sequence[Sight]) -> Iterator[Item]:
    names = scene.ballot_names()
    used = sorted({sight.ballot for sight in shown if sight.ballot >= 0})
    for number in used[: len(BALLOTS)]:
        box = element("rect", x=4, y=-4, width=14, height=8, class_=f"f{number % len(BALLOTS)}")
        yield box, f"ballot {names[number]}"
    if len(used) > len(BALLOTS):
        more = element("rect", x=4.5, y=-3.5, width=13, height=7, class_="hollow plain")
        yield more, f"and {len(used) - len(BALLOTS)} more, in the same colours again"


def _kinds(shown: Sequence[Sight], dashes: Mapping[str, int]) -> Iterator[Item]:
    for what in dict.fromkeys(
        sight.what for sight in shown if sight.shape in ARROWS and sight.what in dashes
    ):
        yield line((0, 0), (22, 0), class_=f"arrow ink d{dashes[what]}"), what


def _fates(shown: Sequence[Sight]) -> Iterator[Item]:
    used = {sight.fate for sight in shown}
    for fate, words in _FATES.items():
        if fate in used:
            way = (0.0, 0.0), (18.0, 0.0)
            yield f"{line(*way, class_='arrow ink')}{''.join(head(fate, *way, 'ink', 'fink'))}", words


def _shapes(shown: Sequence[Sight]) -> Iterator[Item]:
    used = {sight.shape for sight in shown}
    for name, words in SIGNS.items():
        if name in used and has_shape(name):
            yield shape(name, (11, 0)), words


def _bands(scene: Scene, shown: Sequence[Sight]) -> Iterator[Item]:
    begun = {band.what for band in scene.bands if shown and band.begin <= shown[-1].place}
    told = ", ".join(words for what, words in _BANDS.items() if what in begun)
    if told:
        yield element("rect", x=7, y=-6, width=10, height=12, class_="still"), told
    if LINKS in begun:
        yield element("path", d="M14 -6H8V6H14", class_="world"), "a fault hits links"
