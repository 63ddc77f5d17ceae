"""A measurement of detection power as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.power import Cell, Control, Power
    from simulation.power.statistics import Interval

HEAD = ("planted bug", "strategy", "found", "runs, median", "95 %", "seconds, median", "95 %", "")
HEAD_OF_CONTROLS = ("control", "strategy", "runs", "false alarms")


def one_line(power: Power) -> str:
    """How much was found, and how often in vain."""
    never = [cell.bug.name for cell in power.cells if cell.searches and not cell.found]
    runs = sum(each.runs for each in power.controls)
    parts = [f"{power.found} of {len(power.cells)} found"]
    if never:
        parts.append(f"never within {power.cap:,} runs: {', '.join(dict.fromkeys(never))}")
    parts.append(f"{power.false_alarms:,} false alarms in {runs:,} runs of controls")
    return " · ".join([*parts, f"judged by {power.judge}"])


def table(power: Power) -> Iterator[str]:
    """A line per bug and strategy, then one per control and strategy."""
    yield from _aligned([HEAD, *(_row(cell, power.cap) for cell in power.cells)])
    if any(each.asked for each in power.controls):
        yield ""
        yield from _aligned([HEAD_OF_CONTROLS, *map(_of_control, power.controls)])


def matrix(power: Power) -> Iterator[str]:
    """A line per bug and a column per strategy: the median of the runs, and who found it if not all did."""
    strategies = list(dict.fromkeys(cell.strategy for cell in power.cells))
    cells = {(cell.bug.name, cell.strategy): cell for cell in power.cells}
    rows = [
        (bug, *[_short(cells[bug, strategy], power.cap) for strategy in strategies])
        for bug in dict.fromkeys(cell.bug.name for cell in power.cells)
    ]
    yield from _aligned([("planted bug", *strategies), *rows], words=1)
    yield ""
    yield f"runs, median; in brackets how many of {power.repetitions} searches found it, where not all did"


def _short(cell: Cell, cap: int) -> str:
    if cell.searches and not cell.found:
        return "never"
    median = _median(cell, f"{cell.median_runs:,.0f}" if cell.median_runs is not None else f"> {cap:,}")
    return median if cell.found == len(cell.searches) else f"{median} ({cell.found})"


def _row(cell: Cell, cap: int) -> tuple[str, ...]:
    return (
        cell.bug.name,
        cell.strategy,
        f"{cell.found} of {len(cell.searches)}",
        _median(cell, f"{cell.median_runs:,.0f}" if cell.median_runs is not None else f"> {cap:,}"),
        _interval(cell.interval_runs, ",.0f"),
        _median(cell, f"{cell.median_seconds:,.2f}" if cell.median_seconds is not None else "-"),
        _interval(cell.interval_seconds, ",.2f"),
        "invented" if cell.bug.invented else "",
    )


def _median(cell: Cell, words: str) -> str:
    return words if cell.searches else "-"


def _interval(interval: Interval | None, form: str) -> str:
    if interval is None:
        return "-"
    if interval.high is None:
        return f"from {interval.low:{form}}, no upper end"
    return f"{interval.low:{form}} to {interval.high:{form}}"


def _of_control(each: Control) -> tuple[str, ...]:
    return each.control.name, each.strategy, f"{each.runs:,}", f"{len(each.alarms):,}"


def _aligned(rows: Sequence[Sequence[str]], words: int = 2) -> Iterator[str]:
    """The first columns, which are ``words``, and remarks to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if column < words or not head else cell.rjust(width)
            for column, (cell, width, head) in enumerate(zip(row, widths, rows[0], strict=True))
        ]
        yield "  ".join(cells).rstrip()
