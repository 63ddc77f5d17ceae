"""What can happen next in a world without time, as data: stored, replayed, shrunk.

A *schedule* is a tuple of moves. Moves that begin something (a client asks, a timer goes off, a
process restarts) have a number, their *root*, and a message is named by the root that it
descends from, its link, its type and how many of that name were sent before it. So a name
means the same message when other roots are taken out of the schedule, whatever ballots the
messages then carry.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

Name = tuple[int, int, int, str, int]
"""Of a message: its root, its source and destination, its type, how many of these came before it."""


class Move(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The root of all moves."""


class Ask(Move, frozen=True, array_like=True, tag="ask", gc=False):
    """The client of ``process`` proposes its value, for the first time or once more."""

    root: int
    process: int


class GiveUp(Move, frozen=True, array_like=True, tag="give up", gc=False):
    """The client of ``process`` waits no longer, and goes on to what it proposes next."""

    process: int


class Fire(Move, frozen=True, array_like=True, tag="fire", gc=False):
    """The timer of this text goes off at ``address``, whenever that was meant to be."""

    root: int
    address: int
    timer: str


class OfMessage(Move, frozen=True, array_like=True, tag=True, gc=False):
    """The root of the moves of one message, which is named by the first five fields."""

    root: int
    source: int
    destination: int
    message: str
    nth: int = 0

    @property
    def name(self) -> Name:
        """The name of the message."""
        return self.root, self.source, self.destination, self.message, self.nth


class Deliver(OfMessage, frozen=True, array_like=True, tag="deliver", gc=False):
    """A message arrives. With ``keep`` the network keeps a copy, which may arrive again."""

    keep: bool = False


class Lose(OfMessage, frozen=True, array_like=True, tag="lose", gc=False):
    """A message never arrives."""


class Again(OfMessage, frozen=True, array_like=True, tag="again", gc=False):
    """A message that has arrived is on its way once more."""


class Kill(Move, frozen=True, array_like=True, tag="kill", gc=False):
    """A process stops; what was not durable is lost."""

    process: int


class Restart(Move, frozen=True, array_like=True, tag="restart", gc=False):
    """A dead process begins another life."""

    root: int
    process: int


class Calm(Move, frozen=True, array_like=True, tag="calm", gc=False):
    """The storm is over: ``core`` is healed and has to decide, everybody else stays as he is.

    Where it ``keeps`` them, messages between its members arrive that are on their way. Where it is
    ``steady``, all messages of one type take the same time.
    """

    core: tuple[int, ...]
    keeps: bool = False
    steady: bool = False


AnyMove = Ask | GiveUp | Fire | Deliver | Lose | Again | Kill | Restart | Calm

Schedule = tuple[AnyMove, ...]


def read_schedule(data: object) -> Schedule:
    """The schedule that was written as JSON. Raises ``msgspec.ValidationError`` for what is none."""
    return msgspec.convert(data, Schedule)


def write_schedule(schedule: Schedule) -> list[object]:
    """A schedule as plain lists, for JSON."""
    plain: list[object] = msgspec.to_builtins(schedule)
    return plain


def misfit(schedule: Schedule, processes: int, machines: int) -> str | None:
    """What is wrong with a schedule for so many ``processes`` of so many ``machines`` in all."""
    for number, move in enumerate(schedule, start=1):
        named = [
            getattr(move, field) for field in ("source", "destination", "address") if hasattr(move, field)
        ]
        if not all(0 <= address < machines for address in named):
            return f"move {number}, {move}: names a machine that there is not. They are 0 to {machines - 1}."
        core = move.core if isinstance(move, Calm) else (getattr(move, "process", 0),)
        if not core or not all(0 <= process < processes for process in core) or len(set(core)) < len(core):
            return f"move {number}, {move}: processes are 0 to {processes - 1}, each at most once."
        if isinstance(move, Calm) and number < len(schedule):
            return f"move {number}, {move}: nothing comes after a calm."
    return None
