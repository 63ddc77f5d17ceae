"""What may happen next in an exploration, as data and in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec import Struct


class Asks(Struct, frozen=True, tag=True):
    """A client of ``process`` proposes ``value``."""

    process: int
    value: int


class Delivers(Struct, frozen=True, tag=True):
    """A copy of ``message`` arrives. With ``doubled`` the network keeps another one."""

    source: int
    destination: int
    message: Struct
    doubled: bool = False


class Fires(Struct, frozen=True, tag=True):
    """A timer of ``process`` fires."""

    process: int
    timer: Hashable


class Crashes(Struct, frozen=True, tag=True):
    """``process`` dies and lives again with what is durable.

    With ``during`` it dies in the middle of handling that message: after so many effects.
    """

    process: int
    during: Delivers | None = None
    effects: int = 0


Move = Asks | Delivers | Fires | Crashes


def in_words(move: Move, names: Sequence[str]) -> str:
    """One line about ``move``."""
    match move:
        case Asks(process, value):
            return f"a client of {names[process]} proposes {value}"
        case Delivers(source, destination, message, doubled):
            copy = ", and another copy is left" if doubled else ""
            return f"{names[destination]} gets {message} from {names[source]}{copy}"
        case Fires(process, timer):
            return f"{names[process]}: {timer} fires"
        case Crashes(process, during, effects):
            if during is None:
                return f"{names[process]} dies and lives again"
            gets = in_words(during, names)
            return f"{gets}, dies after {effects} of its effects and lives again"
