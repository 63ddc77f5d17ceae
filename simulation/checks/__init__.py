"""Trace in, verdict out: every property that a run is judged by."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from simulation.checks import outcome, safety
from simulation.checks.liveness import liveness
from simulation.checks.outcome import warnings
from simulation.checks.story import RunStory, Story
from simulation.checks.verdict import Finding, Held, Unknown, Violated, verdict

Check = Callable[[RunStory], Finding]

CHECKS: tuple[Check, ...] = (
    outcome.termination,
    safety.agreement,
    safety.one_value_chosen,
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
    liveness,
)
"""All checks, in the order in which they are listed and reported."""


NEEDS: dict[Check, tuple[str, ...]] = {
    safety.one_value_chosen: ("Accepted",),
    safety.one_value_per_ballot: ("ValueAsked", "Accepted"),
    safety.promises_kept: ("Promised", "Accepted"),
    safety.ballots_rise: ("BallotStarted", "Promised", "Accepted"),
    safety.quorum_behind_decision: ("Accepted",),
    safety.chosen_value_stays: ("ValueAsked", "Accepted"),
    safety.highest_vote_adopted: ("PromiseHeard", "ValueAsked"),
}
"""The steps that a protocol has to publish to be judged by a check; the others judge all."""


def name_of(check: Check) -> str:
    """What a check is called in findings, records and lists."""
    return check.__name__.replace("_", " ")


def judge(story: RunStory, steps: Collection[str]) -> list[Finding]:
    """What the checks find in a run of a protocol that publishes these ``steps``."""
    return [check(story) for check in _applying(frozenset(steps))]


@cache
def _applying(steps: frozenset[str]) -> tuple[Check, ...]:
    return tuple(check for check in CHECKS if steps.issuperset(NEEDS.get(check, ())))


__all__ = [
    "CHECKS",
    "NEEDS",
    "Check",
    "Finding",
    "Held",
    "RunStory",
    "Story",
    "Unknown",
    "Violated",
    "judge",
    "name_of",
    "verdict",
    "warnings",
]
