"""Who is lost in the course of a run, as far as the file tells."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.faults import Kill as KillFault
from simulation.faults import Resume as ResumeFault
from simulation.faults import Suspend as SuspendFault
from simulation.harness.steps import Kill, Repeat, Resume, Step, Suspend
from simulation.scenario.cast import Sets
from simulation.scenario.model import Model, TimedFault
from simulation.scenario.sets import members


def killed(model: Model, sets: Sets) -> frozenset[int]:
    """Who dies: by script, by a timed fault, or because ``happens`` says so.

    The last is how a death by a proposal's action is known. Whoever a fault on ``leader``
    will hit is not known and not counted.
    """
    found: set[int] = set()
    for script in model.scripts:
        if any(isinstance(step, Kill) for step in script.steps):
            found.update(sets[script.role])
    for fault in model.faults:
        if isinstance(fault.fault, KillFault):
            found.update(_hit(fault, model, sets))
    for statement in model.expect.happens:
        if statement.what == "killed":
            found.update(members(statement.who, sets, model.ranks))
    return frozenset(found)


def silenced(model: Model, sets: Sets) -> frozenset[int]:
    """Who is suspended at the end: nothing resumes it after its last suspension."""
    found: set[int] = set()
    for script in model.scripts:
        if _last_of_two(script.steps) is Suspend:
            found.update(sets[script.role])
    for fault in sorted(model.faults, key=lambda fault: fault.at_us):
        if isinstance(fault.fault, SuspendFault):
            found.update(_hit(fault, model, sets))
        elif isinstance(fault.fault, ResumeFault):
            found.difference_update(_hit(fault, model, sets))
    return frozenset(found)


def _hit(fault: TimedFault, model: Model, sets: Sets) -> Iterable[int]:
    return () if fault.target is None else members(fault.target, sets, model.ranks)


def _last_of_two(steps: Iterable[Step]) -> type[Step] | None:
    """``Suspend`` or ``Resume``, whichever comes last."""
    last: type[Step] | None = None
    for step in steps:
        if isinstance(step, Repeat):
            last = _last_of_two(step.body) or last
        elif isinstance(step, Suspend | Resume):
            last = type(step)
    return last
