"""The plainest scenario in which the moves of a run can be made: who votes, who proposes what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from simulation.faults import Duplicate, Reorder
from simulation.harness import Plan
from simulation.harness.steps import proposals
from simulation.run import Run
from simulation.scenario import Scenario, parse
from simulation.scenario.wording import show
from simulation.search import Schedule
from simulation.search.moves import Calm
from simulation.shrink.smaller import renamed
from simulation.trace.record import CONTENT, ID

IDLE = ("wait 1s",)
"""The script of who has nothing to do."""


def plain(
    scenario: Scenario, plan: Plan, without: frozenset[int] = frozenset(), *, instance: int | None = None
) -> Scenario:
    """The scenario of ``plan`` with nothing but what its moves need.

    It lacks the processes ``without``, and all proposals for another ``instance`` than this, if any.
    """
    left = [process for process in range(len(plan.names)) if process not in without]
    called = {process: f"p{place}" for place, process in enumerate(left, start=1)}
    parts = list(_parts(plan, left, instance))
    lines = [
        "format = 1",
        f'about = "The smallest run found that fails as {scenario.name} does."',
        f"participants = {len(left)}",
        f"acceptors = {len([process for process in left if process in plan.voters])}",
        f"order = {_json([called[process] for process in plan.order if process in called])}",
        f"profile = {_json(plan.profile)}",
        f"protocol = {_json(plan.protocol)}",
        f"strategy = {_json(plan.strategy or 'uniform')}",
        f"values = {_json([plan.values[process] for process in left])}",
        "",
        "[roles]",
        *[f"{role} = {_json([called[process] for process in cast])}" for role, cast, _ in parts],
        "",
        "[script]",
        *[f"{role} = {_json(script)}" for role, _, script in parts],
        "",
        "[network]",
        *[f"{key} = {_json(value)}" for key, value in _network(scenario, plan).items()],
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


def instance_of(run: Run, check: str) -> int | None:
    """The instance that a violation is about; None where that is unknown, or there is no other."""
    proven = next(each.events for each in run.violations if each.check == check)
    about = [getattr(record[CONTENT], "instance", None) for record in run.trace if record[ID] in proven]
    proposed = {step.instance for script in run.plan.scripts for step in proposals(script)}
    return about[-1] if about and len(proposed) > 1 else None


def _parts(plan: Plan, left: list[int], instance: int | None) -> Iterator[tuple[str, list[int], list[str]]]:
    """The roles: who does the same has the same, and a name that says what it is for."""
    casts: dict[tuple[str, ...], list[int]] = {}
    for process in left:
        casts.setdefault(tuple(_script(plan, process, instance)), []).append(process)
    asking = 0
    for script, cast in casts.items():
        asking += script != IDLE
        role = "waiting" if script == IDLE else "proposers" if asking == 1 else f"proposers_{asking}"
        yield role, cast, list(script)


def _script(plan: Plan, process: int, instance: int | None) -> list[str]:
    """What a client proposes. Nothing that its machine is to do to itself: who dies is said by moves."""
    wanted = [step for step in proposals(plan.scripts[process]) if instance in (None, step.instance)]
    return [show(replace(step, action=None)) for step in wanted] or list(IDLE)


def _network(scenario: Scenario, plan: Plan) -> dict[str, Any]:
    """What the file and its overrides say about the network, and whether faults break its order."""
    said = dict(tomllib.loads(scenario.text).get("network", {}))
    for key, value in scenario.overrides.items():
        if key.startswith("network."):
            said[key.removeprefix("network.")] = value
    if any(isinstance(planned.fault, (Duplicate, Reorder)) for planned in plan.faults):
        said["fifo"] = False
    return {key: value for key, value in said.items() if not isinstance(value, dict)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
