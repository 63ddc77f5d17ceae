"""What runs were, byte by byte: a change of any of them is a change of what seeds mean.

When a test here fails and you did not mean to change a run, you have found a bug. When you
did (a profile's constants, a protocol, what is recorded), understand the difference in the
logs first, then ``pytest tests/golden --rewrite-golden``, and name it in the changelog.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulation import load, run
from simulation.scenario import names
from tests.golden.conftest import Golden
from tests.golden.table import SCENARIOS, digests, reenactments, strategies

HERE = Path(__file__).parent

LOGS = [
    ("simple", "local", 0),
    ("leader_crash_complex", "local", 7),
    ("leader_crash_complex_2", "dist", 1),
    ("leader_should_nack", "local", 3),
    ("leader_crash_before_decision", "dist", 2),
    ("many_2", "dist", 4),
]


@pytest.mark.parametrize("name", SCENARIOS)
def test_digests_are_what_they_always_have_been(name: str, golden: Golden) -> None:
    text = json.dumps(digests(name), indent=1) + "\n"
    golden(HERE / "digests" / f"{name}.json", text)


@pytest.mark.parametrize(("name", "profile", "seed"), LOGS)
def test_a_log_is_what_it_always_has_been(name: str, profile: str, seed: int, golden: Golden) -> None:
    text = run(load(name, profile=profile), seed).log() + "\n"
    golden(HERE / "logs" / f"{name}.{profile}.{seed}.log", text)


def test_re_enactments_are_what_they_always_have_been(golden: Golden) -> None:
    golden(HERE / "reenacted.json", json.dumps(reenactments(), indent=1) + "\n")


def test_runs_under_strategies_are_what_they_always_have_been(golden: Golden) -> None:
    golden(HERE / "strategies.json", json.dumps(strategies(), indent=1) + "\n")


def test_every_shipped_scenario_has_golden_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert names() == SCENARIOS
    assert sorted(file.stem for file in (HERE / "digests").iterdir()) == sorted(SCENARIOS)
