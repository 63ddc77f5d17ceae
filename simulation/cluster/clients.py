"""Clients: blocking calls to the own replica, with a time-out."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush
from typing import Any

from msgspec import Struct

from simulation.cluster import lanes
from simulation.cluster.luck import Luck
from simulation.errors import HarnessError
from simulation.kernel import Kernel, Signal
from simulation.trace import Kind, Places, Record, Trace

_CALL = int(Kind.CALL)
_LOST = int(Kind.LOST)


class TimedOut(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What a call returns when its time is over."""

    call: int


class Question(Struct, frozen=True):
    """To ask ``command`` every ``every_us`` (first after that time), each time with
    ``patience_us``, until the reply is one of the type ``enough`` or ``for_us`` are over.
    """

    command: Callable[[int], Any]
    enough: type
    every_us: int
    patience_us: int
    for_us: int


Command = Callable[[int], Any]
"""Makes a request from the number of the call that it is."""

Heard = Callable[[Any], None]
"""Gets the reply, or ``TimedOut``."""


class Clients:
    """One client per process, with one call at a time."""

    def __init__(self, kernel: Kernel, places: Places, luck: Luck) -> None:
        self._kernel = kernel
        self._queue = kernel.queue
        self._luck = luck
        self._addresses = [places.client(process) for process in range(places.count)]
        self._waiting: dict[int, tuple[int, Heard]] = {}
        self._calls: set[int] = set()
        kernel.lanes[lanes.RETURN] = self._on_answer
        kernel.lanes[lanes.EXPIRED] = self._on_expired
        kernel.lanes[lanes.ASK] = self._on_ask

    def begin(self, trace: Trace) -> None:
        """Forget all calls, and record into ``trace`` from now on."""
        self._waiting.clear()
        self._calls.clear()
        self._record = trace.records.append
        self._sequence = self._kernel.sequence

    def call(self, process: int, command: Command, timeout_us: int) -> Signal:
        """Call the own replica: a signal that is fired with the reply, or with ``TimedOut``."""
        signal = self._kernel.signal()
        self._call(self._kernel.now, process, command, timeout_us, signal.fire)
        return signal

    def ask_until(self, process: int, question: Question) -> Signal:
        """Ask again and again: a signal that is fired with the last reply, or ``TimedOut``."""
        signal = self._kernel.signal()
        asking = _Asking(self._kernel, process, question, signal)
        self._kernel.push(self._kernel.now + question.every_us, lanes.ASK, asking)
        return signal

    def _call(self, now_us: int, process: int, command: Command, timeout_us: int, heard: Heard) -> None:
        client, queue, sequence = self._addresses[process], self._queue, self._sequence
        number = sequence()
        request = command(number)
        self._record((now_us, 1, number, _CALL, -1, client, client, request))
        arrival_us = now_us + self._luck.own_delay_us(process)
        heappush(queue, (arrival_us, 1, sequence(), lanes.REQUEST, number, process, process, request))
        heappush(queue, (now_us + timeout_us, 1, sequence(), lanes.EXPIRED, process, number))
        self._waiting[process] = (number, heard)
        self._calls.add(number)

    def _on_ask(self, entry: Any) -> None:
        asking: _Asking = entry[4]
        question = asking.question
        self._call(entry[0], asking.process, question.command, question.patience_us, asking.heard)

    def _on_answer(self, entry: Record) -> None:
        answer = entry[7]
        process = entry[6] - self._addresses[0]
        number, heard = self._waiting.get(process, _NO_CALL)
        if answer.call not in self._calls:
            raise HarnessError(f"call {answer.call} was answered, and no client ever made it")
        if number != answer.call:
            # The client has given up this call: nobody hears the answer.
            self._record((entry[0], 1, entry[2], _LOST, *entry[4:]))
            return
        del self._waiting[process]
        self._record(entry)
        heard(answer.reply)

    def _on_expired(self, entry: Any) -> None:
        process, call = entry[4], entry[5]
        number, heard = self._waiting.get(process, _NO_CALL)
        if number != call:
            return
        del self._waiting[process]
        client = self._addresses[process]
        timed_out = TimedOut(call)
        self._record((entry[0], 1, entry[2], lanes.RETURN, number, client, client, timed_out))
        heard(timed_out)


class _Asking:
    """A question of one process that goes on."""

    __slots__ = ("kernel", "process", "question", "signal", "until_us")

    def __init__(self, kernel: Kernel, process: int, question: Question, signal: Signal) -> None:
        self.kernel = kernel
        self.process = process
        self.question = question
        self.signal = signal
        self.until_us = kernel.now + question.for_us

    def heard(self, reply: Any) -> None:
        """Be content with a reply, or ask again."""
        now_us = self.kernel.now
        if isinstance(reply, self.question.enough) or now_us >= self.until_us:
            self.signal.fire(reply)
        else:
            kernel = self.kernel
            heappush(kernel.queue, (now_us + self.question.every_us, 1, kernel.sequence(), lanes.ASK, self))


def _nobody(reply: Any) -> None:
    raise HarnessError(f"nobody waits for {reply}")


_NO_CALL = (-1, _nobody)
