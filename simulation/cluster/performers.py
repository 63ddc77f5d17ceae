"""How those effects happen that are no message and no report: timers, what is durable, answers, deaths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappush
from typing import Any

from simulation.cluster import lanes, mistakes
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck
from simulation.errors import HarnessError
from simulation.faults import Kill, Strike
from simulation.kernel import Kernel
from simulation.protocols.effects import Answer, CancelTimer, Die, Persist, SetTimer
from simulation.protocols.inputs import REPLIES
from simulation.trace import Kind, Places, Trace

Performer = Callable[[Host, Any, int, int], None]
"""(host, effect, now_us, cause): lets an effect happen."""

Stop = Callable[[Sequence[Host]], None]

_STRIKE = int(Kind.STRIKE)


class Performers:
    """A performer for each type of effect, ``by_type``. ``stop`` ends machines."""

    def __init__(self, kernel: Kernel, hosts: Sequence[Host], places: Places, luck: Luck, stop: Stop) -> None:
        self._kernel = kernel
        self._hosts = hosts
        self._count = places.count
        self._clients = places.client(0)
        self._luck = luck
        self._stop = stop
        self.by_type: dict[type, Performer] = {
            SetTimer: self._set_timer,
            CancelTimer: self._cancel_timer,
            Answer: self._answer,
            Die: self._die,
        }

        if not luck.syncs_take_time:
            self.by_type[Persist] = self._persist

    def begin(self, trace: Trace) -> None:
        """Record into ``trace`` from now on, with the numbers of a kernel that was reset."""
        self._record = trace.records.append
        self._sequence = self._kernel.sequence
        self._queue = self._kernel.queue

    def _set_timer(self, host: Host, effect: SetTimer, now_us: int, cause: int) -> None:
        address = host.address
        whole = isinstance(effect.low_us, int) and isinstance(effect.high_us, int)
        if not whole or not 0 <= effect.low_us <= effect.high_us:
            raise HarnessError(mistakes.no_range(host.machine, effect))
        after_us = self._luck.timer_us(address, effect.low_us, effect.high_us)
        number = self._sequence()
        entry = (now_us + after_us, 1, number, lanes.TIMER, cause, address, address, effect.timer)
        heappush(self._queue, entry)
        host.timers[effect.timer] = number

    def _cancel_timer(self, host: Host, effect: CancelTimer, now_us: int, cause: int) -> None:
        host.timers.pop(effect.timer, None)

    def _persist(self, host: Host, effect: Persist, now_us: int, cause: int) -> None:
        host.durable = effect.record

    def _answer(self, host: Host, effect: Answer, now_us: int, cause: int) -> None:
        if not isinstance(effect.reply, REPLIES):
            raise HarnessError(mistakes.no_reply(host.machine, effect))
        arrival_us = now_us + self._luck.own_delay_us(host.process)
        client = self._clients + host.process
        entry = (arrival_us, 1, self._sequence(), lanes.RETURN, cause, host.address, client, effect)
        heappush(self._queue, entry)

    def _die(self, host: Host, effect: Die, now_us: int, cause: int) -> None:
        process = host.process
        strike = Strike(Kill(), process, "machine", effect.reason)
        self._record((now_us, 1, self._sequence(), _STRIKE, cause, host.address, process, strike))
        self._stop(self._hosts[process :: self._count])
