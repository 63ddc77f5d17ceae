"""From a failing schedule to a small one: whatever is smaller and still fails is taken.

Source: Zeller and Hildebrandt, *Simplifying and Isolating Failure-Inducing Input* (2002), for the
chunks; Scott and others, *Minimizing Faulty Executions of Distributed Systems* (NSDI 2016), for leaving
out moves that have become impossible. Beside chunks whole attempts are taken out, with the later
ballots numbered anew: without that most runs stay one attempt too long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from simulation.search import Calm, Schedule
from simulation.shrink import smaller
from simulation.shrink.trial import Attempt, Trial

Better = Callable[[Attempt], None]
"""Is told of every smaller schedule that was found."""


class Descent:
    """Makes one failing schedule small. ``best`` is the smallest so far, whenever one looks."""

    def __init__(self, trial: Trial, first: Attempt, better: Better) -> None:
        self._trial = trial
        self._groups = trial.kinds()
        self._better = better
        self.best = first

    def run(self) -> Attempt:
        """Until nothing smaller is found by any way, nor by any way after two processes are swapped."""
        while True:
            self._to_the_ground()
            if not self._take(self._after_a_swap()):
                return self.best

    def _to_the_ground(self) -> None:
        before = None
        while before != self.best.size:
            before = self.best.size
            self._take([tuple(move for move in self.best.schedule if not isinstance(move, Calm))])
            for size in _sizes(len(self.best.schedule)):
                while self._take(smaller.without_chunks(self.best.schedule, size)):
                    pass
            for way in _WAYS:
                while self._take(way(self.best.schedule)):
                    pass
            self._with_earlier_deliveries()

    def _with_earlier_deliveries(self) -> None:
        """One after the other, without beginning anew where one of them was moved."""
        place = 0
        while place < len(self.best.schedule):
            self._take(smaller.with_an_earlier_delivery(self.best.schedule, place))
            place += 1

    def _after_a_swap(self) -> Iterator[Schedule]:
        for swapped in smaller.with_others_swapped(
            self.best.schedule, self._groups, self._trial.cluster.count
        ):
            yield from smaller.with_one_attempt_less(swapped)
            yield from smaller.without_roots(swapped)

    def _take(self, candidates: Iterable[Schedule]) -> bool:
        """Take the first that fails and is smaller; False where there is none."""
        for schedule in candidates:
            found = self._trial.fails(schedule)
            if found is not None and found.size < self.best.size:
                self.best = found
                self._better(found)
                return True
        return False


_WAYS: tuple[Callable[[Schedule], Iterator[Schedule]], ...] = (
    smaller.without_roots,
    smaller.with_one_attempt_less,
    smaller.without_a_life,
    smaller.without_copies,
)


def _sizes(length: int) -> Iterator[int]:
    size = length // 2
    while size > 1:
        yield size
        size //= 2
    yield 1
