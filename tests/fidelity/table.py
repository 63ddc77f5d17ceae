"""The seed's figures and the simulated ones, one under the other, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest

from .measure import COLUMNS
from .provenance import Case
from .samples import Sample, summary_of
from .summary import Spread, Summary

TABLE = "fidelity table"
"""The name under which a test leaves its block of the table for the end of the session."""

MOST_ODDITIES = 3
"""How many odd runs of a case are told by their seed."""


def block(case: Case, seed: Summary | None, samples: Sequence[Sample]) -> str:
    """Everything about one case: verdicts, odd runs, counts, orders, and shares."""
    lines = [f"{case}: {_judgement(samples)}", *_oddities(samples)]
    if any(one.measured for one in samples):
        simulated = summary_of(samples)
        lines += [header(), *_counts(seed, simulated, samples)]
        lines += _orders(seed, simulated)
        lines += _shares(seed, simulated)
    return "\n".join(lines)


def brief(case: Case, seed: Summary | None, samples: Sequence[Sample], shares: Iterable[str]) -> str:
    """The counts of one case, and these of its shares in one line; ``header`` names the columns."""
    lines = [f"{case}: {_judgement(samples)}"]
    if any(one.measured for one in samples):
        simulated = summary_of(samples)
        lines += _counts(seed, simulated, samples)
        if seed is not None:
            here, there = seed.shares(), simulated.shares()
            told = [
                f"{name} {here.get(name, 0):.0%} {there.get(name, 0):.0%}"
                for name in shares
                if here.get(name, 0) or there.get(name, 0)
            ]
            lines.append(f"  shares, seed and simulated: {', '.join(told)}")
    return "\n".join(lines)


def tell(reporter: pytest.TerminalReporter) -> None:
    """Print every block of the table that the tests left, in the order of the cases."""
    blocks = [
        tuple(left)
        for reports in reporter.stats.values()
        for report in reports
        for name, left in getattr(report, "user_properties", ())
        if name == TABLE
    ]
    if blocks:
        reporter.section("simulated runs beside the seed log")
        reporter.write_line(header())
        for _, text in sorted(set(blocks)):
            reporter.write_line(text)


def header() -> str:
    """The names of the columns of counts."""
    return _row("lines", COLUMNS)


def show(spread: Spread) -> str:
    """A spread as ``least/median/most``, or as one number where they are equal."""
    if spread[0] == spread[2]:
        return f"{spread[0]:g}"
    return "/".join(f"{figure:g}" for figure in spread)


def outside(samples: Sequence[Sample], column: str, seed: Spread) -> float:
    """The share of the runs with a result whose count lies outside the seed's range."""
    counts = [one.measured.counts[column] for one in samples if one.measured is not None]
    return sum(not seed[0] <= count <= seed[2] for count in counts) / len(counts) if counts else 0.0


def _judgement(samples: Sequence[Sample]) -> str:
    passed = sum(one.verdict == "pass" for one in samples)
    found = {
        "with unknown lines": sum(bool(one.unknown) for one in samples),
        "without a result": sum(one.measured is None for one in samples),
        "unsafe": sum(bool(one.unsafe) for one in samples),
        "with odd bookkeeping": sum(bool(one.unkept) for one in samples),
        "outside the local grammar": sum(bool(one.unspelled) for one in samples),
    }
    told = [f"{many} {what}" for what, many in found.items() if many]
    return ", ".join([f"{passed} of {len(samples)} pass", *told])


def _oddities(samples: Sequence[Sample]) -> list[str]:
    """The first odd runs with their first evidence, so that they can be repeated."""
    odd = []
    for one in samples:
        evidence = [*one.unknown, *one.unsafe, *one.unkept, *one.unspelled]
        if one.verdict != "pass" or evidence:
            odd.append(f"  seed {one.seed}: {one.verdict}{''.join(f'; {text}' for text in evidence[:2])}")
    return odd[:MOST_ODDITIES]


def _counts(seed: Summary | None, simulated: Summary, samples: Sequence[Sample]) -> Iterator[str]:
    if seed is not None:
        yield _row(f"  seed {seed.runs}", [show(seed.lines[column]) for column in COLUMNS])
    yield _row(f"  simulated {simulated.runs}", [show(simulated.lines[column]) for column in COLUMNS])
    if seed is not None:
        shares = [outside(samples, column, seed.lines[column]) for column in COLUMNS]
        if any(shares):
            yield _row("  outside", [f"{share:.1%}" if share else "." for share in shares])


def _orders(seed: Summary | None, simulated: Summary) -> Iterator[str]:
    for name, found in simulated.order.items():
        known = f"seed {show(seed.order[name]):<16}" if seed is not None else ""
        yield f"  {name:<34}{known}simulated {show(found)}"
    known = f"seed {seed.cut_pairs / seed.runs:<16.2f}" if seed is not None else ""
    yield f"  {'cut pairs per run':<34}{known}simulated {simulated.cut_pairs / simulated.runs:.2f}"


def _shares(seed: Summary | None, simulated: Summary) -> Iterator[str]:
    known = seed.shares() if seed is not None else {}
    found = simulated.shares()
    for name in dict.fromkeys([*known, *found]):
        here, there = known.get(name, 0.0), found.get(name, 0.0)
        if here or there:
            told = f"seed {here:<16.1%}" if seed is not None else ""
            apart = f"   {100 * (there - here):+.0f} points" if seed is not None else ""
            yield f"  {name:<34}{told}simulated {there:.1%}{apart}"


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:<16}" + "".join(f"{cell:>10}" for cell in cells)
