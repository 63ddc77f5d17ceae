"""Measuring several ways of doing one thing side by side.

Machines are not steady: clocks change, neighbours come and go. So the contenders take
turns, A B C A B C and so on, and two of them are compared within each round. What is
reported is the median over the rounds, of the rates and of the comparisons.

The clock is the processor time of this process: everything here computes and never
waits, and time taken by others is not ours to report.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time_ns
from typing import Final

from msgspec import Struct

NS_PER_SECOND: Final = 1_000_000_000


class Contender(Struct, frozen=True):
    """``batch`` does the work once and says how many units of it that was."""

    name: str
    batch: Callable[[], int]


class Timing(Struct, frozen=True):
    """Units of work per second of processor time, one number a round."""

    name: str
    rates: tuple[float, ...]

    @property
    def rate(self) -> float:
        """The median over the rounds."""
        return median(self.rates)

    @property
    def spread(self) -> float:
        """Half the distance between the fastest and the slowest round, as a part of the median."""
        return (max(self.rates) - min(self.rates)) / 2 / self.rate

    def ratio(self, other: Timing) -> float:
        """How many times the rate of ``other``: the median of the rounds' own ratios."""
        return median(mine / theirs for mine, theirs in zip(self.rates, other.rates, strict=True))


def race(contenders: Sequence[Contender], *, rounds: int) -> dict[str, Timing]:
    """Let every contender run once a round, in the given order; timings by name.

    A first round, not counted, warms up.
    """
    for contender in contenders:
        contender.batch()
    rates: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            rates[contender.name].append(_rate(contender))
    return {name: Timing(name, tuple(measured)) for name, measured in rates.items()}


def _rate(contender: Contender) -> float:
    gc.collect()
    begin_ns = process_time_ns()
    units = contender.batch()
    return units * NS_PER_SECOND / max(1, process_time_ns() - begin_ns)
