"""The chance that the driver draws: what a line, a client's hop and a random timer take."""

from __future__ import annotations

from simulation.kernel import Entropy, Purpose, Stream
from simulation.network import Conditions


class Luck:
    """A stream for each address and purpose, made when it is first drawn from."""

    def __init__(self, conditions: Conditions, entropy: Entropy) -> None:
        self._entropy = entropy
        self._print_us = conditions.print_us
        self._own_delay_us = conditions.own_delay_us
        self._prints: dict[int, Stream] = {}
        self._own_delays: dict[int, Stream] = {}
        self._timers: dict[int, Stream] = {}
        self.prints_take_time = conditions.print_us[1] > 0

    def reset(self) -> None:
        """Begin all streams again, with the entropy's present seed."""
        self._prints.clear()
        self._own_delays.clear()
        self._timers.clear()

    def print_us(self, address: int) -> int:
        """How long the next line takes that this address prints."""
        stream = self._prints.get(address)
        if stream is None:
            stream = self._prints[address] = self._entropy.stream(Purpose.PRINT, address)
        return stream.between(*self._print_us)

    def own_delay_us(self, process: int) -> int:
        """How long the next message between this client and its replica takes."""
        stream = self._own_delays.get(process)
        if stream is None:
            stream = self._own_delays[process] = self._entropy.stream(Purpose.OWN_DELAY, process)
        return stream.between(*self._own_delay_us)

    def timer_us(self, address: int, low_us: int, high_us: int) -> int:
        """How long the next timer of this address takes; nothing is drawn where low is high."""
        if high_us <= low_us:
            return low_us
        stream = self._timers.get(address)
        if stream is None:
            stream = self._timers[address] = self._entropy.stream(Purpose.TIMER, address)
        return stream.between(low_us, high_us)
