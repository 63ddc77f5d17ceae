"""Logs for the command line, as the lines of runs: whole, damaged and cut off."""

from __future__ import annotations

from random import Random

from simulation import load, run
from tests.reenact.damage import Damage

Lines = list[str]


def lines_of(scenario: str, seed: int = 0, **settings: object) -> Lines:
    """What a simulated run prints."""
    return run(load(scenario, **settings), seed).log().split("\n")


def damaged(lines: Lines, damage: Damage, seed: int = 1) -> tuple[Lines, int]:
    """The lines with this damage, and the number, from 1, of the first that is not what it was."""
    found = damage(lines, Random(seed))
    assert found is not None, f"{damage.__name__} needs another run"
    spoilt, place = found
    return spoilt, place + 1


SIMPLE = lines_of("simple", 3)

CRASH = lines_of("leader_crash_complex", 7)

MANY = lines_of("many_1", 1, profile="dist")

CUT_OFF = CRASH[:70]
"""A run that somebody stopped before the first decision."""
