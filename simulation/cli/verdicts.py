"""A verdict, its reasons, its exit code, and the command that repeats it."""

from __future__ import annotations

import shlex
from typing import Any

from simulation.cli import exits
from simulation.cli.streams import tell
from simulation.report.summary import reasons
from simulation.run import Run
from simulation.seedlog.reader import STDIN


def judged(done: Run, command: list[str]) -> int:
    """Say why the verdict is not ``pass``, if it is not, and end in the command that repeats it."""
    for reason in reasons(done):
        tell(reason)
    if done.verdict != "pass":
        given = " < RECORD" if STDIN in command else ""
        tell(f"repeat with: {shlex.join(['simulation', *command])}{given}")
    return exits.OF_VERDICT[done.verdict]


def settings(given: Any) -> list[str]:
    """The options that say which run of a scenario it is, beside the seed."""
    strategy = getattr(given, "strategy", None)
    chosen = [] if strategy is None else ["--strategy", strategy]
    return [*chosen, *[part for pair in given.overrides for part in ("--set", pair)]]
