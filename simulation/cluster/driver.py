"""The driver: hands inputs to machines, lets their effects happen, records all of it.

It alone interprets effects, and it knows nothing of any protocol. A handler's effects
happen in order. A report that prints takes the time that the conditions give a line;
meanwhile the machine is busy, later inputs wait in its mailbox, and what stands behind
the report has not happened yet: whoever dies then dies in the middle. A broadcast takes
time in the same way, and a death in its middle leaves it half done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappush
from typing import Any

from simulation.cluster import deaths, lanes, mistakes
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck
from simulation.cluster.performers import Performers
from simulation.cluster.points import Point, Watch
from simulation.errors import HarnessError
from simulation.kernel import Entry, Kernel
from simulation.network import Transit
from simulation.protocols.effects import Multicast, Persist, Send
from simulation.protocols.machine import unhandled
from simulation.protocols.reports import Report
from simulation.trace import Kind, Places, Record, Trace

_LOST = int(Kind.LOST)
_MESSAGE = lanes.MESSAGE
_REPORT = lanes.REPORT
_STOP = -2
"""In the place of a cause: the machine is dead, or busy until the queue says otherwise."""


class Driver:
    """Drives ``hosts``. Its lanes are deliveries, requests, timers, printed lines, wake-ups."""

    def __init__(self, kernel: Kernel, hosts: Sequence[Host], places: Places, luck: Luck) -> None:
        self._kernel = kernel
        self._hosts = {host.address: host for host in hosts}
        self._places = places
        self._luck = luck
        self._performing = Performers(kernel, hosts, places, luck, self.stop)
        self._performers = self._performing.by_type
        kernel.lanes[lanes.AGAIN] = self._on_copy
        kernel.lanes[lanes.REQUEST] = self._on_input
        kernel.lanes[lanes.TIMER] = self._on_timer
        kernel.lanes[lanes.REPORT] = self._on_printed
        kernel.lanes[lanes.SENT] = self._on_sent
        kernel.lanes[lanes.SYNCED] = self._on_synced
        kernel.lanes[lanes.WAKE] = self._on_wake
        kernel.lanes[_LOST] = self._on_lost

    def begin(self, trace: Trace) -> None:
        """Record into ``trace`` from now on, with the numbers of a kernel that was reset."""
        self._record = trace.records.append
        self._sequence = self._kernel.sequence
        self._queue = self._kernel.queue
        self._performing.begin(trace)
        self.repeat(None)
        self._in_order: Callable[[tuple[Any, ...]], Iterator[Any]] = iter

    def connect(self, transit: Transit) -> None:
        """Ask ``transit`` from now on when messages arrive."""
        self._transit = transit

    def watch(self, watch: Watch) -> None:
        """Put its points among the effects of this run, which has not begun yet."""
        self._in_order = watch.among

    def repeat(self, again_us: Callable[[int, int], list[int]] | None) -> None:
        """Ask from now on how much later a message arrives again: (source, destination) -> times."""
        self._again_us = again_us
        self._kernel.lanes[lanes.MESSAGE] = self._on_input if again_us is None else self._on_original

    def give(self, host: Host, content: Any) -> None:
        """Hand a machine an input of its own process, now."""
        now_us = self._kernel.now
        self._on_input((now_us, 1, self._sequence(), lanes.REQUEST, -1, host.address, host.address, content))

    def stop(self, hosts: Sequence[Host]) -> None:
        """Let machines end, in the middle of whatever they do: what has not left never leaves."""
        for host in hosts:
            deaths.end(host, self._kernel, self._luck)

    def suspend(self, host: Host) -> None:
        """Let a machine take nothing more and go no further than what it does now."""
        host.suspended = True
        host.open = False

    def resume(self, host: Host) -> None:
        """Let a machine go on, unless it is suspended again at the same instant."""
        host.suspended = False
        self._kernel.push(self._kernel.now, lanes.WAKE, host.address)

    def stretch_timers(self, hosts: Sequence[Host], before: tuple[int, int], now: tuple[int, int]) -> None:
        """Let what is left of running timers pass at another pace (see ``Luck.pace``)."""
        running = {number for host in hosts for number in host.timers.values()}
        now_us, old, new = self._kernel.now, before[0] * (1_000 + before[1]), now[0] * (1_000 + now[1])
        self._kernel.retime(
            lambda entry: (
                now_us + (entry[0] - now_us) * new // old
                if entry[2] in running and entry[3] == lanes.TIMER
                else None
            )
        )

    def print_now(self, host: Host) -> None:
        """Let a machine that is busy with a line print it now, whenever that was meant to be."""
        entry: Any = host.busy_with
        host.busy_with = (self._kernel.now, *entry[1:])
        self._on_printed(host.busy_with)

    # Inputs ---------------------------------------------------------------------------

    def _on_input(self, entry: Record) -> None:
        now_us, _, number, _, _, source, address, content = entry
        try:
            host = self._hosts[address]
        except KeyError:
            raise HarnessError(mistakes.misaddressed(self._places.name(source), address)) from None
        if not host.open:
            self._put_off(host, entry)
            return
        self._record(entry)
        try:
            handler = host.handlers[content.__class__]
        except KeyError:
            raise HarnessError(unhandled(host.machine, content)) from None
        try:
            step = handler(host.machine, host.state, source, content)
        except Exception as error:
            names = self._places.name(address), self._places.name(source)
            error.add_note(mistakes.raised(*names, now_us, content, host.state))
            raise
        try:
            host.state, effects = step
        except (TypeError, ValueError):
            raise HarnessError(mistakes.no_step(host.machine, content, step)) from None
        if effects.__class__ is not tuple:
            raise HarnessError(mistakes.no_step(host.machine, content, step))
        if effects and not self._perform(host, self._in_order(effects), now_us, number):
            host.open = False

    def _on_original(self, entry: Record) -> None:
        now_us, _, _, _, *rest = entry
        for late_us in self._again_us(entry[5], entry[6]) if self._again_us else ():
            self._kernel.push(now_us + late_us, lanes.AGAIN, *rest)
        self._on_input(entry)

    def _on_copy(self, entry: Record) -> None:
        # A copy has no copies.
        self._on_input((*entry[:3], _MESSAGE, *entry[4:]))

    def _on_lost(self, entry: Record) -> None:
        self._record(entry)

    def _put_off(self, host: Host, entry: Record) -> None:
        if host.alive:
            host.mailbox.append(entry)
        else:
            self._record((entry[0], 1, entry[2], _LOST, *entry[4:]))

    def _on_timer(self, entry: Record) -> None:
        # It may have been cancelled or set anew, even while it waited in the mailbox.
        host = self._hosts[entry[6]]
        if host.timers.get(entry[7]) != entry[2]:
            return
        if host.open:
            del host.timers[entry[7]]
        self._on_input(entry)

    def _drain(self, host: Host, now_us: int) -> None:
        mailbox = host.mailbox
        while host.open and mailbox:
            entry: Any = (now_us, *mailbox.popleft()[1:])
            if entry[3] == lanes.TIMER:
                self._on_timer(entry)
            else:
                self._on_input(entry)

    # Effects --------------------------------------------------------------------------

    def _perform(self, host: Host, effects: Iterator[Any], now_us: int, cause: int) -> bool:
        """Let effects happen until one takes time; True when all of them have happened."""
        queue, sequence, transit = self._queue, self._sequence, self._transit
        source = host.address
        for effect in effects:
            kind = effect.__class__
            if kind is Send:
                to, leaves_us, each_us = (effect.to,), now_us, 0
            elif kind is Multicast:
                to, leaves_us, each_us = effect.to, now_us, self._each_us(source)
            else:
                cause = self._do(host, effect, effects, now_us, cause)
                if cause == _STOP:
                    return False
                continue
            message = effect.message
            for destination in to:
                number = sequence()
                try:
                    arrival_us = transit(leaves_us, source, destination, message)
                except (IndexError, TypeError):
                    raise HarnessError(
                        mistakes.misaddressed(self._places.name(source), destination)
                    ) from None
                # A message that gets lost does so when it leaves, and not if its sender dies before.
                lane, at_us = (_MESSAGE, arrival_us) if arrival_us is not None else (_LOST, leaves_us)
                heappush(queue, (at_us, 1, number, lane, cause, source, destination, message))
                leaves_us += each_us
            if each_us:
                over = self._kernel.push(leaves_us, lanes.SENT, source)
                # The messages have the numbers just before that entry's, the last one the highest.
                host.sending = (over[2] - 1, leaves_us - each_us, each_us)
                self._be_busy(host, over, effects, cause)
                return False
        return True

    def _each_us(self, source: int) -> int:
        return self._luck.send_us(source) if self._luck.sends_take_time else 0

    def _do(self, host: Host, effect: Any, rest: Iterator[Any], now_us: int, cause: int) -> int:
        """Let an effect happen that is no message: the cause of what follows, or ``_STOP``."""
        performer = self._performers.get(effect.__class__)
        if performer is not None:
            performer(host, effect, now_us, cause)
            return cause if host.alive else _STOP
        if effect.__class__ is Persist:
            until_us = now_us + self._luck.sync_us(host.address)
            self._be_busy(
                host, self._kernel.push(until_us, lanes.SYNCED, host.address, effect.record), rest, cause
            )
            return _STOP
        if effect.__class__ is Point:
            return self._at_point(host, effect, rest, now_us, cause)
        if not isinstance(effect, Report):
            raise HarnessError(mistakes.no_effect(host.machine, effect))
        number, address = self._sequence(), host.address
        if not (effect.prints and self._luck.prints_take_time):
            self._record((now_us, 1, number, _REPORT, cause, address, address, effect))
            return number
        entry = (now_us + self._luck.print_us(address), 1, number, _REPORT, cause, address, address, effect)
        heappush(self._queue, entry)
        self._be_busy(host, entry, rest, cause)
        return _STOP

    def _at_point(self, host: Host, point: Point, rest: Iterator[Any], now_us: int, cause: int) -> int:
        """Let happen what happens at a point. It may stop this machine, and what it sends."""
        host.rest, host.last_cause = rest, cause
        point.reached(host.process)
        if not host.alive or host.suspended:
            return _STOP
        host.rest = None
        return cause if self._perform(host, rest, now_us, cause) else _STOP

    def _be_busy(self, host: Host, entry: Entry, rest: Iterator[Any], cause: int) -> None:
        host.busy_with = entry
        host.rest = rest
        host.last_cause = cause

    def _on_printed(self, entry: Record) -> None:
        host = self._hosts[entry[6]]
        if host.busy_with is not entry:
            return
        self._record(entry)
        host.busy_with = None
        host.last_cause = entry[2]
        if not host.suspended:
            self._go_on(host, entry[0])

    def _on_sent(self, entry: Entry) -> None:
        host = self._hosts[entry[4]]
        if host.busy_with is entry:
            host.busy_with = None
            if not host.suspended:
                self._go_on(host, entry[0])

    def _on_synced(self, entry: Entry) -> None:
        host = self._hosts[entry[4]]
        if host.busy_with is entry:
            host.durable = entry[5]
            host.busy_with = None
            if not host.suspended:
                self._go_on(host, entry[0])

    def _on_wake(self, entry: Any) -> None:
        host = self._hosts[entry[4]]
        if host.alive and not host.suspended and not host.open and host.busy_with is None:
            self._go_on(host, entry[0])

    def _go_on(self, host: Host, now_us: int) -> None:
        """Continue behind the line that has just been printed, then with the mailbox."""
        rest, host.rest = host.rest, None
        if rest is None or self._perform(host, rest, now_us, host.last_cause):
            host.open = True
            self._drain(host, now_us)
