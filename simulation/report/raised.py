"""What a machine raised, as its author reads it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from types import TracebackType

_CALLS_HANDLERS = {("simulation.cluster.driver", "_on_input"), ("simulation.protocols.machine", "step")}
"""The functions of the harness that call a handler of a machine, each by its module and name."""


def raised(error: BaseException) -> str:
    """The traceback of an error: of a machine's from its handler on, of the harness's own all of it."""
    for each in _chain(error):
        own = _from_handler(each.__traceback__)
        if own is not None:
            return "".join(traceback.format_exception(type(each), each, own)).rstrip()
    return "".join(traceback.format_exception(error)).rstrip()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """SimPy raises what comes out of a process once more, with the first as the cause."""
    while error is not None:
        yield error
        error = error.__cause__


def _from_handler(frame: TracebackType | None) -> TracebackType | None:
    while frame is not None:
        place = frame.tb_frame.f_globals.get("__name__"), frame.tb_frame.f_code.co_name
        if place in _CALLS_HANDLERS:
            return frame.tb_next
        frame = frame.tb_next
    return None
