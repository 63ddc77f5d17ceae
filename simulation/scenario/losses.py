"""Who is lost in the course of a run, as far as the file tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from simulation.faults import UNDONE_BY, Fault
from simulation.faults import Kill as KillFault
from simulation.faults import Restart as RestartFault
from simulation.faults import Resume as ResumeFault
from simulation.faults import Suspend as SuspendFault
from simulation.harness.steps import Kill, Repeat, Resume, Step, Suspend
from simulation.scenario.cast import Sets
from simulation.scenario.model import Model, TimedFault
from simulation.scenario.sets import members
from simulation.units import NEVER_US


class Blow(Struct, frozen=True):
    """A fault that hits processes that are known: when, which, whom, and for how long."""

    at_us: int
    fault: Fault
    processes: Sequence[int]
    for_us: int | None


def killed(model: Model, sets: Sets) -> frozenset[int]:
    """Who dies and stays dead: by script, by a timed fault, or because ``happens`` says so.

    The last is how a death by a proposal's action is known. When these two come to pass is not
    known, so a restart by a fault counts whenever it is. Whoever a fault on ``leader`` will hit, or
    on ``any of`` a set, is not known and not counted.
    """
    blows = _blows(model, sets)
    back = restarted(blows)
    found = {
        process
        for statement in model.expect.happens
        if statement.what == "killed"
        for process in members(statement.who, sets, model.ranks)
        if process not in back
    }
    raised = restarted(blow for blow in blows if blow.for_us is None)
    for script in model.scripts:
        if any(isinstance(step, Kill) for step in script.steps):
            found.update(process for process in sets[script.role] if process not in raised)
    return dead(blows) | found


def silenced(model: Model, sets: Sets) -> frozenset[int]:
    """Who is suspended at the end: nothing resumes it after its last suspension."""
    found: set[int] = set()
    for script in model.scripts:
        if _last_of_two(script.steps) is Suspend:
            found.update(sets[script.role])
    for blow in _in_time(_blows(model, sets)):
        if isinstance(blow.fault, (ResumeFault, RestartFault)) or _ends(blow):
            found.difference_update(blow.processes)
        elif isinstance(blow.fault, SuspendFault):
            found.update(blow.processes)
    return frozenset(found)


def dead(blows: Iterable[Blow]) -> frozenset[int]:
    """Whom these blows leave dead."""
    back_us: dict[int, int | None] = {}
    for blow in _in_time(blows):
        for process in blow.processes:
            until_us = back_us.get(process, blow.at_us)
            down = until_us is None or until_us > blow.at_us
            if isinstance(blow.fault, KillFault) and not down:
                back_us[process] = None if blow.for_us is None else blow.at_us + blow.for_us
            elif isinstance(blow.fault, RestartFault):
                back_us.pop(process, None)
    return frozenset(process for process, until_us in back_us.items() if until_us is None)


def restarted(blows: Iterable[Blow]) -> frozenset[int]:
    """Whom one of these blows restarts if it is dead by then."""
    return frozenset(
        process
        for blow in blows
        if isinstance(blow.fault, RestartFault) or (isinstance(blow.fault, KillFault) and _ends(blow))
        for process in blow.processes
    )


def _ends(blow: Blow) -> bool:
    return type(blow.fault) in UNDONE_BY and blow.for_us is not None


def _in_time(blows: Iterable[Blow]) -> list[Blow]:
    return sorted(blows, key=lambda blow: blow.at_us)


def _blows(model: Model, sets: Sets) -> list[Blow]:
    return [
        Blow(_when_us(fault), fault.fault, _hit(fault, model, sets), fault.for_us) for fault in model.faults
    ]


def _when_us(fault: TimedFault) -> int:
    """When a step comes, or a fault at a rate, is not known. It is taken as it is best for who is hit."""
    if fault.at_us is not None and fault.every_us is None:
        return fault.at_us
    return NEVER_US if isinstance(fault.fault, (ResumeFault, RestartFault)) else fault.at_us or 0


def _hit(fault: TimedFault, model: Model, sets: Sets) -> Sequence[int]:
    expression = fault.whom.certain
    return () if expression is None else members(expression, sets, model.ranks)


def _last_of_two(steps: Iterable[Step]) -> type[Step] | None:
    """``Suspend`` or ``Resume``, whichever comes last."""
    last: type[Step] | None = None
    for step in steps:
        if isinstance(step, Repeat):
            last = _last_of_two(step.body) or last
        elif isinstance(step, Suspend | Resume):
            last = type(step)
    return last
