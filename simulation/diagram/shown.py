"""What a notebook shows of a run by itself: no script, nothing fetched, folds that open by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from simulation.diagram.diagram import Diagram
from simulation.report.summary import one_line, reasons
from simulation.scene.words import short
from simulation.trace import Kind
from simulation.trace.record import KIND

if TYPE_CHECKING:
    from simulation.run import Run

DRAWN = 120
"""So many events are drawn at the most: enough for a look. ``run.diagram()`` draws more."""

LINES = 30
"""So many lines of the log are shown."""


def html(run: Run) -> str:
    """The run in one line, why it does not pass, its diagram, and the rest to be opened."""
    told = "".join(f"<p>{escape(reason)}</p>" for reason in reasons(run))
    drawn = str(Diagram(run, most=DRAWN)) if run.events else ""
    return (
        f"<div><p><strong>{escape(one_line(run))}</strong></p>{told}"
        f'<div style="overflow:auto;max-height:32em">{drawn}</div>'
        f"{_fold('decisions', _decisions(run))}{_fold('messages', _table(run.messages.items()))}"
        f"{_fold('faults that struck', _list(_struck(run)))}{_fold('log', _log(run))}</div>"
    )


def _decisions(run: Run) -> str:
    return _table(
        (f"instance {instance}, {process}", value)
        for instance, by in sorted(run.decisions.items())
        for process, value in by.items()
    )


def _struck(run: Run) -> list[str]:
    return [
        f"{run.places.names[strike.process]}: {short(run.trace.records[strike.place], run.places)}"
        for strike in run.story.strikes
        if strike.process >= 0 and run.trace.records[strike.place][KIND] == Kind.STRIKE
    ]


def _log(run: Run) -> str:
    lines = run.log().splitlines()
    more = [f"... and {len(lines) - LINES} more: run.log()"] if len(lines) > LINES else []
    return f"<pre>{escape(chr(10).join(lines[:LINES] + more))}</pre>" if lines else ""


def _fold(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>{content}</details>" if content else ""


def _table(rows: Iterable[tuple[str, object]]) -> str:
    body = "".join(f"<tr><td>{escape(name)}</td><td>{escape(str(it))}</td></tr>" for name, it in rows)
    return f"<table>{body}</table>" if body else ""


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""
