"""What a process says and what happens to it: a shape in its lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulation.diagram.svg import Point, element
from simulation.scene import Sight
from simulation.scene.look import BALLOTS


def mark(sight: Sight, at: Point, *, evidence: bool) -> Iterator[str]:
    """The shape at ``at``, and a ring where it is evidence."""
    stroke, fill = _colours(sight)
    yield _SHAPES.get(sight.shape, _report)(at, stroke, fill)
    if evidence:
        yield ring(at)


def ring(at: Point) -> str:
    """What is around evidence."""
    return element("circle", cx=at[0], cy=at[1], r=9, class_="ring")


def _colours(sight: Sight) -> tuple[str, str]:
    if sight.ballot < 0:
        return "ink", "fink"
    return f"b{sight.ballot % len(BALLOTS)}", f"f{sight.ballot % len(BALLOTS)}"


def _circle(at: Point, stroke: str, fill: str) -> str:
    return element("circle", cx=at[0], cy=at[1], r=4.5, class_=f"hollow {stroke}")


def _square(at: Point, stroke: str, fill: str) -> str:
    return element("rect", x=at[0] - 4.5, y=at[1] - 4.5, width=9, height=9, class_=fill)


def _open_square(at: Point, stroke: str, fill: str) -> str:
    return element("rect", x=at[0] - 4, y=at[1] - 4, width=8, height=8, class_=f"hollow {stroke}")


def _diamond(at: Point, stroke: str, fill: str) -> str:
    return _polygon(at, ((0, -7), (7, 0), (0, 7), (-7, 0)), fill)


def _triangle(at: Point, stroke: str, fill: str) -> str:
    return _polygon(at, ((-5, -5), (6, 0), (-5, 5)), fill)


def _flag(at: Point, stroke: str, fill: str) -> str:
    return _polygon(at, ((-1, -7), (7, -4), (1, -1), (1, 5), (-1, 5)), fill)


def _cross(at: Point, stroke: str, fill: str) -> str:
    x, y = at
    return element("path", d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10", class_="cross")


def _small_cross(at: Point, stroke: str, fill: str) -> str:
    x, y = at
    return element(
        "path", d=f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", class_=stroke, stroke_width=2, fill="none"
    )


def _star(at: Point, stroke: str, fill: str) -> str:
    return _polygon(at, ((0, -7), (2, -2), (7, 0), (2, 2), (0, 7), (-2, 2), (-7, 0), (-2, -2)), "fink")


def _restart(at: Point, stroke: str, fill: str) -> str:
    outer = element("circle", cx=at[0], cy=at[1], r=6, class_="hollow ink")
    return outer + element("circle", cx=at[0], cy=at[1], r=2.2, class_="fink")


def _report(at: Point, stroke: str, fill: str) -> str:
    return element("circle", cx=at[0], cy=at[1], r=2.4, class_=fill)


def _polygon(at: Point, corners: tuple[tuple[int, int], ...], fill: str) -> str:
    points = " ".join(f"{at[0] + x:.1f},{at[1] + y:.1f}" for x, y in corners)
    return element("polygon", points=points, class_=fill)


_SHAPES: dict[str, Callable[[Point, str, str], str]] = {
    "ballot": _triangle,
    "promise": _circle,
    "refusal": _small_cross,
    "question": _open_square,
    "vote": _square,
    "decision": _diamond,
    "leader": _flag,
    "kill": _cross,
    "fault": _star,
    "restart": _restart,
}


def has_shape(name: str) -> bool:
    """Whether there is a shape for this, and not just a dot."""
    return name in _SHAPES


def shape(name: str, at: Point) -> str:
    """A shape for a legend."""
    return _SHAPES.get(name, _report)(at, "ink", "fink")
