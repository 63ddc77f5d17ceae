"""The missing seeds of a sweep, cut into pieces of work that pay for their hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from simulation.sweep.cells import Cell, Key
from simulation.sweep.seeds import Range, missing
from simulation.sweep.work import Order, Work

FIRST = 8
"""So many seeds are tried of a cell whose pace is not known yet."""

LEAST_S = 0.25
MOST_S = 2.0
"""How long a piece of work takes: a hand-over costs some milliseconds, and who waits wants news."""

JOBS_PER_S = 32
"""With more jobs pieces get longer, so that one machine keeps up with handing them over."""


class Tasks:
    """Pieces of work in key order, of ``chunk`` seeds each, or as long as pays."""

    def __init__(
        self, cells: Sequence[Cell], orders: Sequence[Order], covered: Mapping[Key, Sequence[Range]]
    ) -> None:
        self._orders = orders
        self._firsts = [cell.seeds[0] for cell in cells]
        self._gaps = [missing(cell.seeds, covered.get(cell.key, ())) for cell in cells]
        self.total = sum(cell.seeds[1] - cell.seeds[0] for cell in cells)
        self.left = sum(end - first for gaps in self._gaps for first, end in gaps)
        """How many runs are still to be handed out."""
        self._pace_s: dict[int, float] = {}

    def learn(self, cell: int, pace_s: float) -> None:
        """Take note of how long a run of this cell takes."""
        self._pace_s[cell] = max(pace_s, 1e-6)

    def hand_out(self, *, chunk: int | None, jobs: int, share: int) -> Iterator[Work]:
        """Piece by piece; each is cut when it is asked for."""
        for order, first_of_cell, gaps in zip(self._orders, self._firsts, self._gaps, strict=True):
            for at, end in gaps:
                while at < end:
                    size = chunk or self._size(order.cell, jobs)
                    upto = min(end, at + size)
                    self.left -= upto - at
                    yield Work(order, at, upto, share, first_of_cell)
                    at = upto

    def _size(self, cell: int, jobs: int) -> int:
        pace_s = self._pace_s.get(cell)
        if pace_s is None:
            return FIRST
        long_s = min(MOST_S, max(LEAST_S, jobs / JOBS_PER_S))
        # Towards the end smaller, so that all finish together.
        fair = -(-self.left // (2 * jobs))
        return max(1, min(int(long_s / pace_s), fair))
