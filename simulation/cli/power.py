"""``simulation power``: how soon each planted bug is found."""

from __future__ import annotations

from typing import Any

import msgspec

from simulation.cli import exits
from simulation.cli.streams import put, tell
from simulation.power import Power, measure
from simulation.report.power import matrix, one_line, table
from simulation.sweep.progress import shown


def power(given: Any) -> int:
    """Measure, show what came of it, and say how to go on or to repeat a false alarm."""
    done = measure(
        given.bugs,
        given.strategies or ["portfolio"],
        repetitions=given.repetitions,
        cap=given.cap,
        control_runs=given.control_runs,
        judge=given.judge,
        jobs=given.jobs,
        out=given.out,
        progress=shown(tell, "searches", "found something"),
    )
    if given.format == "json":
        put([msgspec.json.format(msgspec.json.encode(done.as_json())).decode()])
    else:
        put(matrix(done) if given.format == "matrix" else table(done))
    tell(one_line(done))
    if done.set_aside:
        tell(f"{done.set_aside:,} searches in {given.out} were made by other code and are not counted")
    return _ended(given, done)


def _ended(given: Any, done: Power) -> int:
    """A bug that is not found is a result; a false alarm is a failure."""
    if done.stopped:
        command = "The same command goes on." if given.out else "With --out the same command would go on."
        tell(f"{done.stopped}: not every search is there. {command}")
    if done.first_false_alarm is not None:
        tell(f"repeat the first false alarm with: {done.first_false_alarm}")
    if done.stopped:
        return exits.INTERRUPTED
    return exits.VIOLATED if done.false_alarms else exits.PASS
