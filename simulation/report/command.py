"""The one command that repeats a run."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.scenario.settings import pairs


def run_command(name: str, source: str, overrides: Mapping[str, Any], seed: int) -> str:
    """``simulation run`` for the scenario of this name, or in the file that it came from, and this seed."""
    where = source if Path(source).is_file() else name
    settings = [part for pair in pairs(overrides) for part in ("--set", pair)]
    return shlex.join(["simulation", "run", where, "--seed", str(seed), *settings])
