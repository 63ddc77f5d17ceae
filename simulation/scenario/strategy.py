"""Can this scenario be run by a strategy, and is there such a strategy at all?"""

from __future__ import annotations

from collections.abc import Iterator

from simulation.errors import InputError
from simulation.harness.steps import Propose, Repeat, Sleep, Step, Wait
from simulation.scenario.document import Document
from simulation.scenario.model import Drawn, Model
from simulation.scenario.wording import show
from simulation.search import find_strategy


def check_strategy(document: Document, model: Model) -> None:
    """Note what a strategy cannot do with this file. It makes faults and order itself."""
    if model.strategy is None:
        return
    try:
        find_strategy(model.strategy)
    except InputError as error:
        document.wrong(("strategy",), str(error).removeprefix("strategy: "))
        return
    for number, fault in enumerate(model.faults, start=1):
        document.wrong(
            ("fault", str(number), "do"),
            f"{fault.name!r} has no place under the strategy {model.strategy!r}, which draws its own faults."
            " Take the fault out, or leave the strategy out.",
        )
    if model.calm is not None:
        document.wrong(
            ("calm", "at"),
            f"has no place under the strategy {model.strategy!r}, after some of whose storms it gets calm by"
            " itself. Take [calm] out, or leave the strategy out.",
        )
    steps = [(script.role, step) for script in model.scripts for step in _flat(script.steps)]
    for role, step in _unfit(steps):
        document.wrong(
            ("script", role),
            f"holds {show(step)!r}, and the strategy {model.strategy!r} says by itself who dies and what"
            " comes next. Under a strategy scripts may only propose, wait and sleep.",
        )
    if not any(_proposes(step) for _, step in steps):
        document.wrong(("strategy",), "is given, and no script proposes anything: nothing would happen.")


def _flat(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, Repeat):
            yield from _flat(step.body)
        else:
            yield step


def _unfit(steps: list[tuple[str, Step]]) -> Iterator[tuple[str, Step]]:
    for role, step in steps:
        if not _proposes(step) and not isinstance(step, (Wait, Sleep, Drawn)):
            yield role, step


def _proposes(step: Step) -> bool:
    inner = step.step if isinstance(step, Drawn) else step
    return isinstance(inner, Propose) and inner.action is None
