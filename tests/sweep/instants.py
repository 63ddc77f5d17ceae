"""A sweep killed before each single thing that it does to its folder, one after the other.

``python -m tests.sweep.instants FOLDER`` forks a process for every instant: it sweeps, and kills itself
with ``kill -9`` before the first, the second, ... operation below the folder. Another process then
starts the same sweep again, and has to come to the rows of one that nobody killed. It prints one line
of JSON: how many instants there were, and what went wrong at which.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Imported here, so that a forked process has it and no thread of it has begun.
import duckdb  # noqa: F401
import filelock  # noqa: F401

import simulation
from simulation.sweep.made_by import code
from tests.sweep.sweeping import HERE, fresh_parts, mutant, rows

TOUCHES = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")
"""The events that tell of a change in a folder."""

WRONG = mutant("INVENTS_A_VALUE", "simple")

SEEDS = 2

MOST = 500
"""More instants than there are."""


def main(folder: Path) -> int:
    """Kill at every instant, and tell."""
    code("paxos")
    due, wrong = _result(folder / "undisturbed"), {}
    for instant in range(MOST):
        out = folder / str(instant)
        if not _forked(lambda: _killed(instant, out)):  # noqa: B023, done before the next one comes
            break
        found = _result(out)
        if found != due:
            wrong[_beside(out, "instant").read_text()] = found[:300]
    print(json.dumps({"instants": instant, "wrong": wrong, "due": due}))
    return 0


def is_due(file: Path) -> bool:
    """Whether the file may be in the folder of a sweep that came to its end."""
    return file.name in (".lock", "sweep.json") or file.suffix in (".parquet", ".jsonl")


def _result(out: Path) -> str:
    """What a process of its own comes to that sweeps into ``out``."""
    written = _beside(out, "json")
    _forked(lambda: written.write_text(_swept(out)))
    return written.read_text() if written.exists() else "nothing"


def _swept(out: Path) -> str:
    """Rows, digest, records, and what else lies in the folder; or why there are none."""
    try:
        done = _sweep(out)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    files = sorted(file.name for file in (out / "failures").iterdir())
    left = sorted(file.name for file in out.rglob("*") if file.is_file() and not is_due(file))
    records = [simulation.replay(failure.record or "").digest for failure in done.failures]
    return json.dumps([rows(done), done.digest, files, left, records])


def _sweep(out: Path) -> simulation.Sweep:
    with fresh_parts():
        return simulation.sweep(WRONG, SEEDS, out=out, chunk=1, **HERE)


def _killed(instant: int, out: Path) -> None:
    """Sweep, and die before the operation of this number below ``out``; what it was stands beside."""
    left = instant
    note = _beside(out, "instant").open("w")

    def touched(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event not in TOUCHES or not str(arguments[0]).startswith(str(out)):
            return
        if left == 0:
            note.write(f"{instant}: {event} {Path(str(arguments[0])).relative_to(out.parent)}")
            note.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(touched)
    _sweep(out)


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f"{out.name}.{what}")


def _forked(what: Callable[[], object]) -> bool:
    """Do it in a process of its own; whether that was killed."""
    child = os.fork()
    if child == 0:
        try:
            what()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
