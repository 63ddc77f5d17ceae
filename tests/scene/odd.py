"""A protocol that does what none should, and may: lists in messages, markup in words, odd ballots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from simulation.protocols import handles
from simulation.protocols.effects import Multicast
from simulation.protocols.fields import ProcessBits, Processes
from simulation.protocols.inputs import Started
from simulation.protocols.reports import Report
from tests.scene.greeter import Greeter

if TYPE_CHECKING:
    from fractions import Fraction

MARKUP = "</title><script>alert('" + "x" * 40 + "')</script>"


class Listed(Struct, frozen=True, array_like=True, tag=True):
    """A message that holds lists and a ballot of any kind."""

    names: list[str]
    ballot: Any


class Wrote(Report, frozen=True, array_like=True, tag=True):
    """Words of any kind."""

    words: str


class Seen(Struct, frozen=True):
    """Two of them have the same first field."""

    at: int
    who: int


class Nothing(Struct, frozen=True):
    """A struct without fields."""


class Told(Struct, frozen=True):
    """Sets of processes, one of which holds what is nobody's address."""

    heard: ProcessBits = 0b101
    voters: Processes = (2, 1, 99)
    nobody: ProcessBits = 0


class Untold(Struct, frozen=True):
    """A set of processes beside a type that only a type checker knows."""

    heard: ProcessBits = 0b101
    share: Fraction | None = None


class State(Struct, frozen=True):
    """What looks as if it had a name of its own, and has none."""

    seen: tuple[Seen, ...] = (Seen(1, 2), Seen(1, 3))
    pairs: tuple[tuple[int, int], ...] = ((1, 4), (1, 5))
    nothing: tuple[Nothing, ...] = (Nothing(), Nothing())
    told: Told = Told()
    untold: Untold = Untold()


class Odd(Greeter):
    """Sends ballots that cannot be told apart, or not be compared."""

    @handles(Started)
    def on_started(self, state, sender, started):
        """Say it all."""
        ballots = (["a list"], 1, (1, 2))
        sent = [Multicast(self.config.peers, Listed(["a"], ballot)) for ballot in ballots]
        return State(), (Wrote(MARKUP), Wrote("a bell \x07"), *sent)

    @handles(Listed)
    def on_listed(self, state, sender, message):
        """Nothing comes of it."""
        return state, ()
