"""What an exploration is made of: locals, packets, inputs, and what becomes of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

_Item = TypeVar("_Item", bound=Hashable)

INSTANCE = 1
"""The one instance that is explored."""


class Numbers(Generic[_Item]):
    """Values by number and numbers by value."""

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self._numbers: dict[_Item, int] = {}

    def __call__(self, item: _Item) -> int:
        """The number of ``item``."""
        number = self._numbers.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number


class Local(Struct, frozen=True):
    """One machine: its state, and what the world knows about it.

    ``durable`` is kept only where a restart may ask for it, ``timers`` only where they may
    fire. ``begun`` counts ballots, ``asked`` is whether its client has proposed.
    """

    state: Any = None
    durable: Hashable = None
    timers: tuple[Hashable, ...] = ()
    begun: int = 0
    asked: bool = False
    alive: bool = True


class Packet(Struct, frozen=True):
    """A message on its way, from one place to another."""

    source: int
    destination: int
    message: Any


class Fire(Struct, frozen=True):
    """The input that is a timer of one's own."""

    timer: Hashable


class Ask(Struct, frozen=True):
    """The input that is the client's proposal."""


class Crash(Struct, frozen=True):
    """A death and another life, at rest or after so many effects of handling a packet."""

    during: int = -1
    effects: int = 0


Input = int | Fire | Ask | Crash
"""What a machine is given: the number of a packet, or one of the others."""


class Reaction:
    """What becomes of a machine by one input. ``allowed`` is whether the bounds allow it.

    ``now`` are the packets that arrive as soon as they are sent; ``votes`` is a set of
    votes, one bit for each number. ``taken`` is the last pass of the search that took it.
    """

    __slots__ = ("after", "allowed", "decided", "idle", "now", "sends", "taken", "votes")

    def __init__(
        self,
        before: int,
        after: int,
        *,
        sends: Sequence[int],
        now: Sequence[int],
        votes: int,
        decided: Sequence[int],
        allowed: bool,
    ) -> None:
        self.after = after
        self.sends = tuple(sends)
        self.now = tuple(now)
        self.votes = votes
        self.decided = tuple(decided)
        self.allowed = allowed
        self.idle = not allowed or (after == before and not (sends or now or votes or decided))
        self.taken = 0

    def content(self) -> tuple[object, ...]:
        """All that can be compared."""
        return self.after, sorted(self.sends), sorted(self.now), self.votes, self.decided, self.allowed


UNBEARABLE: Final = Reaction(0, -1, sends=(), now=(-1,), votes=0, decided=(), allowed=True)
"""What a machine does with an input at which it raises."""


def in_order(timers: Sequence[Hashable] | dict[Hashable, None]) -> tuple[Hashable, ...]:
    """Timers in an order that does not tell when they were set."""
    return tuple(timers) if len(timers) < 2 else tuple(sorted(timers, key=repr))
