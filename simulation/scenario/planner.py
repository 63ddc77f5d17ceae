"""One run of a scenario, fully resolved: a pure function of (scenario, seed).

A sweep makes one plan per run, so everything that does not depend on the seed was done
when the file was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from simulation.errors import InputError
from simulation.faults import Pin, PlannedFault, Target
from simulation.harness.plan import Calm, Expectation, Happening, Plan
from simulation.harness.steps import Propose, Repeat, Step, Wait
from simulation.kernel import Entropy, Purpose
from simulation.scenario.cast import MisfitError, Sets, cast
from simulation.scenario.deeds import Whom
from simulation.scenario.losses import killed, silenced
from simulation.scenario.model import Drawn, Model, Scenario, TimedFault
from simulation.scenario.pins import occurrence
from simulation.scenario.quiet import calm_of
from simulation.scenario.sets import Members, members
from simulation.scenario.values import MistakeError

BLOCK = 10
"""So many neighbouring seeds share the values: the real tests drew them once per ten runs."""


def plan(scenario: Scenario, seed: int, entropy: Entropy | None = None) -> Plan:
    """Order, roles, values, draws and scripts of the run of this ``seed`` (0 to 2**128 - 1).

    Whoever makes many plans lends them an ``entropy``, whatever its seed: building one takes
    longer than all the rest of a plan.
    Raises ``InputError`` for a seed that is none, and for an order of the participants in
    which a set has too few members or two scripts meet.
    """
    if not 0 <= seed < 1 << 128:
        raise InputError(f"seed: is {seed}. A seed is a whole number from 0 to 2**128 - 1.")
    model = scenario.model
    if entropy is None:
        entropy = Entropy(seed)
    else:
        entropy.reseed(seed)
    order = model.order or entropy.stream(Purpose.ORDER).shuffled(model.participants)
    try:
        sets = cast(model.roles, order, model.ranks)
        draws = _draws(model, sets, entropy) if model.lets else {}
        return _plan(scenario, seed, sets, draws, _values(model, seed), entropy)
    except MistakeError as mistake:
        where = f"roles.{mistake.role}: " if isinstance(mistake, MisfitError) else ""
        raise InputError(f"{scenario.source}: {where}with seed {seed}: {mistake}") from None


def plan_of(scenario: Scenario, *, order: Members, draws: Mapping[str, int], values: tuple[int, ...]) -> Plan:
    """The plan of a run of which all that a seed would draw is known; its seed is said to be 0.

    ``draws`` are the scenario's ``let``s by name. Raises ``MistakeError`` for an order in which a
    set has too few members or two scripts meet.
    """
    return _plan(scenario, 0, cast(scenario.model.roles, order, scenario.model.ranks), draws, values)


def _plan(
    scenario: Scenario,
    seed: int,
    sets: Sets,
    draws: Mapping[str, int],
    values: tuple[int, ...],
    entropy: Entropy | None = None,
) -> Plan:
    model = scenario.model
    calm = calm_of(model, sets, entropy)
    return Plan(
        scenario=scenario.name,
        seed=seed,
        protocol=model.protocol,
        profile=model.profile,
        conditions=model.conditions,
        names=model.names,
        order=sets["all"],
        roles={role.name: sets[role.name] for role in model.roles},
        values=values,
        scripts=_scripts(model, sets, draws),
        faults=tuple([_fault(fault, model, sets, seed) for fault in model.faults]),
        expect=_expectation(model, sets, calm),
        announce=model.announce,
        linger_us=model.linger_us,
        acceptors=model.acceptors,
        strategy=model.strategy,
        limit_us=model.limit_us,
        most_events=model.most_events,
        calm=calm,
    )


def _values(model: Model, seed: int) -> tuple[int, ...]:
    if isinstance(model.values, list):
        return tuple(model.values)
    return _block_values(seed // BLOCK, model.participants, *model.values)


@lru_cache(maxsize=16)
def _block_values(block: int, participants: int, low: int, high: int) -> tuple[int, ...]:
    """The values of a block of seeds. Remembered: the next nine seeds ask for the same."""
    entropy = Entropy(block)
    return tuple(entropy.stream(Purpose.VALUE, process).between(low, high) for process in range(participants))


def _scripts(model: Model, sets: Sets, draws: Mapping[str, int]) -> tuple[tuple[Step, ...], ...]:
    found: list[tuple[Step, ...] | None] = [None] * model.participants
    for script in model.scripts:
        steps = tuple([_settled(step, draws) for step in script.steps]) if script.draws else script.steps
        for process in sets[script.role]:
            if found[process] is not None:
                raise MistakeError(f"{model.names[process]} has two scripts, one of them of {script.role!r}.")
            found[process] = steps
    if None in found:
        raise MistakeError(f"{model.names[found.index(None)]} has no script.")
    return tuple(found)  # type: ignore[arg-type]


def _draws(model: Model, sets: Sets, entropy: Entropy) -> dict[str, int]:
    draws: dict[str, int] = {}
    for place, let in enumerate(model.lets):
        named = [process for role in let.fixed_by for process in sets[role]]
        if let.fixed_by:
            least = min(named, key=model.ranks.__getitem__, default=0)
            draws[let.name] = let.one_of[_fixed_draw(least, place, len(let.one_of))]
        else:
            stream = entropy.stream(Purpose.LET, 0, place)
            draws[let.name] = let.one_of[stream.between(0, len(let.one_of) - 1)]
    return draws


@lru_cache(maxsize=1024)
def _fixed_draw(process: int, place: int, count: int) -> int:
    """The draw that a process's name fixes, whatever the seed: the same for the same name."""
    return Entropy(0).stream(Purpose.LET, process, place).between(0, count - 1)


