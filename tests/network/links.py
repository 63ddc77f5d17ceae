"""A fabric whose delays are given by hand: what a message takes is what the test says."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from simulation.network import LOCAL, Conditions, Fabric, Transit

PROCESSES = 3
ADDRESSES = 2 * PROCESSES
"""Two machines in each of three processes: addresses 3, 4 and 5 find each other by name."""

ORDERED = replace(LOCAL, own_decision_us=50, fifo=True)
UNORDERED = replace(ORDERED, fifo=False)


class Plain:
    """A message that travels with all others."""


class Decision:
    """A message that has a channel of its own."""


class Given:
    """Delays in microseconds that are drawn from the front of one list for all links."""

    def __init__(self, delays_us: list[int]) -> None:
        self._first = list(delays_us)
        self.rows: list[list[int]] = []
        self.reset()

    def reset(self) -> None:
        """Begin again."""
        self._left = iter(self._first)
        self.rows[:] = [[] for _ in range(ADDRESSES * ADDRESSES)]

    def refill(self, index: int) -> list[int]:
        """The next delay, whichever link asks."""
        self.rows[index].append(next(self._left))
        return self.rows[index]


def fabric(delays_us: list[int], conditions: Conditions = ORDERED) -> Fabric:
    """A fabric at its beginning with these delays, in the order in which messages are sent."""
    built = Fabric(
        conditions,
        addresses=ADDRESSES,
        processes=PROCESSES,
        apart=(Decision,),
        by_name=frozenset(range(PROCESSES, ADDRESSES)),
        delays=Given(delays_us),
    )
    built.reset()
    return built


def arrivals(transit: Transit, *sent: tuple[int, int, int, Any]) -> list[int | None]:
    """When each of some messages arrives: (sent at, source, destination, message)."""
    return [transit(*one) for one in sent]
