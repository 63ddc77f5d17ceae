"""When a message arrives.

A *link* is an ordered pair of addresses. Each link has its own stream of delays, so one
more message on it moves no other link's luck. Where ``fifo`` holds, messages of one link
keep their order; those of a channel apart keep theirs among themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from simulation.network.conditions import Conditions

Transit = Callable[[int, int, int, Any], "int | None"]
"""(now_us, source, destination, message) -> when it arrives, or None where it is lost."""


class Delays(Protocol):
    """The delays of all links, a stream each (see ``kernel.entropy.Table``)."""

    rows: list[list[int]]

    def reset(self) -> None:
        """Begin all streams again."""

    def refill(self, index: int) -> list[int]:
        """The next delays of a link that has none left."""


class Fabric:
    """All links between ``addresses`` machines, of which ``processes`` make up one component.

    ``apart`` are the types of messages with a channel of their own, ``by_name`` the
    addresses that find each other by name.
    """

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
        self._last_us: list[int] = []
        self._last_apart_us: dict[int, int] = {}
        self._plain: Transit | None = None

    def reset(self) -> None:
        """Forget every message and every draw."""
        self._delays.reset()
        self._last_us[:] = [0] * (self._addresses * self._addresses)
        self._last_apart_us.clear()

    def transit(self, visible_us: list[list[int]] | None = None) -> Transit:
        """The function that says when a message arrives.

        ``visible_us[p][q]`` is when process p comes to see the name of q. Where it is
        given, a message between two machines that find each other by name is lost before.
        """
        plain = self._plain
        if plain is None:
            plain = self._plain = self._ordered() if self._conditions.fifo else self._unordered()
        return plain if visible_us is None else self._with_names(plain, visible_us)

    def _unordered(self) -> Transit:
        rows, size, refill = self._delays.rows, self._addresses, self._delays.refill

        def transit(now_us: int, source: int, destination: int, message: Any) -> int:
            link = source * size + destination
            return now_us + (rows[link] or refill(link)).pop()

        return transit

    def _ordered(self) -> Transit:
        rows, size, refill = self._delays.rows, self._addresses, self._delays.refill
        last_us, apart, keep_apart = self._last_us, self._apart, self._keep_apart

        def transit(now_us: int, source: int, destination: int, message: Any) -> int:
            link = source * size + destination
            arrival_us = now_us + (rows[link] or refill(link)).pop()
            if message.__class__ in apart:
                return keep_apart(link, arrival_us, source == destination)
            # Equal times keep the order in which they were scheduled: first in, first out.
            if arrival_us < last_us[link]:
                return last_us[link]
            last_us[link] = arrival_us
            return arrival_us

        return transit

    def _keep_apart(self, link: int, arrival_us: int, to_itself: bool) -> int:
        if to_itself:
            arrival_us += self._conditions.own_decision_us
        arrival_us = max(arrival_us, self._last_apart_us.get(link, 0))
        self._last_apart_us[link] = arrival_us
        return arrival_us

    def _with_names(self, plain: Transit, visible_us: list[list[int]]) -> Transit:
        by_name, count = self._by_name, self._processes

        def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
            named = source in by_name and destination in by_name
            if named and now_us < visible_us[source % count][destination % count]:
                return None
            return plain(now_us, source, destination, message)

        return transit
