"""A sweep as text and as what a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from simulation.units import show_us

if TYPE_CHECKING:
    from simulation.sweep import Sweep
    from simulation.sweep.result import Group, Summary

FIRST = 5
"""So many failures, and so many causes of each kind, are shown one by one; of each check at least one."""

WIDEST = 64
"""A longer title is cut in the middle."""

HEAD = (
    "scenario",
    "profile",
    "runs",
    "passed",
    "failed",
    "unknown",
    "decision p50",
    "p95",
    "p99",
    "messages",
    "ballots",
)


def one_line(sweep: Sweep) -> str:
    """Counts, time and the digest's beginning."""
    parts = [
        f"{sweep.runs:,} runs",
        f"{sweep.passed:,} pass",
        f"{sweep.failed:,} {'FAIL' if sweep.failed else 'fail'}",
        f"{sweep.unknown:,} unknown",
    ]
    if sweep.ran:
        parts += [f"{sweep.seconds:,.1f} s", f"{sweep.runs_per_second:,.0f} runs/s"]
    if sweep.watched:
        parts.append(f"{sweep.watched:,} done twice")
    return " · ".join([*parts, f"digest {sweep.digest[:8]}"])


def table(sweep: Sweep) -> Iterator[str]:
    """A line per scenario and point of the grid, then the causes and the first failures."""
    summaries = sweep.summaries
    titles = _short([_title(each) for each in summaries])
    rows = [HEAD, *((title, *_row(each)[1:]) for title, each in zip(titles, summaries, strict=True))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        yield "  ".join(_aligned(row, widths)).rstrip()
    for verdict, plural in (("fail", "failures"), ("unknown", "runs that tell nothing")):
        yield from _causes(sweep, verdict, plural)
    if sweep.failures:
        yield ""
        yield "the first failures:" if len(sweep.failures) > 1 else "the failure:"
    for failure in sweep.failures[:FIRST]:
        yield f"  {failure.check}: {failure.message}"
        yield f"    {failure.command}"


def html(sweep: Sweep) -> str:
    """The same for a notebook: no script, nothing fetched."""
    head = "".join(f"<th>{cell}</th>" for cell in HEAD)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _row(each)) + "</tr>"
        for each in sweep.summaries
    )
    causes = "".join(
        f"<li>{group.runs:,} x {escape(group.cause)}<br><code>{escape(group.command)}</code></li>"
        for group in sweep.causes
    )
    opened = f"<details open><summary>{len(sweep.causes)} causes</summary><ol>{causes}</ol></details>"
    return (
        f"<p><strong>{escape(one_line(sweep))}</strong></p><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{opened if sweep.causes else ''}"
    )


def _row(summary: Summary) -> tuple[str, ...]:
    times = (summary.decision_p50_us, summary.decision_p95_us, summary.decision_p99_us)
    return (
        _title(summary),
        summary.profile,
        *(f"{count:,}" for count in (summary.runs, summary.passed, summary.failed, summary.unknown)),
        *("-" if time_us is None else show_us(round(time_us)) for time_us in times),
        f"{summary.messages:,.1f}",
        f"{summary.ballots:,.2f}",
    )


def _title(summary: Summary) -> str:
    return f"{summary.scenario} {summary.overrides}".rstrip()


def _short(titles: Sequence[str]) -> Sequence[str]:
    """Titles without the middle of the long ones, where they can be told apart all the same."""
    half = WIDEST // 2
    cut = [title if len(title) <= WIDEST else f"{title[: half - 1]}…{title[-half:]}" for title in titles]
    return cut if len(set(cut)) == len(set(titles)) else titles


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Words to the left, numbers to the right."""
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if column < 2 else cell.rjust(width)


def _causes(sweep: Sweep, verdict: str, plural: str) -> Iterator[str]:
    groups = [group for group in sweep.causes if group.verdict == verdict]
    if not groups:
        return
    count = sum(group.runs for group in groups)
    yield ""
    yield f"{count:,} {plural}, {len(groups)} {'cause' if len(groups) == 1 else 'causes'}:"
    shown = _most_telling(groups)
    for group in shown:
        where = [group.first_scenario, group.first_overrides] if len(sweep.summaries) > 1 else []
        first = " ".join(word for word in (*where, f"seed {group.first_seed}") if word)
        yield f"  {group.runs:,} x {group.cause}"
        yield f"    the first, {first}: {group.message}"
        yield f"    the shortest, {group.shortest_events} events: {group.command}"
    if len(groups) > len(shown):
        yield f"  and {len(groups) - len(shown)} more"


def _most_telling(groups: Sequence[Group]) -> Sequence[Group]:
    """The most frequent cause of every check, and of the others the most frequent that find room."""
    of_check = {group.check: group for group in reversed(groups)}
    others = [group for group in groups if of_check[group.check] is not group]
    chosen = [*of_check.values(), *others[: max(0, FIRST - len(of_check))]]
    return [group for group in groups if group in chosen]
