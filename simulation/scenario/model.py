"""A scenario as data: everything that a file says, read and checked, independent of any seed."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simulation.faults import Fault
from simulation.harness.steps import Step
from simulation.network import Conditions
from simulation.scenario.deeds import Whom
from simulation.scenario.pins import Pinned
from simulation.scenario.sets import Members, SetExpression


class Role(Struct, frozen=True):
    """A named set of processes.

    ``places`` are its members as places in the participants' order, where these do not
    depend on the order; otherwise the ``expression`` is evaluated for every order.
    """

    name: str
    expression: SetExpression
    places: Members | None = None


class Let(Struct, frozen=True):
    """A draw that all scripts of a run share.

    ``fixed_by`` are roles: the smallest name among their processes decides. Without any,
    the run's seed does.
    """

    name: str
    one_of: tuple[int, ...]
    fixed_by: tuple[str, ...] = ()


class Drawn(Step, frozen=True, tag=True):
    """A ``Propose`` or ``Wait`` whose instance is drawn by the ``let`` of this name."""

    let: str
    step: Step


class Script(Struct, frozen=True):
    """What every process of a role does. ``draws`` tells whether a step is ``Drawn``."""

    role: str
    steps: tuple[Step, ...]
    draws: bool = False


class TimedFault(Struct, frozen=True):
    """A fault as written. ``at_us`` is None for one that is ``pinned``, the beginning for one at a rate.

    The rest is as in ``faults.PlannedFault``.
    """

    name: str
    at_us: int | None
    fault: Fault
    whom: Whom
    must_happen: bool
    to: Whom | None = None
    both: bool = False
    for_us: int | None = None
    pinned: Pinned | None = None
    every_us: int | None = None
    until_us: int | None = None
    ring: bool = False


class Quiet(Struct, frozen=True):
    """A calm as written. ``core`` is None for a majority, the first one or one that is ``drawn``."""

    at_us: int
    within_us: int
    core: SetExpression | None
    drawn: bool


class Statement(Struct, frozen=True):
    """What the run has to show about the members of ``who``. See ``harness.plan.Happening``."""

    text: str
    who: SetExpression
    what: str
    before_decision: bool


class Expect(Struct, frozen=True):
    """What has to come out. ``by`` is None for every process that is up at the end."""

    decision: str
    by: SetExpression | None
    happens: tuple[Statement, ...]


class Sweep(Struct, frozen=True):
    """Defaults for a sweep: seeds from the first (included) to the second (excluded)."""

    seeds: tuple[int, int] | None = None
    grid: dict[str, tuple[Any, ...]] = {}


class Model(Struct, frozen=True):
    """The parsed file. Processes are numbers; ``names`` and ``ranks`` are by process.

    ``ranks`` is each process's place among the sorted names. ``order`` is ``None`` where
    every run shuffles. The first ``acceptors`` of the processes vote. ``values`` is a range to
    draw from, or one number per process.
    """

    about: str
    participants: int
    acceptors: int
    names: tuple[str, ...]
    ranks: tuple[int, ...]
    order: Members | None
    profile: str
    conditions: Conditions
    protocol: str
    strategy: str | None
    values: tuple[int, int] | list[int]
    announce: str
    linger_us: int
    limit_us: int
    most_events: int
    roles: tuple[Role, ...]
    lets: tuple[Let, ...]
    scripts: tuple[Script, ...]
    faults: tuple[TimedFault, ...]
    expect: Expect
    sweep: Sweep
    calm: Quiet | None = None


class Scenario(Struct, frozen=True):
    """One experiment, complete and printable.

    ``parse(text, name=name, source=source, overrides=overrides)`` makes it again.
    ``source`` is where the text came from, as messages name it.
    """

    name: str
    source: str
    text: str
    overrides: dict[str, Any]
    model: Model
