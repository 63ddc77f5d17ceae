"""``simulation sweep``: many runs, and what came of them."""

from __future__ import annotations

from typing import Any

import msgspec

from simulation import scenario as scenarios
from simulation.cli import exits
from simulation.cli.readers import grid, overrides
from simulation.cli.streams import put, tell
from simulation.report.sweep import one_line, table
from simulation.sweep import Sweep
from simulation.sweep import sweep as carry_out
from simulation.sweep.engine import INTERRUPTED
from simulation.sweep.progress import shown


def sweep(given: Any) -> int:
    """Carry the sweep out, show what came of it, and say how to go on or to repeat it."""
    settings = overrides(given.overrides, given.strategy)
    done = carry_out(
        [scenarios.load(each, **settings) for each in given.scenarios],
        given.seeds,
        jobs=given.jobs,
        out=given.out,
        grid=grid(given.grid),
        cluster=given.cluster,
        chunk=given.chunk,
        watch=given.watch,
        stop_after=given.stop_after,
        max_seconds=given.max_seconds,
        progress=shown(tell),
    )
    if given.format == "json":
        put([msgspec.json.format(msgspec.json.encode(done.as_json())).decode()])
    else:
        put(table(done))
    tell(one_line(done))
    return _ended(given, done)


def _ended(given: Any, done: Sweep) -> int:
    """The exit code; what is missing, and the command that repeats what is to blame."""
    if done.stopped:
        same = "The same command" if "failures" not in done.stopped else "A higher --stop-after, or none,"
        command = f"{same} goes on." if given.out else "With --out the same command would go on."
        tell(f"{done.stopped}: {done.runs:,} of {done.total:,} runs are there. {command}")
    code = exits.INTERRUPTED if done.stopped == INTERRUPTED else exits.OF_VERDICT[done.verdict]
    if done.failures:
        tell(f"repeat the first failure with: {done.failures[0].command}")
    elif done.causes:
        tell(f"repeat with: {done.causes[0].command}")
    return code
