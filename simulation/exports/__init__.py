"""A run in the formats of other tools. Makes text, writes no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simulation.exports.perfetto import perfetto_lines
from simulation.exports.shiviz import shiviz_lines

if TYPE_CHECKING:
    from simulation.run import Run

EXPORTS: dict[str, Callable[[Run], Iterator[str]]] = {
    ".shiviz": shiviz_lines,
    ".perfetto.json": perfetto_lines,
}
"""By the ending of the file's name, what makes its lines, without line ends."""

__all__ = ["EXPORTS", "perfetto_lines", "shiviz_lines"]
