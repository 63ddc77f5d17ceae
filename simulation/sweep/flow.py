"""Work out, results in: many under way at once, taken in the order in which they were handed out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from typing import Any

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
                wait([future], LOOK_S)
                if not future.done() and crew.is_lost():
                    crew.renew()
                continue
            error = None if future.cancelled() else future.exception()
            if future.cancelled() or (error is not None and died(error)):
                deaths += 1
                _check_deaths(deaths, piece)
                crew.renew()
                under_way = deque((each, handed(crew, carry_out, each)) for each, _ in under_way)
                continue
            deaths = 0
            under_way.popleft()
            yield piece, future.result()
    finally:
        for _, future in under_way:
            future.cancel()


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
