"""The arithmetic of quorums: can what a file expects come true at all?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulation.faults import RING_LEAST
from simulation.harness.steps import Propose, Repeat, Step
from simulation.protocols.quorum import majority
from simulation.scenario.cast import Sets, cast, trial_orders
from simulation.scenario.document import Document
from simulation.scenario.locate import Path
from simulation.scenario.losses import killed, silenced
from simulation.scenario.model import Drawn, Model
from simulation.scenario.quiet import calm_problems
from simulation.scenario.rates import rate_problems
from simulation.scenario.sets import SetExpression, members
from simulation.scenario.values import MistakeError
from simulation.scenario.wording import counted

Problem = tuple[Path, str]


def check_outcome(document: Document, model: Model) -> None:
    """Note what cannot come true; of the first order of the participants where this is so."""
    for trial in trial_orders(model.roles, model.order, model.participants):
        sets = cast(model.roles, trial, model.ranks)
        problems = list(_nobody(model, sets)) or [
            *_both_sides(model, sets),
            *_rings(model, sets),
            *calm_problems(model, sets),
            *rate_problems(model),
            *_decision(model, sets),
        ]
        for path, message in problems:
            document.wrong(path, message)
        if problems:
            return


def _nobody(model: Model, sets: Sets) -> Iterator[Problem]:
    """Sets that a fault or an expectation names and in which there is nobody."""
    named: list[tuple[Path, str, SetExpression]] = []
    for number, fault in enumerate(model.faults, start=1):
        by = fault.pinned.by if fault.pinned is not None else None
        named.extend(
            (("fault", str(number), key), each.text, each.expression)
            for key, each in (("do", fault.whom), ("do", fault.to), ("by", by))
            if each is not None and each.expression is not None
        )
    if model.expect.by is not None:
        named.append((("expect", "by"), model.expect.by.text, model.expect.by))
    named.extend((("expect", "happens"), said.who.text, said.who) for said in model.expect.happens)
    for path, text, expression in named:
        try:
            if not members(expression, sets, model.ranks):
                yield path, f"{text!r} is nobody with {counted(model.participants)}."
        except MistakeError as mistake:
            yield path, str(mistake)


def _both_sides(model: Model, sets: Sets) -> Iterator[Problem]:
    """Partitions that have somebody on both sides."""
    for number, fault in enumerate(model.faults, start=1):
        other = fault.to.certain if fault.to is not None else None
        one = fault.whom.expression
        if not fault.both or fault.ring or one is None or other is None:
            continue
        if set(members(one, sets, model.ranks)) & set(members(other, sets, model.ranks)):
            yield (
                ("fault", str(number), "do"),
                f"{fault.whom.text!r} and {other.text!r} share a process, which cannot be cut off from"
                " itself. Take it out of one of the two, or use 'isolate'.",
            )


def _rings(model: Model, sets: Sets) -> Iterator[Problem]:
    """Rings of so few that everybody would be left with all."""
    for number, fault in enumerate(model.faults, start=1):
        if not fault.ring or fault.whom.certain is None:
            continue
        count = len(members(fault.whom.certain, sets, model.ranks))
        if count < RING_LEAST:
            yield (
                ("fault", str(number), "do"),
                f"{fault.whom.text!r} has {count}, and a ring has {RING_LEAST} processes at least: of fewer"
                " no two could have different majorities. Use a larger set, or 'isolate' one.",
            )


def _decision(model: Model, sets: Sets) -> Iterator[Problem]:
    decision = model.expect.decision
    dead = killed(model, sets)
    lost = dead | silenced(model, sets)
    if model.calm is not None:
        # Its core comes back, whoever that is.
        dead = lost = frozenset()
    lost_votes = len([process for process in lost if process < model.acceptors])
    left, quorum = model.acceptors - lost_votes, majority(model.acceptors)
    path = ("expect", "decision")
    if decision == "required":
        if left < quorum:
            yield path, _too_few(model.acceptors, lost_votes, bool(lost - dead), quorum)
        elif not _anybody_proposes(model):
            yield path, "required, but no script proposes anything. Give one of them the step 'propose'."
        else:
            yield from _lost_deciders(model, sets, lost)
    elif decision == "impossible" and left >= quorum and _anybody_proposes(model):
        yield (
            path,
            (
                f"impossible, but {left} of {model.acceptors} stay, a majority is {quorum}, and a script"
                ' proposes: they may well decide. Use "allowed" or "required".'
            ),
        )


def _too_few(voters: int, lost: int, suspended: bool, quorum: int) -> str:
    are = "is" if lost == 1 else "are"
    how = "killed or suspended for good" if suspended else "killed"
    return (
        f"required, but {lost} of {voters} {are} {how}: {voters - lost} left, a majority is"
        f' {quorum}. Use "allowed" or "impossible".'
    )


def _lost_deciders(model: Model, sets: Sets, lost: frozenset[int]) -> Iterator[Problem]:
    if model.expect.by is None:
        return
    by = model.expect.by
    both = len(lost & frozenset(members(by, sets, model.ranks)))
    if both:
        who = "a process" if both == 1 else f"{both} processes"
        are = "is" if both == 1 else "are"
        yield (
            ("expect", "by"),
            f"{by.text!r} holds {who} that {are} killed or suspended for good: no decision can be required"
            " there. Use another set.",
        )


def _anybody_proposes(model: Model) -> bool:
    return any(_proposes(script.steps) for script in model.scripts)


def _proposes(steps: Iterable[Step]) -> bool:
    return any(
        isinstance(step, Propose)
        or (isinstance(step, Drawn) and isinstance(step.step, Propose))
        or (isinstance(step, Repeat) and _proposes(step.body))
        for step in steps
    )
