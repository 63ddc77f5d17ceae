"""The command line as users have it: a process of its own."""

from __future__ import annotations

import os
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
    stdout: IO[bytes] | int = subprocess.PIPE,
    environment: Mapping[str, str] = MappingProxyType({}),
    command: str = "",
) -> Said:
    """``simulation ARGUMENTS`` in ``cwd``, or the script ``command`` with them.

    Where ``stdout`` is a file, ``out`` is empty.
    """
    done = subprocess.run(
        [sys.executable, *([command] if command else ["-m", "simulation"]), *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )
    return Said(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())
