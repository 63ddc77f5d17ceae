"""Work out, results in: many under way at once, taken in the order in which they were handed out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from typing import Any

from msgspec.structs import replace

from simulation.errors import HarnessError
from simulation.sweep.crew import Crew
from simulation.sweep.work import Done, Work, carry_out

LOOK_S = 0.2
"""So often it is looked whether to stop while nothing is ready."""

MOST_DEATHS = 3
"""Work under which so many workers in a row died is itself to blame."""

_GIVEN_UP = ("KilledWorker", "FutureCancelledError")
"""How Dask, which is imported only where it is used, calls a death and the loss of a scheduler."""


def died(error: BaseException) -> bool:
    """Whether a worker died, and not the work of its own fault."""
    return isinstance(error, (BrokenExecutor, CancelledError)) or type(error).__name__ in _GIVEN_UP


def in_order(
    work: Iterator[Work], crew: Crew, stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Work, Done]]:
    """Every piece of work with its result, until there is none or ``stop`` says so.

    Whatever a piece of work raises is raised here; a worker that dies has its work done again.
    """
    under_way: deque[tuple[Work, Future[Done]]] = deque()
    deaths = 0
    try:
        while not stop():
            while len(under_way) < crew.ahead and (piece := next(work, None)) is not None:
                under_way.append((piece, handed(crew, carry_out, piece)))
            if not under_way:
                return
            piece, future = under_way[0]
            if not future.done():
                _wait(future, crew)
            elif _is_lost(future):
                deaths += 1
                _check_deaths(deaths, piece)
                crew.renew()
                under_way = deque((each, handed(crew, carry_out, each)) for each, _ in under_way)
            else:
                deaths = 0
                under_way.popleft()
                yield piece, future.result()
                rest = _rest(piece, future.result())
                if rest is not None and not stop():
                    under_way.appendleft((rest, handed(crew, carry_out, rest)))
        # What is ready need not be done again by the next sweep.
        while under_way and under_way[0][1].done() and not _is_lost(under_way[0][1]):
            piece, future = under_way.popleft()
            yield piece, future.result()
    finally:
        for _, future in under_way:
            future.cancel()


def _wait(future: Future[Done], crew: Crew) -> None:
    wait([future], LOOK_S)
    if not future.done() and crew.is_lost():
        crew.renew()


def _is_lost(future: Future[Done]) -> bool:
    """Whether it is done in vain, because a worker died."""
    if future.cancelled():
        return True
    error = future.exception()
    return error is not None and died(error)


def _rest(piece: Work, done: Done) -> Work | None:
    """What was not done of a piece, where there was no time for it."""
    first = piece.first + len(done.rows)
    return replace(piece, first=first) if done.error is None and first < piece.end else None


def ready(future: Future[Any], stop: Callable[[], bool]) -> bool:
    """Wait for it; False where ``stop`` came first."""
    while not wait([future], 0 if stop() else LOOK_S).done:
        if stop():
            return False
    return True


def handed(crew: Crew, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Submitted to ``crew``; that a worker died before is told by the future."""
    try:
        return crew.submit(function, *arguments)
    except BrokenExecutor as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


def _check_deaths(deaths: int, piece: Work) -> None:
    if deaths >= MOST_DEATHS:
        raise HarnessError(
            f"{deaths} workers in a row died under {piece.order.name}, seeds {piece.first}:{piece.end}: out"
            " of memory, or killed. Fewer --jobs take less; 'simulation run' with these seeds tells more."
        )
