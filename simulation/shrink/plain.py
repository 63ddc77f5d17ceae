"""The plainest scenario in which the moves of a run can be made: who votes, who proposes what."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec

from simulation.harness import Plan
from simulation.scenario import Scenario, parse
from simulation.scenario.wording import show
from simulation.search import Schedule
from simulation.search.moves import Calm
from simulation.search.world import proposals
from simulation.shrink.smaller import renamed


def plain(scenario: Scenario, plan: Plan, without: frozenset[int] = frozenset()) -> Scenario:
    """The scenario of ``plan``, less the processes ``without``, with nothing but what its moves need."""
    left = [process for process in range(len(plan.names)) if process not in without]
    called = {process: f"p{place}" for place, process in enumerate(left, start=1)}
    lines = [
        "format = 1",
        f'about = "The smallest run found that fails as {scenario.name} does."',
        f"participants = {len(left)}",
        f"acceptors = {len([process for process in left if process in plan.voters])}",
        f"order = {_json([called[process] for process in plan.order if process in called])}",
        f"profile = {_json(plan.profile)}",
        f"protocol = {_json(plan.protocol)}",
        f"strategy = {_json(plan.strategy)}",
        f"values = {_json([plan.values[process] for process in left])}",
        "",
        "[roles]",
        *[f"{called[process]}s = {_json(called[process])}" for process in left],
        "",
        "[script]",
        *[f"{called[process]}s = {_json(_script(plan, process))}" for process in left],
        "",
        "[network]",
        *[f"{key} = {_json(value)}" for key, value in _network(scenario).items()],
        "",
        "[expect]",
        'decision = "allowed"',
        "",
    ]
    name = scenario.name.removesuffix("_shrunk") + "_shrunk"
    return parse("\n".join(lines), name=name, source=f"{name}.toml")


def idle(plan: Plan, schedule: Schedule) -> list[int]:
    """Who makes no move and gets no message, the last first; a calm's core is not idle."""
    count = len(plan.names)
    busy: set[int] = set()
    for move in schedule:
        for field in ("source", "destination", "address", "process"):
            if hasattr(move, field):
                busy.add(getattr(move, field) % count)
        if isinstance(move, Calm):
            busy.update(move.core)
    return [process for process in reversed(range(count)) if process not in busy]


def without(schedule: Schedule, process: int, count: int) -> Schedule:
    """The same moves where an idle process is not there: who comes after it has another number."""
    names = {other: other - 1 for other in range(process + 1, count)}
    return renamed(schedule, names, count, count - 1)


def _script(plan: Plan, process: int) -> list[str]:
    return [show(step) for step in proposals(plan, process)] or ["wait 1s"]


def _network(scenario: Scenario) -> dict[str, Any]:
    """What the file and its overrides say about the network."""
    said = dict(tomllib.loads(scenario.text).get("network", {}))
    for key, value in scenario.overrides.items():
        if key.startswith("network."):
            said[key.removeprefix("network.")] = value
    return {key: value for key, value in said.items() if not isinstance(value, dict)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
