"""What faults do to messages between processes: lost, or late, while the fault lasts.

Each fault draws from streams of its own, a stream a link, so it moves nobody else's luck: a
message that is lost has had its delay drawn as if it were not. A message feels a fault that
lasts when it leaves; one that is on its way already gets through.
"""

from __future__ import annotations

from simulation.errors import HarnessError
from simulation.faults import Cut, Delay, LinksHit, Lose
from simulation.kernel import Entropy, Purpose, Stream
from simulation.network import Conditions, Transit


class Front:
    """One fault while it lasts. ``messages`` counts those that felt it."""

    def __init__(self, hit: LinksHit, number: int) -> None:
        pairs = {(source, destination) for source in hit.sources for destination in hit.destinations}
        if hit.both:
            pairs |= {(destination, source) for source, destination in pairs}
        self.hit = hit
        self.number = number
        self.pairs = frozenset(pairs)
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

    def begin(self, hit: LinksHit) -> Front:
        """Let a fault last from now on."""
        front = Front(hit, self._begun)
        self._begun += 1
        self._fronts.append(front)
        return front

    def end(self, front: Front) -> None:
        """Let a fault be over."""
        self._fronts.remove(front)

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
            for front in self._fronts:
                if pair in front.pairs:
                    arrival_us = self._felt(front, source, destination, arrival_us)
                    if arrival_us is None:
                        return None
            return self._in_turn(source, destination, message, arrival_us)

        return transit

    def _felt(self, front: Front, source: int, destination: int, arrival_us: int) -> int | None:
        fault = front.hit.fault
        late_us: int | None = 0
        if isinstance(fault, Cut):
            late_us = None
        elif isinstance(fault, Lose):
            if not self._stream(front, source, destination).chance(fault.per_mille, 1_000):
                return arrival_us
            late_us = None
        elif isinstance(fault, Delay):
            late_us = self._stream(front, source, destination).between(fault.low_us, fault.high_us)
        else:
            raise HarnessError(f"no weather is known as {type(fault).__name__}")
        front.messages += 1
        return None if late_us is None else arrival_us + late_us

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
