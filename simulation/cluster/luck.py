"""The chance that the driver draws: what a line, a client's hop and a random timer take."""

from __future__ import annotations

from simulation.kernel import Entropy, Purpose, Stream, Table
from simulation.network import Conditions


class Luck:
    """Streams by address (lines, sends, timers) and by process (the hop between client and replica)."""

    def __init__(self, conditions: Conditions, entropy: Entropy, *, addresses: int, processes: int) -> None:
        self._entropy = entropy
        self._prints = Table(entropy, Purpose.PRINT, [conditions.print_us] * addresses, processes)
        self._sends = Table(entropy, Purpose.SEND, [conditions.send_us] * addresses, processes)
        self._own_delays = Table(entropy, Purpose.OWN_DELAY, [conditions.own_delay_us] * processes, processes)
        self._syncs: dict[int, Stream] = {}
        self._disks: dict[int, Stream] = {}
        self._sync_us = conditions.sync_us
        self._timers: dict[int, Stream] = {}
        self.prints_take_time = conditions.print_us[1] > 0
        self.syncs_take_time = conditions.sync_us[1] > 0
        self.sends_take_time = conditions.send_us[1] > 0

    def reset(self) -> None:
        """Begin all streams again, with the entropy's present seed."""
        self._prints.reset()
        self._sends.reset()
        self._own_delays.reset()
        self._timers.clear()
        self._syncs.clear()
        self._disks.clear()

    def print_us(self, address: int) -> int:
        """How long the next line takes that this address prints."""
        return (self._prints.rows[address] or self._prints.refill(address)).pop()

    def send_us(self, address: int) -> int:
        """How long each send of the next broadcast takes at this address."""
        return (self._sends.rows[address] or self._sends.refill(address)).pop()

    def own_delay_us(self, process: int) -> int:
        """How long the next message between this client and its replica takes."""
        return (self._own_delays.rows[process] or self._own_delays.refill(process)).pop()

    def timer_us(self, address: int, low_us: int, high_us: int) -> int:
        """How long the next timer of this address takes; nothing is drawn where low is high."""
        if high_us <= low_us:
            return low_us
        stream = self._timers.get(address)
        if stream is None:
            stream = self._timers[address] = self._entropy.stream(Purpose.TIMER, address)
        return stream.between(low_us, high_us)

    def sync_us(self, address: int) -> int:
        """How long it takes until the next record of this address is durable."""
        stream = self._syncs.get(address)
        if stream is None:
            stream = self._syncs[address] = self._entropy.stream(Purpose.SYNC, address)
        return stream.between(*self._sync_us)

    def survives(self, address: int) -> bool:
        """Whether a record that was being written at a death is there afterwards: as often as not."""
        stream = self._disks.get(address)
        if stream is None:
            stream = self._disks[address] = self._entropy.stream(Purpose.DISK, address)
        return stream.chance(1, 2)
