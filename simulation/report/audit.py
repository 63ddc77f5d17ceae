"""What was found in a log, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.seedlog.lines import looks_joined

if TYPE_CHECKING:
    from simulation.audit import Audited, Tally

MOST_SHOWN = 5
"""So many unreadable lines of one run are shown."""


def findings(audited: Audited) -> Iterator[str]:
    """A line for each thing to tell of a run: what is violated first, what is only odd last."""
    size = f"n={audited.participants}"
    who = " ".join(part for part in (audited.test or "no test known", size, audited.profile) if part)
    run = f"run {audited.number} ({who})"
    for line in audited.unreadable[:MOST_SHOWN]:
        why = ": lines are joined by spaces in it, and not in those before" if looks_joined(line.text) else ""
        yield f"{run}, line {line.number}: unreadable: {line.text!r} is no line of such a log{why}"
    if len(audited.unreadable) > MOST_SHOWN:
        yield f"{run}: {len(audited.unreadable) - MOST_SHOWN} more lines are unreadable"
    for breach in audited.breaches:
        yield f"{run}, line {breach.line}: violated: {breach.check}: {breach.message}"
    if audited.divergence is not None:
        yield f"{run}, line {audited.divergence.line}: diverges: {audited.divergence.message}"
    for said in audited.unknown:
        yield f"{run}: unknown: {said}"
    for note in audited.notes:
        yield f"{run}, from line {audited.line}: note: {note}"


def table(tally: Tally) -> Iterator[str]:
    """The figures by test, size and profile, in the order in which the log has them."""
    rows = [["test", "n", "profile", "runs", "complete", "re-enacted", "violated", "lines"]]
    for row in tally.rows.values():
        figures = (row.runs, row.complete, row.reenacted, row.violated, row.lines)
        named = [row.test or "?", str(row.participants), row.profile or "?"]
        rows.append([*named, *[f"{figure:,}" for figure in figures]])
    total = (tally.runs, tally.complete, tally.reenacted, tally.violated, tally.lines)
    rows.append(["total", "", "", *[f"{figure:,}" for figure in total]])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for words in rows:
        cells = [
            word.ljust(width) if column in (0, 2) else word.rjust(width)
            for column, (word, width) in enumerate(zip(words, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def verdict_line(tally: Tally) -> str:
    """The log in one line."""
    parts = [
        f"{tally.complete:,} of {tally.runs:,} runs complete",
        f"{tally.reenacted:,} re-enacted exactly",
        f"{tally.violated:,} violated",
        f"{tally.diverged:,} diverged",
        f"{tally.cut_off:,} cut off" if tally.cut_off else "",
        f"{tally.unknown:,} unknown" if tally.unknown else "",
        f"{tally.unreadable:,} unreadable" if tally.unreadable else "",
    ]
    return " · ".join([*[part for part in parts if part], tally.verdict.upper()])
