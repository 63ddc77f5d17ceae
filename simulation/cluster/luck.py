"""The chance that the driver draws: what a line, a client's hop and a random timer take."""

from __future__ import annotations

from collections.abc import Callable

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
        self._processes = processes
        self._paces: dict[int, tuple[int, int]] = {}
        self.syncs_take_time = conditions.sync_us[1] > 0
        self.sends_take_time = conditions.send_us[1] > 0

    def reset(self) -> None:
        """Begin all streams again, with the entropy's present seed."""
        self._prints.reset()
        self._sends.reset()
        self._own_delays.reset()
        self._timers.clear()
        for process in list(self._paces):
            self.go_at_pace(process)
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

    def go_at_pace(self, process: int, times: int = 1, per_mille: int = 0) -> None:
        """From now on all takes ``times`` as long in this process, and timers ``per_mille`` longer."""
        self._paces[process] = (times, per_mille)
        if (times, per_mille) == (1, 0):
            del self._paces[process]
        if not self._paces:
            for name in _PACED:
                vars(self).pop(name, None)
        elif _PACED[0] not in vars(self):
            vars(self).update((name, self._paced(getattr(self, name))) for name in _PACED)

    def pace(self, process: int) -> tuple[int, int]:
        """How many times as long all takes in this process, and how much longer timers, out of 1,000."""
        return self._paces.get(process, (1, 0))

    def _paced(self, usual: Callable[..., int]) -> Callable[..., int]:
        drifts = usual.__name__ == "timer_us"

        def paced(address: int, *span: int) -> int:
            times, per_mille = self.pace(address % self._processes)
            return usual(address, *span) * times * (1_000 + drifts * per_mille) // 1_000

        return paced


_PACED = ("print_us", "send_us", "sync_us", "timer_us")
"""What takes longer in a slow process. Only while there is one do these ask for its pace."""
