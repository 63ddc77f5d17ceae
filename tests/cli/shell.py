"""The command line as users have it: a process of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

PROJECT = Path(__file__).parents[2]


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def shell(
    *arguments: str,
    cwd: Path = PROJECT,
    stdin: bytes | None = None,
    stdout: IO[bytes] | int = subprocess.PIPE,
    environment: Mapping[str, str] = MappingProxyType({}),
    command: str = "",
) -> Said:
    """``simulation ARGUMENTS`` in ``cwd``, or the script ``command`` with them.

    ``stdin`` is what it can read there. Where ``stdout`` is a file, ``out`` is empty.
    """
    done = subprocess.run(
        [sys.executable, *([command] if command else ["-m", "simulation"]), *arguments],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )
    return Said(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def repeat_of(err: str) -> list[str]:
    """The arguments of the command in the last line."""
    words = shlex.split(err.splitlines()[-1].removeprefix("repeat with: "))
    assert words[0] == "simulation"
    return words[1:]
