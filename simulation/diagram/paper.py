"""Where the lanes are on the paper, and the style of everything on it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from simulation.diagram.measure import PLAIN, wide
from simulation.scene import Lane
from simulation.scene.look import BALLOTS, DASHES, variables

GUTTER = 82
"""The room for times, at the left."""

WORLD = 230
"""The room for what happens to links, and to nobody in particular: so much at the most."""

BRACKETS, COLUMN = GUTTER + 10.0, 9
"""Where the first bracket is, and how far it is from one to the next; marks are beside the last."""

BESIDE = 9
"""So far from the middle of a mark its words begin."""

MARK = 7
"""How far a mark reaches."""

MARKED = BESIDE + MARK + 2
"""What words need besides their own room, up to the next lane."""

MARGIN = 14

LEAST = 480
"""So wide a picture is at least: titles and legends are lines, and no columns."""


class Paper(Struct, frozen=True):
    """The x of each lane, by process; -1 is the world, where there is anything to be told of it."""

    x: dict[int, float]
    lane: float
    """How wide a lane is."""
    world: float
    """How much room there is for what happens to the world."""
    width: float


def paper(lanes: Sequence[Lane], said: Sequence[str], worldly: Sequence[str], columns: int) -> Paper:
    """Lanes that have room for what is ``said`` where there are few, and less where there are many.

    What is said of the world is ``worldly``; beside it are so many ``columns`` of brackets.
    """
    least, most = (168, 190) if len(lanes) <= 5 else (128, 128) if len(lanes) <= 7 else (104, 104)
    lane = float(min(most, max([least, *(wide(words, PLAIN) + MARKED for words in said)])))
    told = [wide(words, PLAIN) + MARKED + BRACKETS - GUTTER + COLUMN * columns for words in worldly]
    world = min(WORLD, max(told)) if told else 0.0
    left = GUTTER + world + 16
    x = {at.process: left + lane * number for number, at in enumerate(lanes)}
    if worldly:
        x[-1] = BRACKETS + COLUMN * columns
    return Paper(x, lane, world, max(LEAST, left + lane * len(lanes) + MARGIN))


def style() -> str:
    """The style sheet. All that is in it is named ``.std``, for a notebook's page has many."""
    colours = "".join(
        f".std .b{number}{{stroke:var(--b{number})}}.std .f{number}{{fill:var(--b{number})}}"
        for number in range(len(BALLOTS))
    )
    dashes = "".join(
        f".std .d{number}{{stroke-dasharray:{dash}}}" for number, dash in enumerate(DASHES) if dash
    )
    return f"{variables('.std')}{_STYLE}{colours}{dashes}"


_STYLE = (
    ".std{font:11px system-ui,'Segoe UI','DejaVu Sans',sans-serif}"
    ".std text{fill:var(--ink)}"
    ".std .ground{fill:var(--ground)}"
    ".std .under{fill:var(--ground);fill-opacity:.85}"
    ".std .faint{fill:var(--faint);font-size:10px}"
    ".std .name{font-weight:600;font-size:12px}"
    ".std .title{font-size:13px;font-weight:600}"
    ".std .alarm{fill:var(--alarm)}"
    ".std .lane{stroke:var(--line);stroke-width:1.2}"
    ".std .dead{stroke-dasharray:1 5}"
    ".std .arrow{fill:none;stroke-width:1.3}"
    ".std .plain{stroke:var(--faint)}.std .fplain{fill:var(--faint)}"
    ".std .hollow{fill:var(--ground);stroke-width:1.8}"
    ".std .ink{stroke:var(--ink)}.std .fink{fill:var(--ink)}"
    ".std .cross{stroke:var(--ink);stroke-width:2.4;fill:none}"
    ".std .late{stroke-width:1.8}"
    ".std .halo{paint-order:stroke;stroke:var(--ground);stroke-width:3.5px;stroke-linejoin:round}"
    ".std .over{paint-order:stroke;stroke:var(--panel);stroke-width:5px;stroke-linejoin:round}"
    ".std .ring{fill:none;stroke:var(--alarm);stroke-width:2}"
    ".std .gap{fill:var(--panel)}"
    ".std .still{fill:var(--line);fill-opacity:.35;stroke:var(--line)}"
    ".std .world{stroke:var(--faint);stroke-width:1.2;fill:none}"
)
