"""The golden table computed in another process: other interpreter, hash seed or processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]


def python(
    arguments: list[str], *, interpreter: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What this Python program says, run where the checkout can be imported."""
    return subprocess.run(
        [interpreter, *arguments],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )


def table(*, interpreter: str = sys.executable, **environment: str) -> Any:
    """The whole table of ``tests.golden.table`` as the other process computes it."""
    done = python(["-m", "tests.golden.table"], interpreter=interpreter, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
