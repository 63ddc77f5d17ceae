"""A crew whose work is done, lost or cancelled exactly when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from simulation.sweep.work import Done, Order, Work

ORDER = Order(0, "somewhere", "somewhere.toml", "", {}, "paxos", "")


def pieces(count: int) -> list[Work]:
    """So many pieces of work, of one seed each."""
    return [Work(ORDER, seed, seed + 1) for seed in range(count)]


def done(piece: Work) -> Done:
    """What comes of a piece: a row that names its seed."""
    return Done((b"%d" % piece.first,), "p", (), 1.0)


class Puppets:
    """Does nothing by itself: ``finish``, ``kill`` and ``cancel`` say what becomes of the work."""

    def __init__(self, ahead: int, jobs: int = 1) -> None:
        self.jobs = jobs
        self.ahead = ahead
        self.renewed = 0
        self.broken_at_submit = 0
        """So many calls of ``submit`` find the pool broken."""
        self.handed: list[Work] = []
        self.most_at_once = 0
        self._pending: list[tuple[Work, Future[Any]]] = []

    def submit(self, function: Any, *arguments: Any) -> Future[Any]:
        """Take it, and leave it."""
        (piece,) = arguments
        if self.broken_at_submit:
            self.broken_at_submit -= 1
            raise BrokenExecutor
        future: Future[Any] = Future()
        self.handed.append(piece)
        self._pending.append((piece, future))
        self.most_at_once = max(self.most_at_once, len(self.pending))
        return future

    def is_lost(self) -> bool:
        """Whoever dies here tells."""
        return False

    def renew(self) -> None:
        """Nobody of before does anything any more."""
        self.renewed += 1
        self._pending.clear()

    def close(self) -> None:
        """Nobody has anywhere to go."""

    @property
    def pending(self) -> list[tuple[Work, Future[Any]]]:
        """What was handed out and is not done."""
        return [pair for pair in self._pending if not pair[1].done()]

    def finish(self, number: int = 0) -> None:
        """One of the pending pieces is done."""
        piece, future = self.pending[number % len(self.pending)]
        future.set_result(done(piece))

    def fail(self, error: Exception, number: int = 0) -> None:
        """One of the pending pieces raises."""
        self.pending[number % len(self.pending)][1].set_exception(error)

    def kill(self) -> None:
        """A worker dies, and with it the pool: all that is pending is lost."""
        for _, future in self.pending:
            future.set_exception(BrokenExecutor("died"))

    def cancel(self, number: int = 0) -> None:
        """The scheduler takes a piece back."""
        self.pending[number % len(self.pending)][1].cancel()


def counted(work: list[Work], taken: list[Work]) -> Iterator[Work]:
    """The pieces, noting in ``taken`` which were asked for."""
    for piece in work:
        taken.append(piece)
        yield piece
