"""An explicit schedule for pure machines: one move a line, in the order in which they happen.

::

    p1 proposes 1
    prepare 1 from p1 to p2 p3
    promise 1 from p2 p3 to p1
    accept 2 from p1 to p3 twice
    accepted 2 from p3 to p1 lost
    p1 retries
    p3 catches up
    p1 restarts

A message is named by its kind, the round of its ballot (none for ``ask`` and ``decide``), who
sent it and whom it comes to; of several the one sent first comes. ``twice`` delivers a copy
first, ``lost`` delivers nothing. What no line delivers is delayed for ever.
"""

from __future__ import annotations

import re

from simulation.protocols import Protocol
from simulation.protocols.textbook import messages
from simulation.protocols.textbook.messages import Overdue, Retry
from tests.protocols.playground import Playground

INSTANCE = 1

KINDS = {kind.lower(): getattr(messages, kind) for kind in ("Prepare", "Promise", "Accept", "Accepted")}
KINDS |= {kind.lower(): getattr(messages, kind) for kind in ("Nack", "Decide", "Ask")}

TIMERS = {"retries": Retry(INSTANCE), "catches up": Overdue(INSTANCE)}

MESSAGE = re.compile(r"(\w+)(?: (\d+))? from ((?:p\d ?)+) to ((?:p\d ?)+)(twice|lost)?")


class ImpossibleError(AssertionError):
    """A move that cannot be made: the message is not in flight, the timer is not set."""


def play(protocol: Protocol, schedule: str, *, strictly: bool, participants: int = 3) -> Playground:
    """The world after every move of ``schedule``.

    Raises ``ImpossibleError`` for a move that cannot be made, or with ``strictly=False`` leaves it out.
    """
    world = Playground(protocol, participants)
    for line in filter(None, map(str.strip, schedule.splitlines())):
        if not all(moved(world, line)) and strictly:
            raise ImpossibleError(line)
    return world


def moved(world: Playground, line: str) -> list[bool]:
    """Make the moves of one line. Which of them could be made."""
    message = MESSAGE.fullmatch(line)
    if message is not None:
        kind, round_, sources, destinations, how = message.groups()
        return [
            arrived(world, kind, round_, source, destination, how)
            for source in processes(sources)
            for destination in processes(destinations)
        ]
    name, _, move = line.partition(" ")
    return [acted(world, *processes(name), move)]


def arrived(
    world: Playground, kind: str, round_: str | None, source: int, destination: int, how: str | None
) -> bool:
    """A message arrives, twice or not at all if that is ``how``. Whether it was in flight."""
    for index in world.waiting(KINDS[kind]):
        envelope = world.in_flight[index]
        ballot = getattr(envelope.message, "ballot", None)
        right = round_ is None or (ballot is not None and ballot[0] == int(round_))
        if right and (envelope.source, envelope.destination) == (source, destination):
            if how == "lost":
                world.lose(index)
                return True
            if how == "twice":
                world.give(destination, envelope.message, source)
            world.deliver(index)
            return True
    return False


def acted(world: Playground, process: int, move: str) -> bool:
    """A client, a timer or a restart. Whether it could be."""
    if move == "restarts":
        world.kill(process)
        world.restart(process)
    elif move.startswith("proposes "):
        world.propose(process, int(move.split()[1]), INSTANCE)
    elif (process, TIMERS[move]) in world.timers:
        world.fire(process, TIMERS[move])
    else:
        return False
    return True


def processes(names: str) -> list[int]:
    """``"p1 p3"`` are 0 and 2."""
    return [int(name[1:]) - 1 for name in names.split()]
