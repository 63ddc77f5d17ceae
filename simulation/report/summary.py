"""A run in one line, and a verdict with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from simulation.units import show_us

if TYPE_CHECKING:
    from simulation.run import Run


def one_line(run: Run) -> str:
    """Scenario, seed, profile or strategy, verdict, decisions, time, size and the digest's beginning."""
    return " · ".join(
        (
            run.scenario.name,
            f"seed {run.seed}" if run.reenacts is None else "re-enacted",
            run.plan.strategy or run.plan.profile,
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
    names = {run.plan.names[process] for process in run.plan.expect.by} or set(run.plan.names)
    told = Counter(
        f"{count} of {len(names)} decided {value}"
        for instance in sorted(run.decisions)
        for value, count in sorted(Counter(_of(run.decisions[instance], names)).items())
    )
    # What is so in many instances is said once.
    found = (one if times == 1 else f"{one} in each of {times} instances" for one, times in told.items())
    return " and ".join(found) or f"0 of {len(names)} decided"


def _of(decisions: dict[str, int], names: Container[str]) -> list[int]:
    return [value for name, value in decisions.items() if name in names]
