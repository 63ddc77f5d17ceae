"""Whose value was chosen. A log prints values, and not who proposed them."""

from __future__ import annotations

from simulation.protocols.reports import Proposed, ValueAsked
from simulation.seedlog.match import Bindings
from simulation.seedlog.runs import LoggedRun


def usual_values(run: LoggedRun) -> Bindings:
    """A guess at what the proposals were: a leader asks for its own value, else for the last relayed.

    It saves an attempt where it is right, which is nearly always. The unknown value of process
    0 is called -1, and so on down.
    """
    proposers: list[int] = []
    guess: Bindings = {}
    for line in run.readable:
        if isinstance(line.said, Proposed):
            proposers.append(line.process)
        elif isinstance(line.said, ValueAsked) and proposers:
            chosen = line.process if line.process in proposers else proposers[-1]
            guess.setdefault(-1 - chosen, line.said.value)
    return guess
