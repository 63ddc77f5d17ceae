"""Where the lanes are on the paper, and the style of everything on it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from simulation.scene import Lane
from simulation.scene.look import BALLOTS, DASHES, variables

GUTTER = 82
"""The room for times, at the left."""

WORLD = 150
"""The room for what happens to links, and to nobody in particular."""

MARGIN = 14


class Paper(Struct, frozen=True):
    """The x of each lane, by process; -1 is the world, where there is anything to be told of it."""

    x: dict[int, float]
    lane: float
    """How wide a lane is."""
    width: float


def paper(lanes: Sequence[Lane], has_world: bool, least: float) -> Paper:
    """Lanes that have room for words where there are few, and less where there are many; ``least`` wide."""
    wide = 168.0 if len(lanes) <= 5 else 128 if len(lanes) <= 7 else 104
    left = GUTTER + (WORLD if has_world else 0)
    x = {lane.process: left + 16.0 + wide * number for number, lane in enumerate(lanes)}
    if has_world:
        x[-1] = GUTTER + 10.0
    return Paper(x, wide, max(least, left + 16.0 + wide * len(lanes) + MARGIN))


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
    ".std .halo{paint-order:stroke;stroke:var(--ground);stroke-width:3.5px;stroke-linejoin:round}"
    ".std .ring{fill:none;stroke:var(--alarm);stroke-width:2}"
    ".std .gap{fill:var(--panel)}"
    ".std .still{fill:var(--line);fill-opacity:.35;stroke:var(--line)}"
    ".std .world{stroke:var(--faint);stroke-width:1.2;fill:none}"
)
