"""What faults do to messages between processes: lost, or late, while the fault lasts.

Each fault draws from streams of its own, a stream a link, so it moves nobody else's luck: a
message that is lost has had its delay drawn as if it were not. A message feels a fault that
lasts when it leaves; one that is on its way already gets through.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import HarnessError
from simulation.faults import Clog, Cut, Delay, Duplicate, LinksHit, Lose, Reorder, Spike
from simulation.kernel import Entropy, Purpose, Stream
from simulation.network import Conditions, Transit
from simulation.units import NEVER_US


class Front:
    """One fault while it lasts, ``until_us`` if that is known. ``messages`` counts those that felt it."""

    def __init__(self, hit: LinksHit, number: int, until_us: int) -> None:
        self.hit = hit
        self.number = number
        self.until_us = until_us
        self.pairs = hit.pairs()
        self.messages = 0


class Weather:
    """The faults of links that last, among so many ``processes``."""

    def __init__(
        self, entropy: Entropy, conditions: Conditions, processes: int, apart: tuple[type, ...]
    ) -> None:
        self._entropy = entropy
        self._fifo = conditions.fifo
        self._processes = processes
        self._apart = apart
        self._fronts: list[Front] = []
        self._streams: dict[tuple[int, int, int], Stream] = {}
        self._last_us: dict[tuple[int, int, bool], int] = {}
        self._begun = 0

    def reset(self) -> None:
        """Fair weather, with the entropy's present seed."""
        self._fronts.clear()
        self._streams.clear()
        self._last_us.clear()
        self._begun = 0

    def begin(self, hit: LinksHit, until_us: int = 0) -> Front:
        """Let a fault last from now on."""
        front = Front(hit, self._begun, until_us)
        self._begun += 1
        self._fronts.append(front)
        return front

    def end(self, front: Front) -> None:
        """Let a fault be over."""
        self._fronts.remove(front)

    def spare(self, core: Sequence[int]) -> None:
        """From now on messages between these processes feel nothing, and what others feel does not end."""
        fair = {(source, destination) for source in core for destination in core}
        for front in self._fronts:
            front.pairs -= fair
            front.until_us = NEVER_US

    def lasting(self) -> list[Front]:
        """The faults that are not over, the oldest first."""
        return list(self._fronts)

    def through(self, plain: Transit) -> Transit:
        """``plain``, with what the faults that last make of it."""
        processes = self._processes

        def transit(now_us: int, source: int, destination: int, message: object) -> int | None:
            arrival_us = plain(now_us, source, destination, message)
            pair = source % processes, destination % processes
            if arrival_us is None or pair[0] == pair[1]:
                return arrival_us
            in_turn = True
            for front in self._fronts:
                if pair in front.pairs:
                    late_us = self._late_us(front, source, destination, arrival_us)
                    if late_us is None:
                        return None
                    arrival_us += late_us
                    in_turn = in_turn and not (late_us and isinstance(front.hit.fault, Reorder))
            return self._in_turn(source, destination, message, arrival_us) if in_turn else arrival_us

        return transit

    def _late_us(self, front: Front, source: int, destination: int, arrival_us: int) -> int | None:
        """How much later a message arrives, or None where it is lost."""
        fault = front.hit.fault
        if isinstance(fault, Duplicate):
            return 0
        late_us: int | None = None
        if isinstance(fault, (Lose, Spike, Reorder)):
            draws = self._stream(front, source, destination)
            if not draws.chance(fault.per_mille, 1_000):
                return 0
            late_us = None if isinstance(fault, Lose) else draws.between(fault.low_us, fault.high_us)
        elif isinstance(fault, Delay):
            late_us = self._stream(front, source, destination).between(fault.low_us, fault.high_us)
        elif isinstance(fault, Clog):
            late_us = max(0, front.until_us - arrival_us)
        elif not isinstance(fault, Cut):
            raise HarnessError(f"no weather is known as {type(fault).__name__}")
        front.messages += 1
        return late_us

    def again_us(self, source: int, destination: int) -> list[int]:
        """How much later a message that has just arrived does so again: once for each fault that says so."""
        late_us = []
        pair = source % self._processes, destination % self._processes
        for front in self._fronts:
            fault = front.hit.fault
            if not isinstance(fault, Duplicate) or pair not in front.pairs or pair[0] == pair[1]:
                continue
            draws = self._stream(front, source, destination)
            if draws.chance(fault.per_mille, 1_000):
                front.messages += 1
                late_us.append(draws.between(fault.low_us, fault.high_us))
        return late_us

    def repeats(self) -> bool:
        """Whether a fault that lasts lets messages arrive again."""
        return any(isinstance(front.hit.fault, Duplicate) for front in self._fronts)

    def _in_turn(self, source: int, destination: int, message: object, arrival_us: int) -> int:
        """Not before an earlier message of the same channel, where messages keep their order."""
        if not self._fifo:
            return arrival_us
        channel = source, destination, message.__class__ in self._apart
        arrival_us = self._last_us[channel] = max(arrival_us, self._last_us.get(channel, 0))
        return arrival_us

    def _stream(self, front: Front, source: int, destination: int) -> Stream:
        name = front.number, source, destination
        stream = self._streams.get(name)
        if stream is None:
            link = source << 20 | destination
            stream = self._streams[name] = self._entropy.stream(Purpose.WEATHER, link, front.number)
        return stream
