"""One machine in the world: its state, its mailbox, and what it is in the middle of."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from simulation.kernel import Entry
from simulation.protocols.effects import Effect
from simulation.protocols.machine import Handler, Machine
from simulation.protocols.reports import Report
from simulation.trace.record import Record


class Host:
    """What the driver keeps about one machine.

    ``open`` is true when the machine takes an input at once: it is alive, not suspended
    and not in the middle of a handler. Otherwise inputs wait in ``mailbox``. In the middle
    of a handler, ``busy_with`` is the entry that it waits for (a report's line, or the end of
    a broadcast) and ``rest`` the effects that come after it. ``sending`` tells of the last
    broadcast the number of its last message, when that leaves and the time between two.
    ``lives`` counts those that it has begun.
    Where its disk ``lies``, a death brings ``safe`` back in the place of ``durable``. ``unsaid``
    are the reports that the last life was about to make when it ended.
    """

    __slots__ = (
        "address",
        "alive",
        "busy_with",
        "durable",
        "handlers",
        "last_cause",
        "lies",
        "lives",
        "machine",
        "mailbox",
        "open",
        "process",
        "rest",
        "safe",
        "sending",
        "state",
        "suspended",
        "timers",
        "unsaid",
    )

    def __init__(self, process: int, address: int) -> None:
        self.process = process
        self.address = address
        self.mailbox: deque[Record] = deque()
        self.timers: dict[Hashable, int] = {}
        self.handlers: Mapping[type, Handler] = {}
        self.reset()

    def install(self, machine: Machine) -> None:
        """Be the host of ``machine``, which is sealed."""
        self.machine = machine
        self.handlers = machine.handlers

    def reset(self) -> None:
        """As before the first start."""
        self.durable: Hashable = None
        self.lives = 0
        self.lies = False
        self.safe: Hashable = None
        self.stop()

    def live(self) -> None:
        """Be up, knowing nothing. Only for who is dead."""
        self.alive = True
        self.open = True
        self.lives += 1

    def stop(self) -> None:
        """Lose everything that is not durable, and be dead."""
        self.state: Any = None
        self.mailbox.clear()
        self.timers.clear()
        self.busy_with: Entry | None = None
        self.rest: Iterator[Effect] | None = None
        self.sending = (0, 0, 0)
        self.last_cause = -1
        self.unsaid: tuple[Report, ...] = ()
        self.alive = False
        self.suspended = False
        self.open = False
