"""What a failing test says: verdict, evidence, command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from simulation.pytest_plugin.seeds import label
from simulation.report.summary import one_line, reasons
from simulation.run import Run
from simulation.trace.codec import line
from simulation.trace.record import ID

MOST_EVENTS: Final = 12
"""So many events are spelled out; the command shows all."""


def verdict(run: Run, after: Sequence[int], repeat: str) -> str:
    """Why this run fails its test; ``after`` are the seeds that were not run, ``repeat`` is the last line."""
    lines = [one_line(run), *reasons(run), *evidence(run)]
    if after:
        lines.append(f"not run: the seeds after it in this test, {label(after)}")
    return "\n".join([*lines, repeat])


def evidence(run: Run) -> Iterator[str]:
    """The events that the violations name, spelled out in their order."""
    named = {event for violation in run.violations for event in violation.events}
    records = [record for record in run.trace if record[ID] in named]
    for record in records[:MOST_EVENTS]:
        yield f"  {line(record, run.places)}"
    if len(records) > MOST_EVENTS:
        yield f"  ... and {len(records) - MOST_EVENTS} more events"


def assertion(run: Run, test: str, repeat: str) -> str:
    """In which run the user's own assertion failed, and how to see both again."""
    again = f"the test with this seed alone: pytest {test} --simulation-seeds {run.seed}:{run.seed + 1}"
    return "\n".join(["in the run", one_line(run), again, repeat])


def wrong_input(error: Exception, seed: int, repeat: str) -> str:
    """What is wrong with a scenario that could be read, and has no plan with this seed."""
    return f"wrong input, found with seed {seed}: {error}\n{repeat}"


def no_verdict(scenario: str, seed: int, repeat: str) -> str:
    """The harness or a machine raised."""
    return (
        f"{scenario} · seed {seed} · no verdict: the harness, or a machine of the protocol, is at fault"
        f"\n{repeat}"
    )
