"""Clients: blocking calls to the own replica, with a time-out. What they saw is the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from simulation.cluster import lanes
from simulation.cluster.luck import Luck
from simulation.kernel import Kernel
from simulation.trace import Kind, Places, Record, Trace

_CALL = int(Kind.CALL)
_LOST = int(Kind.LOST)


class TimedOut(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What a call returns when its time is over."""

    call: int


class Clients:
    """One client per process, with one call at a time."""

    def __init__(self, kernel: Kernel, places: Places, luck: Luck) -> None:
        self._kernel = kernel
        self._places = places
        self._luck = luck
        self._waiting: dict[int, tuple[int, Any]] = {}
        kernel.lanes[lanes.RETURN] = self._on_answer
        kernel.lanes[lanes.EXPIRED] = self._on_expired

    def begin(self, trace: Trace) -> None:
        """Forget all calls, and record into ``trace`` from now on."""
        self._waiting.clear()
        self._record = trace.records.append

    def call(self, process: int, command: Callable[[int], Any], timeout_us: int) -> Any:
        """Call the own replica: a signal that is fired with the reply, or with ``TimedOut``.

        ``command`` makes the request from the call's number.
        """
        kernel = self._kernel
        now_us, number, client = kernel.now, kernel.sequence(), self._places.client(process)
        request = command(number)
        self._record((now_us, 1, number, _CALL, -1, client, client, request))
        arrival_us = now_us + self._luck.own_delay_us(process)
        kernel.push(arrival_us, lanes.REQUEST, number, process, process, request)
        kernel.push(now_us + timeout_us, lanes.EXPIRED, process, number)
        signal = kernel.signal()
        self._waiting[process] = (number, signal)
        return signal

    def _on_answer(self, entry: Record) -> None:
        answer = entry[7]
        process = self._places.process(entry[6])
        number, signal = self._waiting.get(process, (-1, None))
        if number != answer.call:
            # The client has given up this call: nobody hears the answer.
            self._record((entry[0], 1, entry[2], _LOST, *entry[4:]))
            return
        del self._waiting[process]
        self._record(entry)
        signal.fire(answer.reply)

    def _on_expired(self, entry: Any) -> None:
        process, call = entry[4], entry[5]
        number, signal = self._waiting.get(process, (-1, None))
        if number != call:
            return
        del self._waiting[process]
        client = self._places.client(process)
        timed_out = TimedOut(call)
        self._record((entry[0], 1, entry[2], lanes.RETURN, number, client, client, timed_out))
        signal.fire(timed_out)
