"""Trace in, verdict out: every property that a run is judged by."""

from __future__ import annotations

from collections.abc import Callable

from simulation.checks import outcome, safety
from simulation.checks.outcome import warnings
from simulation.checks.story import Story
from simulation.checks.verdict import Finding, Held, Unknown, Violated, verdict

Check = Callable[[Story], Finding]

CHECKS: tuple[Check, ...] = (
    outcome.termination,
    safety.agreement,
    safety.validity,
    safety.one_value_per_ballot,
    safety.promises_kept,
    safety.ballots_rise,
    safety.quorum_behind_decision,
    safety.chosen_value_stays,
    safety.highest_vote_adopted,
    safety.dead_are_silent,
    outcome.queues_drained,
    outcome.answers,
    outcome.did_what_it_says,
)
"""All checks, in the order in which they are listed and reported."""


def judge(story: Story) -> list[Finding]:
    """What every check finds in a run."""
    return [check(story) for check in CHECKS]


__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Held",
    "Story",
    "Unknown",
    "Violated",
    "judge",
    "verdict",
    "warnings",
]
