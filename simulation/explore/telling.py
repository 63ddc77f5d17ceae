"""A counterexample: what the search has found, done again without any of its reductions.

The search knows a way of situations in their standard form, from which the acceptors' real
names are gone, and packets that were futile. Here the same choices are made in a world where
every acceptor keeps its name and nothing is left out.
"""

from __future__ import annotations

from itertools import pairwise

from simulation.errors import HarnessError
from simulation.explore.moves import Asks, Crashes, Delivers, Fires, Move, in_words
from simulation.explore.naming import renamed
from simulation.explore.pieces import Ask, Crash, Fire
from simulation.explore.result import Counterexample
from simulation.explore.situation import Situation
from simulation.explore.world import Choice, World


def told(world: World, way: list[Situation]) -> Counterexample:
    """The run behind a way of situations, the last of which has an outcome that is wrong."""
    teller = _Teller(world)
    for before, after in pairwise(way):
        choice, outcome = teller.chosen(before, after)
        teller.take(choice)
        teller.rename(outcome, after)
    choice, _ = teller.chosen(way[-1], None)
    violated = teller.take(choice)
    if violated is None:
        raise HarnessError("a violation was found that cannot be done again: a mistake of the exploration")
    words = tuple([in_words(move, world.setting.names) for move in teller.moves])
    return Counterexample(violated, tuple(teller.moves), words)


class _Teller:
    """The real situation, and where in it is whoever the search calls by another name."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._real = world.first()
        self._places = tuple(range(world.setting.acceptors))
        self.moves: list[Move] = []

    def chosen(self, before: Situation, after: Situation | None) -> tuple[Choice, Situation]:
        """The choice that leads from one situation to the next, or to a violation."""
        for choice, outcome, violated in self._world.outcomes(before):
            found = violated is not None if after is None else self._world.standard(outcome) == after
            if found:
                return choice, outcome
        raise HarnessError("a way was found that cannot be gone again: a mistake of the exploration")

    def take(self, choice: Choice) -> str | None:
        """Do the same in the real situation: what it violates, if anything.

        Raises ``ValueError`` where that cannot be done: a mistake of the exploration.
        """
        own = self._own(choice)
        self.moves.append(_move(self._world, own))
        self._real, violated = self._world.apply(self._real, own)
        return violated

    def rename(self, outcome: Situation, after: Situation) -> None:
        """Note who is who after an outcome was brought into its standard form."""
        symmetry = self._world.symmetry
        if symmetry is not None:
            self._places = tuple([self._places[old] for old in symmetry.arrangement(outcome, after)])

    def _own(self, choice: Choice) -> Choice:
        symmetry = self._world.symmetry
        if symmetry is None:
            return choice
        renaming = symmetry.renaming(self._places)
        return renaming.place(choice[0]), renaming.given(choice[1]), choice[2]


def _move(world: World, choice: Choice) -> Move:
    """A choice as data, with the addresses that the processes of a run have."""
    place, given, keeps = choice
    match given:
        case Ask():
            return Asks(place, world.setting.value_of(place))
        case Fire(timer):
            return Fires(place, renamed(timer, _plain(world)))
        case Crash(during, effects):
            return Crashes(place, None if during < 0 else _delivery(world, during), effects)
        case number:
            return _delivery(world, number, doubled=keeps)


def _delivery(world: World, number: int, *, doubled: bool = False) -> Delivers:
    packet = world.cast.packets.items[number]
    message = renamed(packet.message, _plain(world))
    return Delivers(packet.source, packet.destination, message, doubled)


def _plain(world: World) -> dict[int, int]:
    first = world.setting.first
    return {first + place: place for place in range(world.setting.participants)}
