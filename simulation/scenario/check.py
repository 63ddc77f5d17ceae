"""Does everybody have exactly one script, and does every script have somebody?"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.harness.steps import Step, Wait
from simulation.scenario.cast import MisfitError, Sets, cast, trial_orders
from simulation.scenario.document import Document
from simulation.scenario.locate import Path
from simulation.scenario.model import Drawn, Role, Script
from simulation.scenario.sets import Members
from simulation.scenario.wording import counted, show

Problems = list[tuple[Path, str]]


def check_cast(
    document: Document,
    roles: Sequence[Role],
    scripts: Sequence[Script],
    ranks: Members,
    order: Members | None,
) -> None:
    """Note who has no script, or two, and which script has nobody; of the first order where this happens."""
    complete = len(scripts) == len(document.table("script"))
    for trial in trial_orders(roles, order, len(ranks)):
        try:
            sets = cast(roles, trial, ranks)
        except MisfitError as mistake:
            document.wrong(("roles", mistake.role), str(mistake))
            return
        problems = _unplayed(scripts, sets) + _shared(scripts, sets)
        if complete:
            problems += _left_out(scripts, sets)
        for path, message in problems:
            document.wrong(path, message)
        if problems:
            return


def _unplayed(scripts: Sequence[Script], sets: Sets) -> Problems:
    """Scripts of nobody. One that only waits may be: it is for whoever is left, if anybody is."""
    return [
        (("script", script.role), _nobody(script, len(sets["all"])))
        for script in scripts
        if not sets[script.role] and not all(isinstance(_step(step), Wait) for step in script.steps)
    ]


def _nobody(script: Script, participants: int) -> str:
    return (
        f"nobody has this role with {counted(participants)}, yet it has a script"
        f" ({show(script.steps[0])!r}, ...). Take more participants, or another set for the role."
    )


def _step(step: Step) -> Step:
    return step.step if isinstance(step, Drawn) else step


def _shared(scripts: Sequence[Script], sets: Sets) -> Problems:
    problems: Problems = []
    for place, script in enumerate(scripts):
        for other in scripts[:place]:
            both = len(set(sets[script.role]) & set(sets[other.role]))
            if both:
                problems.append((("script", script.role), _two_scripts(script.role, other.role, both, sets)))
    return problems


def _two_scripts(role: str, other: str, both: int, sets: Sets) -> str:
    large, small = sorted((role, other), key=lambda name: len(sets[name]), reverse=True)
    have = "has" if both == 1 else "have"
    return (
        f"{both} of its {len(sets[role])} processes already {have} the script of {other!r}: every process"
        f' needs exactly one. Take them out of one of the two, as in {large} = "... except {small}".'
    )


def _left_out(scripts: Sequence[Script], sets: Sets) -> Problems:
    has_one = {process for script in scripts for process in sets[script.role]}
    missing = len(sets["all"]) - len(has_one)
    if not missing:
        return []
    message = (
        f"{missing} of {len(sets['all'])} processes have no script: every process needs exactly one."
        ' Give one to the rest, as in rest = ["wait 10s"] with the role rest = "all except ...".'
    )
    return [(("script",), message)]
