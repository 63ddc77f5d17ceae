"""The processes of this machine, as ``/proc`` tells of them, and what workers are asked in tests."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

PROC = Path("/proc")

needs_proc = pytest.mark.skipif(not (PROC / "self" / "stat").exists(), reason="there is no /proc here")


def children(parent: int | None = None) -> set[int]:
    """The processes that ``parent``, or this one, started and that live."""
    mine = os.getpid() if parent is None else parent
    return {process for process in _all() if _parent(process) == mine and not is_over(process)}


def workers(parent: int | None = None) -> set[int]:
    """Those of the children that work: not the one that keeps track of semaphores."""
    return {child for child in children(parent) if "spawn_main" in _command(child)}


def is_over(process: int) -> bool:
    """Whether it is gone, or waits only for its parent to notice."""
    return _field(process, 0) in ("", "Z")


def kill(process: int) -> None:
    """As the system does when memory is short; it may have ended by itself just now."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def wait_until(happened: Callable[[], bool], patience_s: float = 120.0) -> bool:
    """Whether it happened in time."""
    end_s = time.monotonic() + patience_s
    while not happened():
        if time.monotonic() > end_s:
            return False
        time.sleep(0.02)
    return True


def hash_of(text: str) -> int:
    """How this process hashes."""
    return hash(text)


def survives_an_interrupt() -> str:
    """What it says after a Ctrl-C of its own."""
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def script() -> str | None:
    """The file that this process calls its main program."""
    return getattr(sys.modules["__main__"], "__file__", None)


def raises() -> None:
    """Something that is no death."""
    raise ValueError("of the work")


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _parent(process: int) -> int:
    return int(_field(process, 1) or 0)


def _field(process: int, number: int) -> str:
    """A field of its status after its name: 0 is the state, 1 the parent."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[number]
    except OSError:
        return ""


def _command(process: int) -> str:
    try:
        return (PROC / str(process) / "cmdline").read_text()
    except OSError:
        return ""
