"""What an exploration comes to."""

from __future__ import annotations

from msgspec import Struct

from simulation.explore.moves import Move


class Counterexample(Struct, frozen=True):
    """A run that violates a property: every move as data and, one to a line, in words.

    The processes are numbered as in the run of a protocol, acceptors first.
    """

    violated: str
    moves: tuple[Move, ...]
    words: tuple[str, ...]


class Exploration(Struct, frozen=True):
    """What was seen: all that can happen within the bounds, if ``complete``.

    ``states`` are those that the search tells apart; ``transitions`` are the moves out of
    them that change more than the network's store; ``depth`` is the number of states on
    the longest way from the first to another one, as it was found: the shortest way there
    only where the search was breadth first. All three are of the last pass and ``passes``
    says how many there were (see ``foresight``). ``work`` are the transitions of all passes of
    all searches, with fewer attempts than were asked for, too.
    """

    states: int
    transitions: int
    depth: int
    complete: bool
    violation: Counterexample | None
    passes: int = 1
    work: int = 0
