"""Faults at a rate: ``every = "40ms"``, from a time on and until another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from simulation.harness.steps import Propose, Repeat, Step
from simulation.scenario.document import Document
from simulation.scenario.locate import Path
from simulation.scenario.model import Drawn, Model
from simulation.units import NEVER_US, show_us


def check_rate(document: Document, path: Path, table: dict[str, Any], found: dict[str, Any]) -> None:
    """Note a beginning or an end of what is no rate, and an end before the beginning."""
    if "every" not in table:
        for key in ("from", "until"):
            if key in table:
                document.wrong(
                    (*path, key),
                    "is about a fault at a rate, and this one strikes once. Say how often with 'every', as in"
                    ' every = "40ms", or leave it out.',
                )
    elif found.get("until", NEVER_US) <= found.get("from", 0):
        document.wrong(
            (*path, "until"),
            f"is {show_us(found['until'])}, and the fault begins at {show_us(found['from'])}: it would never"
            " strike. Let it end later than it begins.",
        )


def rate_problems(model: Model) -> Iterator[tuple[Path, str]]:
    """Faults that would never end in a run that may not end either."""
    if model.calm is not None:
        return
    for number, fault in enumerate(model.faults, start=1):
        if fault.every_us is None or fault.until_us is not None:
            continue
        for script in model.scripts:
            if _insists(script.steps):
                yield (
                    ("fault", str(number), "every"),
                    f"has no end, and {script.role!r} proposes until a commit, which may then never come. Say"
                    ' when it ends, as in until = "3s", or let there be a [calm].',
                )
                break


def _insists(steps: Iterable[Step]) -> bool:
    """Whether one of these steps has no end of its own."""
    return any(
        (isinstance(step, Propose) and step.until_commit)
        or (isinstance(step, Drawn) and _insists((step.step,)))
        or (isinstance(step, Repeat) and _insists(step.body))
        for step in steps
    )
