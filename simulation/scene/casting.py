"""The lanes: one a process, with what the scenario calls it."""

from __future__ import annotations

from msgspec import Struct

from simulation.harness import Plan


class Lane(Struct, frozen=True):
    """A process's line. ``role`` is what the scenario calls it, or nothing."""

    process: int
    name: str
    role: str


def lanes(plan: Plan) -> tuple[Lane, ...]:
    """All processes in the order of their names' numbers.

    The role is the smallest named set of the scenario that a process is in: what most tells it
    from others. Where only some vote, that is said first.
    """
    return tuple(Lane(process, name, _role(plan, process)) for process, name in enumerate(plan.names))


def _role(plan: Plan, process: int) -> str:
    count = len(plan.names)
    named = [
        (len(members), name)
        for name, members in plan.roles.items()
        if process in members and len(members) < count
    ]
    votes = [] if len(plan.voters) == count else ["acceptor" if process in plan.voters else "proposer"]
    # The first of the smallest: the file's order decides between equals.
    smallest = [name for size, name in named if size == min(named)[0]][:1]
    return ", ".join([*votes, *smallest])
