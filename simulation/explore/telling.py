"""A counterexample: what the search has found, done again without any of its reductions.

The search knows a way of situations in their standard form, from which the acceptors' real
names are gone, packets are missing and locals are replaced by others. Here the same choices
are made in a world where nothing is left out. Where the search chose what a local does that
stands in for the real one, the real one either does it, too, or need not.
"""

from __future__ import annotations

from itertools import pairwise

from simulation.errors import HarnessError
from simulation.explore.moves import Asks, Crashes, Delivers, Fires, Move, in_words
from simulation.explore.naming import renamed
from simulation.explore.pieces import Ask, Crash, Fire, Input
from simulation.explore.result import Counterexample
from simulation.explore.situation import Situation
from simulation.explore.world import Choice, World


def told(world: World, way: list[Situation]) -> Counterexample:
    """The run behind a way of situations, the last of which has an outcome that is wrong."""
    teller = _Teller(world)
    for before, after in pairwise(way):
        choice, outcome, _ = teller.chosen(before, after)
        teller.follow(choice, outcome)
        teller.rename(outcome, after)
    choice, outcome, violated = teller.chosen(way[-1], None)
    found = teller.take(choice)
    if violated is None or found is None:
        raise HarnessError("a violation was found that cannot be done again: a mistake of the exploration")
    words = tuple([in_words(move, world.setting.names) for move in teller.moves])
    return Counterexample(found, tuple(teller.moves), words)


class _Teller:
    """The real situation, and where in it is whoever the search calls by another name."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._real = world.first()
        self._places = tuple(range(world.setting.acceptors))
        self.moves: list[Move] = []

    def chosen(self, before: Situation, after: Situation | None) -> tuple[Choice, Situation, str | None]:
        """The choice that leads from one situation to the next, or to a violation."""
        for choice, outcome, violated in self._world.outcomes(before):
            found = violated is not None if after is None else self._world.standard(outcome) == after
            if found:
                return choice, outcome, violated
        raise HarnessError("a way was found that cannot be gone again: a mistake of the exploration")

    def follow(self, choice: Choice, outcome: Situation) -> None:
        """Do the same in the real situation, unless it already covers what would come of it."""
        place, given, _ = self._own(choice)
        local = self._real[0][place]
        if not self._can(place, given):
            return
        after = self._world.cast.react(place, local, given).after
        goal = self._local(outcome[0][choice[0]])
        if self._world.covers(place, after, goal, outcome[2]):
            self.take(choice)

    def take(self, choice: Choice) -> str | None:
        """Do the same in the real situation: what it violates, if anything."""
        own = self._own(choice)
        if not self._can(own[0], own[1]):
            return None
        self.moves.append(_move(self._world, own))
        self._real, violated = self._world.apply(self._real, own)
        return violated

    def rename(self, outcome: Situation, after: Situation) -> None:
        """Note who is who after an outcome was brought into its standard form."""
        symmetry = self._world.symmetry
        if symmetry is not None:
            self._places = tuple([self._places[old] for old in symmetry.arrangement(outcome, after)])

    def _can(self, place: int, given: Input) -> bool:
        packets, cast = self._real[3], self._world.cast
        if isinstance(given, int):
            there = given in packets
        elif isinstance(given, Crash):
            there = given.during < 0 or given.during in packets
        else:
            there = given in cast.own_inputs(place, self._real[0][place])
        return there and cast.react(place, self._real[0][place], given).allowed

    def _own(self, choice: Choice) -> Choice:
        symmetry = self._world.symmetry
        if symmetry is None:
            return choice
        renaming = symmetry.renaming(self._places)
        return renaming.place(choice[0]), renaming.given(choice[1]), choice[2]

    def _local(self, local: int) -> int:
        symmetry = self._world.symmetry
        return local if symmetry is None else symmetry.renaming(self._places).local[local]


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
