"""Ranges of seeds: what was asked for, what is there, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulation.errors import InputError
from simulation.scenario.values import MistakeError
from simulation.scenario.values import seeds as written_range

MOST = 2**63
"""A table's whole numbers end here, so the seeds of a sweep do."""

Range = tuple[int, int]
"""From the first seed (included) to the second (excluded)."""


def wanted(seeds: Any) -> Range:
    """The range that ``seeds`` stands for: ``range(1000)``, ``1000``, ``(0, 1000)`` or ``"0:1000"``.

    Raises ``InputError`` for a range that is empty, backwards, has gaps or goes too far.
    """
    first, end = _ends(seeds)
    if first < 0 or end > MOST:
        raise InputError(f"seeds: are {first}:{end}. A sweep's seeds are whole numbers from 0 to 2**63 - 1.")
    if end <= first:
        raise InputError(f"seeds: are '{first}:{end}': no seed at all. B is excluded and must be above A.")
    return first, end


def missing(asked: Range, there: Iterable[Range]) -> list[Range]:
    """What of ``asked`` is in none of the ranges ``there``, in ascending order."""
    gaps = []
    at, end = asked
    for first, last in sorted(there):
        if first >= end:
            break
        if first > at:
            gaps.append((at, first))
        at = max(at, last)
    if at < end:
        gaps.append((at, end))
    return gaps


def _ends(seeds: Any) -> Range:
    if isinstance(seeds, range):
        if seeds.step != 1:
            raise InputError(f"seeds: are {seeds!r}, which has gaps. A sweep takes every seed of a range.")
        return seeds.start, seeds.stop
    if isinstance(seeds, int) and not isinstance(seeds, bool):
        return 0, seeds
    if isinstance(seeds, str):
        try:
            return written_range(seeds)
        except MistakeError as mistake:
            raise InputError(f"seeds: {mistake}") from None
    match seeds:
        case (int(first), int(end)) if not (isinstance(first, bool) or isinstance(end, bool)):
            return first, end
    raise InputError(f"seeds: are {seeds!r}. A range of seeds is needed, as in range(1000) or '0:1000'.")
