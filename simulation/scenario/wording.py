"""Steps back into words, as a file would write them. The inverse of ``script.parse_step``."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.harness.steps import Propose, Repeat, Sleep, Step, Wait
from simulation.scenario.model import Drawn
from simulation.units import UNITS, show_us

_USUAL = Propose()


def counted(participants: int) -> str:
    """So many participants, in words."""
    return f"{participants} participant{'s' if participants > 1 else ''}"


def show_script(steps: Sequence[Step]) -> str:
    """A whole script on one line."""
    return "; ".join(show(step) for step in steps)


def show(step: Step, instance: str = "") -> str:
    """One step; ``instance`` is the draw that stands for its number, if there is one."""
    if isinstance(step, Propose):
        return _propose(step, instance)
    if isinstance(step, Wait):
        return f"wait {show_us(step.timeout_us)}{_instance(step.instance, instance)}"
    if isinstance(step, Sleep):
        return f"sleep {_span(step)}"
    if isinstance(step, Repeat):
        return f"{step.times} times: {', '.join(show(inner) for inner in step.body)}"
    if isinstance(step, Drawn):
        return show(step.step, step.let)
    return type(step).__name__.lower()


def _propose(step: Propose, instance: str) -> str:
    words = "propose"
    if step.until_commit:
        words += " until commit"
    if step.timeout_us != _USUAL.timeout_us:
        words += f" for {show_us(step.timeout_us)}"
    words += _instance(step.instance, instance)
    if step.action:
        words += f" action {step.action}"
    return f"{words} expecting {step.expect}" if step.expect else words


def _instance(number: int, drawn: str) -> str:
    if drawn:
        return f" instance {drawn}"
    return "" if number == _USUAL.instance else f" instance {number}"


def _span(step: Sleep) -> str:
    if step.low_us == step.high_us:
        return show_us(step.high_us)
    unit = next(name for name, size in UNITS.items() if size == step.unit_us)
    return f"{step.low_us // step.unit_us}..{step.high_us // step.unit_us}{unit}"
