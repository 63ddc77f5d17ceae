"""What happened, one tuple an event.

A record has eight fields::

    (time_us, priority, id, kind, cause, source, process, content)

It is the kernel's own queue entry wherever the event came out of the queue, so keeping a
trace costs nothing but a reference. ``id`` is unique in the run, ``cause`` the id of the
record that directly precedes this one at the process that caused it (-1: nothing did),
``source`` the address of that process, ``process`` the address where it happened.

Change together: ``kernel.scheduler`` (the entry) and ``cluster.driver`` (who makes them).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

Record = tuple[int, int, int, int, int, int, int, Any]

TIME: Final = 0
ID: Final = 2
KIND: Final = 3
CAUSE: Final = 4
SOURCE: Final = 5
PROCESS: Final = 6
CONTENT: Final = 7

NO_CAUSE: Final = -1


class Kind(IntEnum):
    """What kind of event a record tells. The numbers are part of every digest."""

    MESSAGE = 0
    """A machine handled a message (an elector's or a replica's)."""
    TIMER = 1
    """A machine handled one of its timers."""
    REPORT = 2
    """A machine, a script or the coordinator said something: one step, often one line."""
    REQUEST = 3
    """A machine handled a client's call, or its own ``Started`` or ``Restarted``."""
    CALL = 4
    """A client called its replica."""
    RETURN = 5
    """A client's call returned: with the reply, or ``TimedOut``."""
    STRIKE = 6
    """A fault struck or was over, a calm began, or a restart told what a death had cut short."""
    LOST = 7
    """A message that nobody got: a fault or a strategy lost it, its destination was dead or its
    name not yet visible, or it was an answer that its client no longer waited for."""


INPUTS: Final = (Kind.MESSAGE, Kind.TIMER, Kind.REQUEST)
"""The kinds of records in which a machine is given an input, and handles it."""
