"""The seed log, its runs, and what is found in them."""

from __future__ import annotations

import pytest

from simulation.audit import Audited, Auditor
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import LoggedRun, split
from tests.fidelity.conftest import seed_log


@pytest.fixture(scope="session")
def seed_runs() -> list[LoggedRun]:
    """All runs of the seed log, the aborted one too."""
    path = seed_log()
    if path is None or not path.is_file():
        pytest.skip("no seed log: name the file in SIMULATION_SEED_LOG, or put it into ../shared/seed")
    return list(split(cut([path.read_text(encoding="utf-8")])))


@pytest.fixture(scope="session")
def seed_audit(seed_runs: list[LoggedRun]) -> list[Audited]:
    """What is to be said of each of them."""
    auditor = Auditor()
    return [auditor.judge(run) for run in seed_runs]
