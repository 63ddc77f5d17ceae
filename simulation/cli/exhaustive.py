"""``simulation run --strategy exhaustive``: not one run of a scenario, but all of them."""

from __future__ import annotations

import shlex
from typing import Any

from simulation import scenario as scenarios
from simulation.cli import exits
from simulation.cli.readers import overrides
from simulation.cli.streams import put, tell
from simulation.errors import InputError
from simulation.explore import Exploration, explore
from simulation.harness import Plan
from simulation.protocols import find_protocol

NAME = "exhaustive"

ATTEMPTS = 2
"""So many ballots each proposer may begin. One more is beyond what a laptop explores in an hour."""

EVERY = 20_000
"""After so many further states it is said how far the exploration is."""


def run_exhaustively(given: Any) -> int:
    """Explore what the proposers and acceptors of a scenario can come to, up to the first violation."""
    _check(given)
    plan = scenarios.plan(scenarios.load(given.scenario, **overrides(given.overrides)), 0)
    proposers = _proposers(given.scenario, plan)
    found = explore(
        find_protocol(plan.protocol),
        acceptors=len(plan.voters),
        proposers=proposers,
        attempts=ATTEMPTS,
        on_progress=_Told(),
    )
    put(_lines(plan, proposers, found))
    if found.violation is not None:
        settings = [word for pair in given.overrides for word in ("--set", pair)]
        command = ["simulation", "run", given.scenario, "--strategy", NAME, *settings]
        tell(f"repeat with: {shlex.join(command)}")
        return exits.OF_VERDICT["fail"]
    return exits.OF_VERDICT["pass" if found.complete else "unknown"]


def _check(given: Any) -> None:
    unfit = {
        "--seed": given.seed is not None,
        "--format": given.format is not None,
        "--explain": given.explain,
    }
    for option in (option for option, used in unfit.items() if used):
        raise InputError(f"{option}: --strategy {NAME} explores all runs at once and has none. Leave it out.")


def _proposers(name: str, plan: Plan) -> int:
    """How many only propose: the others must only vote, for the explorer tells the two apart."""
    proposing = plan.proposers
    if not proposing or any(process in plan.voters for process in proposing):
        raise InputError(
            f"--strategy {NAME}: in {name} whoever proposes votes too, and the exploration tells the two"
            " apart. Take a scenario with 'acceptors' in which the others propose, such as duel."
        )
    return len(proposing)


def _lines(plan: Plan, proposers: int, found: Exploration) -> list[str]:
    what = (
        f"{plan.protocol}, {len(plan.voters)} acceptors, {proposers} proposers with {ATTEMPTS} attempts each:"
        f" {found.states:,} states, {found.transitions:,} transitions"
    )
    if found.violation is None:
        return [f"{what}, {'all of them sound' if found.complete else 'and then it was cut off'}"]
    told = [f"{place:>3}  {words}" for place, words in enumerate(found.violation.words, start=1)]
    return [f"violated: {found.violation.violated}", *told, "", f"{what} until then"]


class _Told:
    """Says now and then how far it is."""

    def __init__(self) -> None:
        self._next = EVERY

    def __call__(self, states: int, transitions: int) -> None:
        if states < self._next - EVERY:
            self._next = EVERY
        if states >= self._next:
            self._next = states + EVERY
            tell(f"{states:,} states, {transitions:,} transitions")
