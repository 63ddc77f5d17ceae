"""When a message arrives.

A *link* is an ordered pair of addresses. Each link has its own stream of delays, so one
more message on it moves no other link's luck. The first eight delays of all links of a
source, or of the whole small cluster, are drawn together: the numbers are the same as if
each link had drawn its own, only sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from simulation.network.conditions import Conditions

Transit = Callable[[int, int, int, Any], "int | None"]
"""(now_us, source, destination, message) -> when it arrives, or None where it is lost."""

_SMALL = 32
"""Up to so many addresses the delays of all links are drawn at once."""


class Delays(Protocol):
    """A source of whole numbers, one stream per index (see ``kernel.entropy``)."""

    def rows(self, first: int, count: int) -> list[list[int]]:
        """The first draws of neighbouring streams; each row is used from its end."""

    def more(self, index: int, block: int) -> list[int]:
        """The draws of one stream that follow its row: blocks 1, 2, ..."""


class Fabric:
    """All links between ``addresses`` machines, of which ``processes`` make up one component."""

    def __init__(
        self,
        conditions: Conditions,
        *,
        addresses: int,
        processes: int,
        apart: tuple[type, ...],
        by_name: frozenset[int],
        delays: Delays,
    ) -> None:
        self._conditions = conditions
        self._addresses = addresses
        self._processes = processes
        self._delays = delays
        self._apart = apart
        self._by_name = by_name
        links = addresses * addresses
        self._rows: list[list[int]] = [[]] * links
        self._blocks = [0] * links
        self._misses = [0] * addresses
        self._last = [0] * links
        self._last_apart = [0] * links
        self._visible_us: list[list[int]] | None = None
        self.reset()

    def reset(self) -> None:
        """Forget every message and every draw."""
        links = self._addresses * self._addresses
        self._blocks[:] = [0] * links
        self._last[:] = [0] * links
        if self._apart:
            self._last_apart[:] = [0] * links
        self._misses[:] = [0] * self._addresses
        small = self._addresses <= _SMALL
        self._rows[:] = self._delays.rows(0, links) if small else [[]] * links

    def transit(self, visible_us: list[list[int]] | None = None) -> Transit:
        """The function that says when a message arrives.

        ``visible_us[p][q]`` is when process p comes to see the name of q. Where it is
        given, a message between two machines that find each other by name is lost before.
        """
        plain = self._ordered() if self._conditions.fifo else self._unordered()
        if self._apart or self._conditions.own_decision_us:
            plain = self._with_channel_apart(plain)
        return plain if visible_us is None else self._with_names(plain, visible_us)

    def _unordered(self) -> Transit:
        rows, size, refill = self._rows, self._addresses, self._refill

        def transit(now_us: int, source: int, destination: int, message: Any) -> int:
            link = source * size + destination
            return now_us + (rows[link] or refill(link)).pop()

        return transit

    def _ordered(self) -> Transit:
        rows, size, last, refill = self._rows, self._addresses, self._last, self._refill

        def transit(now_us: int, source: int, destination: int, message: Any) -> int:
            link = source * size + destination
            arrival = now_us + (rows[link] or refill(link)).pop()
            if arrival < last[link]:
                return last[link]
            last[link] = arrival
            return arrival

        return transit

    def _with_channel_apart(self, plain: Transit) -> Transit:
        rows, size, last, refill = self._rows, self._addresses, self._last_apart, self._refill
        apart, extra_us = self._apart, self._conditions.own_decision_us

        def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
            if message.__class__ not in apart:
                return plain(now_us, source, destination, message)
            link = source * size + destination
            arrival = now_us + (rows[link] or refill(link)).pop()
            if source == destination:
                arrival += extra_us
            last[link] = max(arrival, last[link])
            return last[link]

        return transit

    def _with_names(self, plain: Transit, visible_us: list[list[int]]) -> Transit:
        by_name, count = self._by_name, self._processes

        def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
            named = source in by_name and destination in by_name
            if named and now_us < visible_us[source % count][destination % count]:
                return None
            return plain(now_us, source, destination, message)

        return transit

    def _refill(self, link: int) -> list[int]:
        """Draws for a link that has none left; for its whole source when it asks often."""
        block = self._blocks[link]
        self._blocks[link] = block + 1
        if block or self._addresses <= _SMALL:
            row = self._delays.more(link, block + (self._addresses <= _SMALL))
            self._rows[link] = row
            return row
        source = link // self._addresses
        self._misses[source] += 1
        if self._misses[source] == 2:
            self._fetch_untouched(source)
        self._rows[link] = self._delays.rows(link, 1)[0]
        return self._rows[link]

    def _fetch_untouched(self, source: int) -> None:
        first = source * self._addresses
        for link, row in enumerate(self._delays.rows(first, self._addresses), first):
            if not self._blocks[link]:
                self._rows[link] = row
                self._blocks[link] = 1
