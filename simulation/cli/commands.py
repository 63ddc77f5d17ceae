"""One function per command: results to stdout, everything about them to stderr."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from simulation import scenario as scenarios
from simulation.cli import exits
from simulation.cli.arguments import overrides
from simulation.errors import InputError
from simulation.replay import Recording, record_lines
from simulation.replay import replay as replay_record
from simulation.report.catalogue import catalogue
from simulation.report.summary import one_line, reasons
from simulation.run import Run, Runner


def run(given: Any) -> int:
    """``simulation run``: one run, or with ``--explain`` its plan."""
    scenario = scenarios.load(given.scenario, **overrides(given.overrides))
    seed = given.seed or 0
    if given.explain:
        print(scenarios.explain(scenarios.plan(scenario, seed)))
        return exits.PASS
    done = Runner(scenario).run(seed)
    for line in _formatted(done, given.format):
        print(line)
    sys.stdout.flush()
    _tell_about(done, _again(given, seed))
    return exits.OF_VERDICT[done.verdict]


def replay(given: Any) -> int:
    """``simulation replay``: a record, or a scenario with a seed and a digest."""
    if given.digest is None:
        if given.seed is not None or given.overrides:
            raise InputError("--seed and --set go with a scenario and --digest; a record has its own")
        again = replay_record(Path(given.record))
    else:
        scenario = scenarios.load(given.record, **overrides(given.overrides))
        again = replay_record(Recording(scenario, given.seed or 0, given.digest.lower(), None))
    print(one_line(again))
    print(f"replayed: {again.events} events, the same digest {again.digest}", file=sys.stderr)
    return exits.OF_VERDICT[again.verdict]


def show_list() -> int:
    """``simulation list``."""
    for line in catalogue():
        print(line)
    return exits.PASS


def _formatted(done: Run, form: str) -> Iterable[str]:
    if form == "json":
        return [msgspec.json.format(msgspec.json.encode(done.as_json())).decode()]
    if form == "jsonl":
        return record_lines(done)
    return [done.log()]


def _tell_about(done: Run, again: str) -> None:
    print(one_line(done), file=sys.stderr)
    for reason in reasons(done):
        print(reason, file=sys.stderr)
    if done.verdict != "pass":
        print(f"repeat with: {again}", file=sys.stderr)


def _again(given: Any, seed: int) -> str:
    settings = [part for pair in given.overrides for part in ("--set", pair)]
    return shlex.join(["simulation", "run", given.scenario, "--seed", str(seed), *settings])
