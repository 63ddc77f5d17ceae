"""Determinism kept watch: a share of all runs is done again, elsewhere, after other runs.

The watchers are processes of their own on this machine, whoever does the runs themselves: each
hashes strings in its own way, and has done other runs before, the last first. A run whose row
differs in a byte stops the sweep, and the first event that differs is named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from simulation.errors import HarnessError, NondeterminismError
from simulation.replay import CAUSES, compare_events
from simulation.report.command import run_command
from simulation.sweep.crew import Crew
from simulation.sweep.flow import MOST_DEATHS, died, handed, ready
from simulation.sweep.work import Difference, Watched, retell, watch

AT_ONCE = 16
"""So many runs are handed to a watcher together."""

MOST_BEHIND = 8
"""So many hand-overs per watcher may wait before the sweep waits for them."""


class Patrol:
    """Has runs of ``others`` done again by ``crew``, or nothing where that is None."""

    def __init__(self, crew: Crew | None, others: Crew) -> None:
        self._crew = crew
        self._others = others
        self._waiting: list[Watched] = []
        self._under_way: deque[tuple[tuple[Watched, ...], Future[Difference | None]]] = deque()
        self._deaths = 0
        self.watched = 0
        """How many runs came out the same."""

    def add(self, watched: tuple[Watched, ...], stop: Callable[[], bool] = lambda: False) -> None:
        """Have these done again some time. Raises ``NondeterminismError`` for any that differed."""
        if self._crew is None:
            return
        self._waiting.extend(watched)
        if len(self._waiting) >= AT_ONCE:
            self._hand_over()
        while self._under_way and (
            self._under_way[0][1].done() or len(self._under_way) > MOST_BEHIND * self._crew.jobs
        ):
            if not ready(self._under_way[0][1], stop):
                return
            self._look()

    def finish(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Wait for all of them; False where ``stop`` came first."""
        if self._crew is None:
            return True
        if self._waiting:
            self._hand_over()
        while self._under_way:
            if not ready(self._under_way[0][1], stop):
                self.drop()
                return False
            self._look()
        return True

    def drop(self) -> None:
        """Leave what is not done yet: the sweep was told to stop."""
        for _, future in self._under_way:
            future.cancel()
        self._under_way.clear()
        self._waiting.clear()

    def _hand_over(self) -> None:
        assert self._crew is not None
        batch = tuple(self._waiting)
        self._waiting.clear()
        self._under_way.append((batch, handed(self._crew, watch, batch)))

    def _look(self) -> None:
        batch, future = self._under_way[0]
        error = future.exception()
        if error is not None and died(error):
            self._replace()
            return
        self._deaths = 0
        self._under_way.popleft()
        difference = future.result()
        if difference is not None:
            self._blame(difference)
        self.watched += len(batch)

    def _replace(self) -> None:
        """A watcher died: let others do what is under way."""
        assert self._crew is not None
        self._deaths += 1
        if self._deaths >= MOST_DEATHS:
            raise HarnessError(f"{self._deaths} watchers died in a row: killed, or no memory")
        self._crew.renew()
        self._under_way = deque((batch, handed(self._crew, watch, batch)) for batch, _ in self._under_way)

    def _blame(self, difference: Difference) -> None:
        """Name the first event that differs, if the first way of it can be had once more."""
        watched = difference.watched
        order = watched.order
        command = run_command(order.name, order.source, order.text, order.overrides, watched.seed)
        head = f"{order.name}, seed {watched.seed}: done again in another process, the run differs"
        # By those who did it first: the watcher would only say the same as before.
        third, record = self._others.submit(retell, watched).result()
        try:
            compare_events(record[1:-1], difference.record[1:-1])
        except NondeterminismError as error:
            raise NondeterminismError(f"{head}: {error}\nthe run alone: {command}") from None
        raise NondeterminismError(
            f"{head}, and a third time its events were those of the second. The rows:\n"
            f"  first:  {watched.row.decode()}\n  second: {difference.row.decode()}\n"
            f"  third:  {third.decode()}\n{CAUSES}\nthe run alone: {command}"
        )
