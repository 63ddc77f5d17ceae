"""One queue and one total order for everything that happens in a run.

``Kernel`` is a SimPy ``Environment``: processes, timeouts and events work as SimPy
documents them. Beside them runs a lean *lane* for what happens most, deliveries and
timers. A lane entry is a plain tuple in SimPy's own heap::

    (time_us, priority, sequence, lane, *payload)

where ``lane`` is the number of a handler in ``Kernel.lanes``, which gets the whole tuple.
A SimPy entry has an event in the place of ``lane``. The sequence number is unique, so two
entries are never compared beyond it and equal times keep the order in which they were
scheduled. A handler may keep the tuple: the trace does, and so recording a delivery
allocates nothing.

Change together: the entry's shape, ``trace.record`` and ``cluster.driver``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any, Final

import simpy
from simpy.core import SimTime, StopSimulation
from simpy.events import NORMAL, EventPriority

from simulation.errors import HarnessError

Entry = tuple[Any, ...]
Lane = int

LANES: Final = 16
"""How many lanes there are."""

SIGNAL: Final = LANES - 1
"""The kernel's own lane: (time, priority, sequence, lane, signal)."""


class Ending(Enum):
    """Why a run of the kernel came to its end."""

    FINISHED = "finished"
    DRY = "nothing was left to happen"
    CUT = "the bound on steps was reached"


class Kernel(simpy.Environment):
    """SimPy's environment with whole-number time and a lane for plain entries."""

    def __init__(self) -> None:
        super().__init__(initial_time=0)
        self.queue: list[Entry] = self._queue
        """The heap itself, for the few places that push an entry per message."""
        self.lanes: list[Callable[[Entry], None]] = [_nobody] * LANES
        """The handlers by lane number. Whoever owns a lane puts its handler here."""
        self.lanes[SIGNAL] = _fire
        self.reset()

    def reset(self) -> None:
        """Empty the queue and begin again at time 0 and sequence number 0."""
        self.queue.clear()
        self._now = 0
        self._eid = count()
        self._active_proc = None
        self.sequence: Callable[[], int] = self._eid.__next__
        """The next number of the one sequence that orders simultaneous entries."""

    @property
    def now(self) -> int:
        """The virtual time in microseconds."""
        return self._now  # type: ignore[return-value]

    def skip_to(self, time_us: int) -> None:
        """Let it be ``time_us`` now, whatever waits in the queue: for an order other than that of time."""
        self._now = time_us

    def push(self, time_us: int, lane: Lane, *payload: Any) -> Entry:
        """Schedule ``payload`` for the lane's handler at ``time_us``; return the entry.

        Raises ``HarnessError`` for a time that has passed.
        """
        if time_us < self._now:
            raise HarnessError(f"{time_us} us cannot be scheduled at {self._now} us: time does not run back")
        entry = (time_us, NORMAL, self.sequence(), lane, *payload)
        heappush(self.queue, entry)
        return entry

    def schedule(self, event: simpy.Event, priority: EventPriority = NORMAL, delay: SimTime = 0) -> None:
        """SimPy's way of scheduling, for whole microseconds only.

        Raises ``HarnessError`` for a delay that is no whole number.
        """
        if not isinstance(delay, int):
            raise HarnessError(f"a delay of {delay!r} is no whole number of microseconds")
        super().schedule(event, priority, delay)

    def withdraw(self, sequences: Collection[int]) -> None:
        """Take the entries with these sequence numbers out of the queue."""
        self.queue[:] = [entry for entry in self.queue if entry[2] not in sequences]
        heapify(self.queue)

    def retime(self, times_us: Callable[[Entry], int | None]) -> None:
        """Let entries that wait in the queue come at another time; those without one stay the same."""
        # The very same: whoever waits for an entry knows it by its identity.
        found = [(entry, times_us(entry)) for entry in self.queue]
        self.queue[:] = [entry if at_us is None else (at_us, *entry[1:]) for entry, at_us in found]
        heapify(self.queue)

    def step(self) -> None:
        """Handle the next entry of the queue, whichever kind it is.

        Raises ``simpy.core.EmptySchedule`` when there is none, as SimPy does.
        """
        queue = self.queue
        if queue and queue[0][3].__class__ is int:
            entry = heappop(queue)
            self._now = entry[0]
            self.lanes[entry[3]](entry)
        else:
            super().step()

    def signal(self) -> Signal:
        """An event that costs little: it happens at once when it is fired."""
        return Signal(self)

    def sleep(self, duration_us: int) -> Signal:
        """What a process yields to sleep; a leaner ``timeout`` of SimPy's."""
        signal = Signal(self)
        heappush(self.queue, (self._now + duration_us, NORMAL, self.sequence(), SIGNAL, signal))
        return signal

    def run_until(self, finished: simpy.Event, *, most_steps: int) -> Ending:
        """Run until ``finished`` has happened, nothing is left, or ``most_steps`` are done."""
        if finished.processed:
            return Ending.FINISHED
        finished.callbacks.append(StopSimulation.callback)
        queue, lanes, ordinary = self.queue, self.lanes, super().step
        try:
            # The body of ``step``, once more: a call saved per event.
            for _ in range(most_steps):
                if not queue:
                    return Ending.DRY
                entry = heappop(queue)
                try:
                    handle = lanes[entry[3]]
                except TypeError:
                    # An event of SimPy's stands in the place of the lane's number.
                    heappush(queue, entry)
                    ordinary()
                else:
                    self._now = entry[0]
                    handle(entry)
        except StopSimulation:
            return Ending.FINISHED
        return Ending.CUT


class Signal(simpy.Event):
    """A SimPy event without SimPy's detour: ``fire`` resumes whoever waits, now.

    An ordinary event is put into the queue when it succeeds and happens on its turn. A
    signal is fired from a queue entry that has its turn already.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.callbacks = []

    def fire(self, value: Any = None) -> None:
        """Happen now, with this value."""
        callbacks, self.callbacks = self.callbacks, None  # type: ignore[assignment]
        self._ok = True
        self._value = value
        for callback in callbacks:
            callback(self)


def _fire(entry: Entry) -> None:
    entry[4].fire()


def _nobody(entry: Entry) -> None:
    raise HarnessError(f"nobody owns lane {entry[3]}: {entry}")
