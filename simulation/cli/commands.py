"""One function per command: results to stdout, everything about them to stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from simulation import scenario as scenarios
from simulation.cli import exits
from simulation.cli.check import check
from simulation.cli.exhaustive import NAME, run_exhaustively
from simulation.cli.power import power
from simulation.cli.readers import overrides
from simulation.cli.show import show_run
from simulation.cli.shrink import shrink
from simulation.cli.streams import put, tell
from simulation.cli.sweep import sweep
from simulation.cli.verdicts import judged, settings
from simulation.errors import InputError
from simulation.replay import Recording, record_lines
from simulation.replay import replay as replay_record
from simulation.report.catalogue import catalogue
from simulation.report.summary import one_line
from simulation.run import Run, Runner


def run(given: Any) -> int:
    """``simulation run``: one run, or with ``--explain`` its plan."""
    if given.explain and given.format is not None:
        raise InputError("--explain: prints the plan in words, and has no --format. Leave one of them out.")
    if given.strategy == NAME:
        return run_exhaustively(given)
    scenario = scenarios.load(given.scenario, **overrides(given.overrides, given.strategy))
    seed = given.seed or 0
    if given.explain:
        put([scenarios.explain(scenarios.plan(scenario, seed))])
        return exits.PASS
    done = Runner(scenario).run(seed)
    put(_formatted(done, given.format))
    tell(one_line(done))
    return judged(done, ["run", given.scenario, "--seed", str(seed), *settings(given)])


def replay(given: Any) -> int:
    """``simulation replay``: a record, or a scenario with a seed and a digest."""
    if given.digest is None:
        if given.seed is not None or given.overrides:
            raise InputError("--seed and --set go with a scenario and --digest; a record has its own")
        again, command = replay_record(Path(given.record)), ["replay", given.record]
    else:
        scenario = scenarios.load(given.record, **overrides(given.overrides))
        seed = given.seed or 0
        again = replay_record(Recording(scenario, seed, given.digest))
        which = ["--seed", str(seed), "--digest", given.digest]
        command = ["replay", given.record, *which, *settings(given)]
    put([one_line(again)])
    tell(f"replayed: {again.events} events, the same digest {again.digest}")
    return judged(again, command)


def show_list(given: Any) -> int:
    """``simulation list``."""
    put(catalogue())
    return exits.PASS


COMMANDS: dict[str, Callable[[Any], int]] = {
    "run": run,
    "replay": replay,
    "sweep": sweep,
    "check": check,
    "shrink": shrink,
    "power": power,
    "show": show_run,
    "list": show_list,
}
"""What each command does; all take the arguments and return the exit code."""


def _formatted(done: Run, form: str | None) -> Iterable[str]:
    if form == "json":
        return [msgspec.json.format(msgspec.json.encode(done.as_json())).decode()]
    if form == "jsonl":
        return record_lines(done)
    return [done.log()]
