"""Digests of a fixed table of runs: every scenario, both profiles, every protocol that it can run.

``python -m tests.golden.table`` prints the table as JSON, so that other interpreters and
other machines can be compared with this one.
"""

from __future__ import annotations

import json
from pathlib import Path

from simulation import Runner, ScenarioError, load
from simulation.audit import Auditor
from simulation.network import PROFILES
from simulation.protocols import protocols
from simulation.scenario import Scenario
from simulation.search import STRATEGIES

SEEDS = (0, 7, 2**128 - 1)

Digests = dict[str, dict[str, str]]
"""By ``"profile protocol"`` and seed."""

SCENARIOS = (
    "duel",
    "leader_crash_before_decision",
    "leader_crash_complex",
    "leader_crash_complex_2",
    "leader_crash_simple",
    "leader_crash_simple_2",
    "leader_should_nack",
    "many_1",
    "many_2",
    "minority_non_leader_crash",
    "non_leader_crash",
    "non_leader_proposes_after_election",
    "non_leader_should_nack",
    "simple",
    "simple_2",
    "simple_3",
    "storm_links",
    "storm_loss",
    "storm_paces",
    "storm_partitions",
    "storm_rates",
    "storm_restarts",
)

FAMILY = tuple(name for name in SCENARIOS if name != "duel" and not name.startswith("storm_"))
"""Those of the real system, whose lines its log knows."""


def digests(name: str) -> Digests:
    """The digests of one scenario. A protocol that lacks a word of the scenario is left out."""
    found = {}
    for profile in PROFILES:
        for protocol in protocols():
            scenario = loaded(name, profile, protocol)
            if scenario is not None:
                runner = Runner(scenario)
                found[f"{profile} {protocol}"] = {str(seed): runner.run(seed).digest for seed in SEEDS}
    return found


def loaded(name: str, profile: str, protocol: str) -> Scenario | None:
    """The scenario, or None where it asks for an action that ``protocol`` does not know."""
    try:
        return load(name, profile=profile, protocol=protocol)
    except ScenarioError:
        return None


def reenactments() -> Digests:
    """The digests of the golden logs' re-enactments, with what was said of each."""
    found = {}
    for log in sorted((Path(__file__).parent / "logs").glob("*.log")):
        (audited,) = Auditor().judge_all([log.read_text(encoding="utf-8")])
        assert audited.run is not None
        found[log.stem] = {"digest": audited.run.digest, "told": "; ".join(audited.notes)}
    return found


def strategies() -> Digests:
    """The digests of some runs under every strategy, of both protocols."""
    found = {}
    for strategy in STRATEGIES:
        for name in ("duel", "many_1"):
            runner = Runner(load(name, strategy=strategy))
            found[f"{strategy} {name}"] = {str(seed): runner.run(seed).digest for seed in SEEDS}
    return found


def everything() -> dict[str, Digests]:
    """The digests of every scenario, of what is re-enacted, and of runs under strategies."""
    by_scenario = {name: digests(name) for name in SCENARIOS}
    return by_scenario | {"re-enacted": reenactments(), "strategies": strategies()}


if __name__ == "__main__":
    print(json.dumps(everything()))
