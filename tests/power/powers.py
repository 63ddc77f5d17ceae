"""Measurements that the tests make, and what they compare."""

from __future__ import annotations

from typing import Any

import msgspec

from simulation.power import Power, measure

QUICK: dict[str, Any] = {
    "bugs": ["hides-its-vote", "votes-in-a-tie"],
    "repetitions": 6,
    "cap": 200,
    "control_runs": 0,
    "jobs": 1,
}
"""A second's work."""


def quick(**changes: Any) -> Power:
    """Two bugs that are found soon, unless something is changed."""
    return measure(**{**QUICK, **changes})


def without_seconds(power: Power) -> Any:
    """All that does not depend on how fast the machine is."""
    return _without(msgspec.json.decode(msgspec.json.encode(power.as_json())))


def _without(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _without(value) for key, value in thing.items() if "seconds" not in key}
    return [_without(each) for each in thing] if isinstance(thing, list) else thing


class Watching:
    """Progress that remembers what was there at the beginning, and does something after some steps."""

    def __init__(self, after: int = 0, what: Any = None) -> None:
        self.total = self.there = self.steps = 0
        self._after = after
        self._what = what

    def begin(self, total: int, there: int, failed: int) -> None:
        """Remember it."""
        self.total, self.there = total, there

    def step(self, runs: int, failed: int) -> None:
        """Count it."""
        self.steps += runs
        if self.steps == self._after:
            self._what()

    def close(self) -> None:
        """Nothing to put away."""
