"""A sweep in a process of its own, which tests interrupt, kill and starve.

``python -m tests.sweep.driver OUT [OPTIONS]`` says ``begun`` with the first row in sight, ``waiting`` where
it was told to wait for a line of its input, and at last how it ended.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import simulation
from simulation.sweep import engine
from tests.sweep.sweeping import mutant

PROJECT = Path(__file__).parents[2]


class Told:
    """Progress that says where it is, waits where it is told to, and starves where it is told to."""

    def __init__(self, given: Any) -> None:
        self._given = given
        self._done = 0

    def begin(self, total: int, there: int, failed: int) -> None:
        """The first row is in sight."""
        say("begun")

    def step(self, runs: int, failed: int) -> None:
        """Wait, or starve, if it is time."""
        before, self._done = self._done, self._done + runs
        if self._given.tell:
            say(f"{self._done} done")
        if before < self._given.wait_after <= self._done:
            say("waiting")
            sys.stdin.readline()
        if before < self._given.full_after <= self._done:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._given.room, resource.RLIM_INFINITY))

    def close(self) -> None:
        """Nothing more comes."""


def hold(number: int) -> None:
    """Wait for a line of the input before Dask fetches the result of this number."""
    from distributed import Client

    fetch, left = Client._gather_remote, number

    async def held(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            say("waiting")
            sys.stdin.readline()
        return await fetch(*arguments, **named)

    Client._gather_remote = held


def say(text: str) -> None:
    """A line, at once."""
    print(text, flush=True)


def start(out: Path, *options: str, **popen: Any) -> subprocess.Popen[str]:
    """The driver, started, with pipes to it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sweep.driver", str(out), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        **popen,
    )


def last_words(driver: subprocess.Popen[str], line: str, *, after_s: float, patience_s: float) -> str:
    """Give it a line after a while; all that it says then, or that it hangs, and does no longer."""
    time.sleep(after_s)
    try:
        return "".join(driver.communicate(line, timeout=patience_s))
    except subprocess.TimeoutExpired:
        driver.kill()
        return f"it hangs: {driver.communicate()[1]}"


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Another program, where the checkout can be imported."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )


def until(driver: subprocess.Popen[str], line: str) -> None:
    """Read what it says up to this line."""
    assert driver.stdout is not None
    for said in driver.stdout:
        if said.strip() == line:
            return
    raise AssertionError(f"it never said {line!r}, but: {driver.stderr.read() if driver.stderr else ''}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep as told."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep.driver", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mutant", help="a wrong protocol that plays the scenario")
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--cluster", metavar="ADDRESS")
    parser.add_argument("--chunk", type=int)
    parser.add_argument("--watch", type=float, default=0.0)
    parser.add_argument("--fresh", type=float, default=0.0, help="seconds from part to part")
    parser.add_argument("--tell", action="store_true", help="say after every piece how many runs are done")
    parser.add_argument("--wait-after", type=int, default=0, metavar="RUNS")
    parser.add_argument("--hold-result", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--full-after", type=int, default=0, metavar="RUNS")
    parser.add_argument("--room", type=int, default=0, metavar="BYTES", help="that a file may have then")
    given = parser.parse_args(arguments)
    engine.FRESH_S, engine.FRESH_SHARE = given.fresh, 0.0
    if given.hold_result:
        hold(given.hold_result)
    scenario = mutant(given.mutant, "simple") if given.mutant else "simple"
    how = {name: getattr(given, name) for name in ("jobs", "cluster", "chunk", "watch", "out")}
    if not given.jobs and not given.cluster:
        how["jobs"] = 1
    try:
        done = simulation.sweep(scenario, given.seeds, progress=Told(given), **how)
    except simulation.InputError as error:
        say(f"refused: {error}")
        return 2
    say(f"ended: {done.stopped or 'complete'}, {done.runs} runs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
