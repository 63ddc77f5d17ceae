"""The one command that repeats a run."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.scenario.library import is_bundled
from simulation.scenario.settings import pairs


def run_command(name: str, source: str, text: str, overrides: Mapping[str, Any], seed: int) -> str:
    """``simulation run`` for this seed and the scenario of this name, or in the file that it came from."""
    where = called(name, source, text) or name
    settings = [part for pair in pairs(overrides) for part in ("--set", pair)]
    return shlex.join(["simulation", "run", where, "--seed", str(seed), *settings])


def called(name: str, source: str, text: str) -> str | None:
    """What the command line may call the scenario with this ``text``, or None where nothing leads to it.

    A name that comes with the package means the same anywhere; ``source`` only here, and only where
    it still is that text: a file of the same name may lie here.
    """
    if is_bundled(name, text):
        return name
    return source if _holds(Path(source), text) else None


def _holds(file: Path, text: str) -> bool:
    try:
        with file.open(encoding="utf-8-sig") as there:
            return there.read(len(text) + 1) == text
    except (OSError, ValueError):
        return False
