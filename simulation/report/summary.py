"""A run in one line, and a verdict with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.units import show_us

if TYPE_CHECKING:
    from simulation.run import Run


def one_line(run: Run) -> str:
    """Scenario, seed, profile, verdict, decisions, time, size and the digest's beginning."""
    return " · ".join(
        (
            run.scenario.name,
            f"seed {run.seed}",
            run.plan.profile,
            run.verdict.upper(),
            _decided(run),
            f"{show_us(run.virtual_us)} virtual",
            f"{run.events} events",
            f"digest {run.digest[:8]}",
        )
    )


def reasons(run: Run) -> Iterator[str]:
    """Why the verdict is not ``pass``, and what else a reader should know; a line each."""
    for violation in run.violations:
        events = f" (events {', '.join(map(str, violation.events))})" if violation.events else ""
        yield f"violated: {violation.check}: {violation.message}{events}"
    for unknown in run.unknowns:
        yield f"unknown: {unknown.check}: {unknown.message}"
    for warning in run.warnings:
        yield f"warning: {warning}"


def _decided(run: Run) -> str:
    by = run.plan.expect.by
    values = Counter(run.outcome.values[process] for process in by)
    known = sorted((value, count) for value, count in values.items() if value is not None)
    told = " and ".join(f"{count} of {len(by)} decided {value}" for value, count in known)
    return told or f"0 of {len(by)} decided"
