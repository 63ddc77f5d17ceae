"""What searches that may have ended in vain have in common. Exact, and without any distribution.

A search that found nothing within its cap is None: it would have taken longer than every other.
So a median is known as long as fewer than half of them are None.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from msgspec import Struct

Found = float | None
"""How long a search took; None where it ended in vain."""


class Interval(Struct, frozen=True):
    """Both ends belong to it. ``high`` is None where there is no upper end."""

    low: float
    high: float | None


def median(values: Sequence[Found]) -> float | None:
    """The middle one, or half way between the two in the middle; None where that is not known."""
    if not values:
        return None
    ordered, half = _ordered(values), len(values) // 2
    upper = ordered[half]
    lower = upper if len(values) % 2 else ordered[half - 1]
    return None if lower is None or upper is None else (lower + upper) / 2


def interval_of_median(values: Sequence[Found]) -> Interval | None:
    """Two of the values, between which the median of all searches lies with at least 95 %.

    Any search is below that median with one half, so how many of them are is binomial: of all pairs
    that leave out equally many at both ends it is the innermost that is sure enough. Fewer than six
    searches have no such pair, and where so many ended in vain that the lower one did, there is no
    interval either.
    """
    left_out = _left_out(len(values))
    if left_out is None:
        return None
    ordered = _ordered(values)
    low, high = ordered[left_out], ordered[len(values) - 1 - left_out]
    return None if low is None else Interval(low, high)


def _left_out(count: int) -> int | None:
    """How many values may be left out at each end; None where even both outermost are not enough."""
    below, left_out = 0, None
    for number in range(count):
        below += comb(count, number)
        # In whole numbers: below / 2**count has to be 1 / 40 at most, at each end.
        if 40 * below > 2**count:
            break
        left_out = number
    return left_out


def _ordered(values: Sequence[Found]) -> list[Found]:
    found = sorted(value for value in values if value is not None)
    return [*found, *[None] * (len(values) - len(found))]
