"""The seed log, and the sampler."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .expected import load
from .provenance import Case
from .runs import Run, complete_runs
from .summary import Summary


def seed_log() -> Path | None:
    """The seed log: what SIMULATION_SEED_LOG names, else the one beside the project, if any."""
    named = os.environ.get("SIMULATION_SEED_LOG")
    if named:
        return Path(named)
    beside = Path(__file__).resolve().parents[3] / "shared" / "seed"
    return next(iter(sorted(beside.glob("*.txt"))), None)


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The whole seed log, its newlines lost."""
    path = seed_log()
    if path is None or not path.is_file():
        pytest.skip("no seed log: name the file in SIMULATION_SEED_LOG, or put it into ../shared/seed")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seed_runs(seed_text: str) -> list[Run]:
    """The complete runs of the seed log, in its order."""
    return complete_runs(seed_text)


@pytest.fixture(scope="session")
def expected() -> dict[Case, Summary]:
    """The stored figures of the seed, by case."""
    return load()
