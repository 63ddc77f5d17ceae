"""A sweep under way: hands work out, takes rows in, writes parts, and knows when to stop."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from simulation.sweep import clock
from simulation.sweep.cells import Cell
from simulation.sweep.crew import Crew
from simulation.sweep.flow import in_order
from simulation.sweep.interrupts import Interrupts
from simulation.sweep.ledger import Ledger
from simulation.sweep.parts import Parts
from simulation.sweep.patrol import Patrol
from simulation.sweep.progress import Progress
from simulation.sweep.tasks import Tasks
from simulation.sweep.work import Done, Order, Work

FRESH_S = 5.0
"""Rows wait at least so long for others before they make a part, if the part is not full."""

FRESH_SHARE = 0.01
"""And so much of the time that the sweep has taken: so a long sweep has no more parts than it needs."""


class Limits(Struct, frozen=True):
    """How the work is cut, what share of 2**64 is watched, and when to stop before the end."""

    chunk: int | None = None
    share: int = 0
    stop_after: int | None = None
    most_s: float | None = None


class Engine:
    """Carries out what is missing of ``cells``. ``stopped`` says why it did not come to the end."""

    def __init__(
        self, cells: Sequence[Cell], orders: Sequence[Order], limits: Limits, interrupts: Interrupts
    ) -> None:
        self._cells = cells
        self._orders = orders
        self._limits = limits
        self._failed = 0
        self._written_s = self._began_s = 0.0
        self._interrupts = interrupts
        self.ran = 0
        self.stopped = ""

    def is_interrupted(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._interrupts.asked

    def run(self, ledger: Ledger, parts: Parts, crew: Crew, patrol: Patrol, progress: Progress) -> None:
        """Until nothing is missing, or a limit is reached, or Ctrl-C. Written rows stay, whatever happens."""
        tasks = Tasks(self._cells, self._orders, ledger.covered())
        self._failed = ledger.fetch("SELECT count(*) FROM runs WHERE verdict = 'fail'")[0][0]
        progress.begin(tasks.total, tasks.total - tasks.left, self._failed)
        limits, missing = self._limits, tasks.left
        work = tasks.hand_out(chunk=limits.chunk, jobs=crew.jobs, share=limits.share)
        # From here on: whatever time it took to get ready, a sweep that is called again gets further.
        self._written_s = self._began_s = clock.now()
        for piece, done in in_order(work, crew, self._stop):
            tasks.learn(piece.order.cell, done.busy_s / max(1, len(done.rows)))
            self._take(piece, done, parts, patrol, progress)
            if done.error is not None and not self._stop():
                parts.write()
                raise done.error
        if self.ran == missing:
            self.stopped = ""
        if self.stopped == INTERRUPTED:
            patrol.drop()
        elif not patrol.finish(self.is_interrupted):
            self.stopped = INTERRUPTED
        parts.write()

    def _take(self, piece: Work, done: Done, parts: Parts, patrol: Patrol, progress: Progress) -> None:
        count = self._wanted_of(done.verdicts)
        parts.add(piece.order.cell, piece.first, done.rows[:count])
        self.ran += count
        self._failed += done.verdicts.count("f", 0, count)
        chosen = tuple(each for each in done.watched if each.seed < piece.first + count)
        patrol.add(chosen, self.is_interrupted)
        now_s = clock.now()
        if now_s - self._written_s > max(FRESH_S, FRESH_SHARE * (now_s - self._began_s)):
            parts.write()
            self._written_s = now_s
        progress.step(count, self._failed)

    def _wanted_of(self, verdicts: str) -> int:
        """How many of these runs are taken: up to the failure that is the last one wanted."""
        at, left = -1, (self._limits.stop_after or 0) - self._failed
        if not self._limits.stop_after or verdicts.count("f") < left:
            return len(verdicts)
        for _ in range(left):
            at = verdicts.index("f", at + 1)
        return at + 1

    def _stop(self) -> bool:
        limits = self._limits
        if self._interrupts.asked:
            self.stopped = INTERRUPTED
        elif limits.stop_after and self._failed >= limits.stop_after:
            self.stopped = f"stopped after {self._failed:,} failures"
        elif limits.most_s is not None and clock.now() - self._began_s >= limits.most_s:
            self.stopped = f"stopped after {limits.most_s:g} s"
        return bool(self.stopped)


INTERRUPTED = "interrupted"
"""What ``stopped`` says after Ctrl-C."""