def _settled(step: Step, draws: Mapping[str, int]) -> Step:
    if isinstance(step, Repeat):
        return Repeat(step.times, tuple([_settled(inner, draws) for inner in step.body]))
    if isinstance(step, Drawn) and isinstance(step.step, Propose | Wait):
        return msgspec.structs.replace(step.step, instance=draws[step.let])
    return step


def _fault(fault: TimedFault, model: Model, sets: Sets, seed: int) -> PlannedFault:
    pin, pinned = None, fault.pinned
    if pinned is not None:
        by = None if pinned.by is None else _target(pinned.by, model, sets)
        pin = Pin(pinned.step, occurrence(pinned, seed), pinned.before, by)
    return PlannedFault(
        name=fault.name,
        at_us=fault.at_us or 0,
        fault=fault.fault,
        target=_target(fault.whom, model, sets),
        must_happen=fault.must_happen,
        to=None if fault.to is None else _target(fault.to, model, sets),
        both=fault.both,
        for_us=fault.for_us,
        pin=pin,
        every_us=fault.every_us,
        until_us=fault.until_us,
        ring=fault.ring,
    )


def _target(whom: Whom, model: Model, sets: Sets) -> Target:
    if whom.expression is None:
        return Target(whom.text, leader=not whom.takes_the_step, taker=whom.takes_the_step)
    return Target(whom.text, members(whom.expression, sets, model.ranks), drawn=whom.drawn)


def _expectation(model: Model, sets: Sets, calm: Calm | None) -> Expectation:
    expect = model.expect
    return Expectation(
        decision=expect.decision,
        by=_deciders(model, sets, calm),
        happens=tuple(
            [
                Happening(said.text, members(said.who, sets, model.ranks), said.what, said.before_decision)
                for said in expect.happens
            ]
        ),
    )


def _deciders(model: Model, sets: Sets, calm: Calm | None) -> Members:
    if model.expect.by is not None:
        return members(model.expect.by, sets, model.ranks)
    if calm is not None:
        return calm.core
    lost = killed(model, sets) | silenced(model, sets)
    return tuple([process for process in sets["all"] if process not in lost])
