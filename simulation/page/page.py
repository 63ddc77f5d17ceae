"""The page: its parts put together into one file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError
from simulation.page.data import run_data
from simulation.page.difference import difference
from simulation.report.summary import one_line, reasons
from simulation.scene.fates import FATES
from simulation.scene.folds import FOLDS
from simulation.scene.look import BALLOTS, DASHES, SIGNS, variables
from simulation.trace.wide import to_json

if TYPE_CHECKING:
    from simulation.run import Run

PROGRAM = (
    "text",
    "model",
    "memory",
    "filter",
    "layout",
    "marks",
    "arrows",
    "labels",
    "names",
    "ground",
    "diagram",
    "minimap",
    "compare",
    "top",
    "panel",
    "list",
    "chips",
    "voice",
    "keys",
    "print",
    "app",
)
"""The files of the page's program, in the order in which they are put together."""


class Page:
    """A run, or two of them side by side, to be stepped through in a browser.

    In a notebook it shows itself. Raises ``InputError`` for a run without events.
    """

    def __init__(self, run: Run, other: Run | None = None) -> None:
        self.runs = (run,) if other is None else (run, other)
        if not all(each.events for each in self.runs):
            raise InputError("the run has no events: there is nothing to step through")

    def html(self) -> str:
        """The page as one file that needs nothing else; the same runs give the same bytes."""
        return Template(_part("page.html")).substitute(
            title=escape(" | ".join(map(one_line, self.runs))),
            plain=escape("\n".join(self._plain())),
            style=variables(":root") + _part("page.css"),
            data=_as_json(self._data()),
            program="".join(_part(f"{name}.js") for name in PROGRAM),
        )

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html())}" sandbox="allow-scripts" title="{escape(repr(self))}"'
            ' style="width:100%;height:760px;border:1px solid #8c959f;border-radius:6px"></iframe>'
        )

    def __repr__(self) -> str:
        return f"Page({', '.join(map(one_line, self.runs))})"

    def _data(self) -> dict[str, Any]:
        return {
            "runs": [run_data(run) for run in self.runs],
            "difference": difference(*self.runs) if len(self.runs) > 1 else None,
            "folds": FOLDS,
            "fates": FATES,
            "signs": SIGNS,
            "dashes": DASHES,
            "shades": len(BALLOTS),
        }

    def _plain(self) -> Iterator[str]:
        for run in self.runs:
            yield one_line(run)
            yield from reasons(run)


def _part(name: str) -> str:
    return resources.files("simulation.page").joinpath(name).read_text(encoding="utf-8")


def _as_json(data: dict[str, Any]) -> str:
    # A browser ends a script at the first "</script", whatever stands around it.
    return to_json(data).replace("<", "\\u003c")
