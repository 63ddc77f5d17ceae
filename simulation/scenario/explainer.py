"""A plan in words: what ``--explain`` prints instead of running it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.faults import (
    LOSE_WRITES,
    Clog,
    Cut,
    Delay,
    Drift,
    Duplicate,
    Fault,
    LinkFault,
    Lose,
    LoseWrites,
    PlannedFault,
    Reorder,
    Slow,
    Spike,
    Target,
    ring_reach,
)
from simulation.faults import Kill as KillFault
from simulation.faults import Restart as RestartFault
from simulation.faults import Resume as ResumeFault
from simulation.harness.plan import Plan
from simulation.harness.steps import Kill
from simulation.network import PROFILES, Boot, Conditions
from simulation.scenario.losses import Blow, dead, restarted
from simulation.scenario.pins import nth
from simulation.scenario.wording import counted, show_script
from simulation.units import NEVER_US, show_us

Row = tuple[str, str, str]

_WIDEST = 40


def explain(plan: Plan) -> str:
    """The resolved plan, one line per role, ending in whether a decision is possible."""
    participants = len(plan.names)
    head = (
        f"{plan.scenario}, seed {plan.seed}: {counted(participants)},"
        f" order {_names(plan, plan.order)}; majority {plan.quorum}"
    )
    rows = [*_roles(plan), ("values", _values(plan), ""), *_surroundings(plan), *_faults(plan), *_calm(plan)]
    first = max(len(name) for name, _, _ in rows)
    second = max(min(len(middle), _WIDEST) for _, middle, script in rows if script)
    lines = [f"  {name:{first}} {middle:{second}}  {script}".rstrip() for name, middle, script in rows]
    return "\n".join([head, *lines, *_verdict(plan)])


def _roles(plan: Plan) -> Iterator[Row]:
    """Each role with its members, and with their script where all of them do the same."""
    told: set[int] = set()
    for name, processes in plan.roles.items():
        scripts = {plan.scripts[process] for process in processes}
        script = show_script(scripts.pop()) if len(scripts) == 1 else ""
        told.update(processes if script else ())
        yield name, _names(plan, processes) or "nobody", script
    if len(told) < len(plan.names):
        yield "all", _names(plan, plan.order), show_script(plan.scripts[plan.order[0]])


def _values(plan: Plan) -> str:
    return ", ".join(f"{plan.names[process]} {plan.values[process]}" for process in plan.order)


def _surroundings(plan: Plan) -> Iterator[Row]:
    yield "protocol", plan.protocol, ""
    own = list(_own_conditions(plan.conditions, PROFILES[plan.profile]))
    if plan.strategy is not None:
        yield "strategy", f"{plan.strategy}, which makes every move: times are those of a calm", ""
    yield "profile", plan.profile + (f", with {', '.join(own)}" if own else ""), ""


def _own_conditions(conditions: Conditions, base: Conditions) -> Iterator[str]:
    """The conditions that differ from the profile's, in a file's words."""
    for holder, usual, prefix in ((conditions, base, ""), (conditions.boot, base.boot, "boot_")):
        for field in holder.__struct_fields__:
            value = getattr(holder, field)
            if value != getattr(usual, field) and not isinstance(value, Boot):
                name = (prefix + field).removesuffix("_us").removesuffix("_mean")
                yield f"{name} {_condition(field, value)}"


def _condition(field: str, value: Any) -> str:
    """A pair of times, one by number of participants (where a file says it: one entry), or one value."""
    if isinstance(value, tuple):
        return "..".join(show_us(end) for end in value)
    if isinstance(value, dict):
        return ", ".join(show_us(time_us) for time_us in value.values())
    if field.endswith("_us"):
        return show_us(value)
    return str(value).lower()


def _faults(plan: Plan) -> Iterator[Row]:
    for fault in plan.faults:
        yield "fault", f"{fault.name!r}: {_deed(plan, fault)}", ""


def _calm(plan: Plan) -> Iterator[Row]:
    if plan.calm is not None:
        core, within = _names(plan, plan.calm.core), show_us(plan.calm.within_us)
        yield (
            "calm",
            f"for {core} {show_us(plan.calm.at_us)} after the start; to decide within {within}",
            "",
        )


def _deed(plan: Plan, fault: PlannedFault) -> str:
    verb, whom = _verb(fault), _whom(plan, fault.target)
    if isinstance(fault.fault, LinkFault):
        others = "everybody else" if fault.to is None else _whom(plan, fault.to)
        reached = _ringed(fault) if fault.ring else f"{'and' if fault.both else 'to'} {others}"
        lasting = "to the end" if fault.for_us is None else f"for {show_us(fault.for_us)}"
        whom = f"{whom} {reached}, {lasting},"
    elif fault.for_us is not None:
        whom += f", for {show_us(fault.for_us)},"
    optional = "" if fault.must_happen else ", if it happens"
    return f"{verb} {whom} {_when(plan, fault)}{optional}"


def _ringed(fault: PlannedFault) -> str:
    count = len(fault.target.processes)
    return f"in a ring, each with {2 * ring_reach(count) + 1} of {count}"


def _when(plan: Plan, fault: PlannedFault) -> str:
    if fault.every_us is not None:
        return _at_a_rate(plan, fault, fault.every_us)
    if fault.pin is None:
        return f"{show_us(fault.at_us)} after the start"
    pin = fault.pin
    by = "" if pin.by is None else f" of {_whom(plan, pin.by)}"
    return f"{'before' if pin.before else 'after'} the {nth(pin.nth)} {pin.step}{by}"


def _at_a_rate(plan: Plan, fault: PlannedFault, every_us: int) -> str:
    calm_us = NEVER_US if plan.calm is None else plan.calm.at_us
    until_us = NEVER_US if fault.until_us is None else fault.until_us
    begin = f"from {show_us(fault.at_us)} after the start" if fault.at_us else "from the start"
    end = "to the end" if plan.calm is None else "to the calm"
    if until_us < calm_us:
        end = f"to {show_us(until_us)} after the start" if not fault.at_us else f"to {show_us(until_us)}"
    return f"again and again, every {show_us(every_us)} on average, {begin} {end}"


def _verb(fault: PlannedFault) -> str:
    match fault.fault:
        case Lose(per_mille):
            return f"lose {per_mille / 10:g}% of messages from"
        case Delay(low_us, high_us):
            return f"delay by {_times(low_us, high_us)} messages from"
        case Spike(per_mille, low_us, high_us):
            return f"delay by {_times(low_us, high_us)} {per_mille / 10:g}% of messages from"
        case Reorder(per_mille, low_us, high_us):
            return f"let others overtake for {_times(low_us, high_us)} {per_mille / 10:g}% of messages from"
        case Duplicate(per_mille, low_us, high_us):
            return f"repeat after {_times(low_us, high_us)} {per_mille / 10:g}% of messages from"
        case Clog():
            return "keep messages but of neighbours among" if fault.ring else "keep messages from"
        case Cut() if fault.ring:
            return "cut between all but neighbours among"
        case Cut():
            return "cut between" if fault.both else "cut from"
        case other:
            return _of_a_process(other)


def _of_a_process(fault: Fault) -> str:
    match fault:
        case Slow(times):
            return f"make {times} times as slow"
        case Drift(per_mille):
            return f"let timers take {per_mille / 10:+g}% at"
        case LoseWrites():
            return LOSE_WRITES
        case other:
            return type(other).__name__.lower()


def _times(low_us: int, high_us: int) -> str:
    return "..".join(map(show_us, sorted({low_us, high_us})))


def _whom(plan: Plan, target: Target) -> str:
    if target.taker:
        return "whoever takes the step"
    if target.leader:
        return "whoever leads"
    return f"{'one of ' if target.drawn else ''}{_names(plan, target.processes)}"


def _verdict(plan: Plan) -> Iterator[str]:
    voters = len(plan.voters)
    killed = set().union(*_killed(plan).values())
    back = killed & (_back(plan) | (set() if plan.calm is None else set(plan.calm.core)))
    left = len(set(plan.voters) - (killed - back))
    possible = "possible" if left >= plan.quorum else "impossible"
    expected = plan.expect.decision
    of_whom = f" of {_names(plan, plan.expect.by)}" if expected == "required" else ""
    yield (
        f"  killed {_how(_killed(plan))} of {voters},{f' {len(back)} back,' if back else ''}"
        f" {left} left: a decision is {possible};"
        f" expected: {expected}{of_whom}"
    )
    if plan.expect.happens:
        yield f"  has to show: {'; '.join(happening.text for happening in plan.expect.happens)}"


def _killed(plan: Plan) -> dict[str, set[int]]:
    """Who is killed, by what; by an action of a proposal if nothing else explains a statement of the file."""
    scripted = {
        process
        for process, script in enumerate(plan.scripts)
        if any(isinstance(step, Kill) for step in script)
    }
    hit = {
        process
        for fault in plan.faults
        if isinstance(fault.fault, KillFault)
        for process in fault.target.certain
    }
    said = {process for one in plan.expect.happens if one.what == "killed" for process in one.processes}
    return {"script": scripted, "fault": hit - scripted, "action": said - hit - scripted}


def _back(plan: Plan) -> frozenset[int]:
    """Who is restarted after its last death, as far as that is known."""
    blows = [Blow(_at_us(one), one.fault, one.target.certain, one.for_us) for one in plan.faults]
    return restarted(blows) - dead(blows)


def _at_us(fault: PlannedFault) -> int:
    ends = isinstance(fault.fault, (RestartFault, ResumeFault))
    certain = fault.pin is None and fault.every_us is None
    return NEVER_US if ends and not certain else fault.at_us


def _how(killed: dict[str, set[int]]) -> str:
    return " and ".join(f"by {how} {len(who)}" for how, who in killed.items() if who or how == "script")


def _names(plan: Plan, processes: tuple[int, ...]) -> str:
    return " ".join(plan.names[process] for process in processes)
