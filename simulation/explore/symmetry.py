"""Acceptors are alike: of situations that differ in their names only, one is explored.

The standard form of a situation (C. N. Ip and D. L. Dill, *Better verification through
symmetry*, 1996) is found by putting the acceptors in the order of what is known of each,
its own address hidden: its local, its votes and the packets from it and to it. Where some
are equal in that, all their orders are tried, and the least result is the standard form.

Renaming is sound if machines treat the addresses of acceptors as names, which they compare
with each other for equality and never put in order. That is not taken on trust: ``check``
does a step again under all other names, and the results must differ in names only.
"""

from __future__ import annotations

from itertools import groupby, permutations, product
from typing import Final

from simulation.errors import HarnessError
from simulation.explore.cast import Cast
from simulation.explore.naming import renamed
from simulation.explore.pieces import Crash, Fire, Input, Local, Packet, Reaction, in_order
from simulation.explore.situation import Memo, Situation

_HIDDEN: Final = -1


class Renaming:
    """Another place for each acceptor: of ``local`` and ``packet``, number to number."""

    def __init__(self, cast: Cast, places: tuple[int, ...]) -> None:
        first = cast.setting.first
        self._cast = cast
        self._places: tuple[int, ...] = (*places, *range(len(places), cast.setting.participants))
        self._addresses = {
            first + old: _HIDDEN if new == _HIDDEN else first + new for old, new in enumerate(places)
        }
        self.local = Memo(self._local)
        self.packet = Memo(self._packet)

    def place(self, place: int) -> int:
        """The new place of a machine."""
        return self._places[place]

    def given(self, given: Input) -> Input:
        """An input under the new names."""
        if isinstance(given, int):
            return self.packet[given]
        if isinstance(given, Fire):
            return Fire(renamed(given.timer, self._addresses))
        if isinstance(given, Crash) and given.during >= 0:
            return Crash(self.packet[given.during], given.effects)
        return given

    def content(self, reaction: Reaction) -> tuple[object, ...]:
        """What ``reaction.content`` has to be under the new names."""
        sends = sorted([self.packet[number] for number in reaction.sends])
        now = sorted([self.packet[number] for number in reaction.now])
        after = self.local[reaction.after]
        return after, sends, now, reaction.votes, reaction.decided, reaction.allowed

    def _local(self, number: int) -> int:
        local, names = self._cast.locals.items[number], self._addresses
        return self._cast.locals(
            Local(
                renamed(local.state, names),
                renamed(local.durable, names),
                in_order(renamed(local.timers, names)),
                local.begun,
                local.asked,
                local.alive,
            )
        )

    def _packet(self, number: int) -> int:
        packet = self._cast.packets.items[number]
        source, destination = self._places[packet.source], self._places[packet.destination]
        return self._cast.packets(Packet(source, destination, renamed(packet.message, self._addresses)))


class Symmetry:
    """Brings situations into their standard form, and checks that it may."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._count = cast.setting.acceptors
        self._others = range(self._count, cast.setting.participants)
        self._renamings = {places: Renaming(cast, places) for places in permutations(range(self._count))}
        self._hiding = Renaming(cast, (_HIDDEN,) * self._count)

    def check(self, place: int, local: int, given: Input, reaction: Reaction) -> None:
        """Raise ``HarnessError`` if a step is another one under other names."""
        for renaming in self._renamings.values():
            again = self._cast.react(renaming.place(place), renaming.local[local], renaming.given(given))
            if again.content() != renaming.content(reaction):
                machine = type(self._cast.machines[place]).__name__
                raise HarnessError(
                    f"{machine} does not treat acceptors alike: what it does with {given!r} in"
                    f" {self._cast.locals.items[local]} depends on the order of their addresses."
                    " Explore it with symmetric=False"
                )

    def others(self) -> list[Renaming]:
        """All ways to rename acceptors; the first renames nobody."""
        return list(self._renamings.values())

    def renaming(self, places: tuple[int, ...]) -> Renaming:
        """The one that moves each acceptor to the place at its own."""
        return self._renamings[places]

    def arrangement(self, situation: Situation, standard: Situation) -> tuple[int, ...]:
        """Which acceptor of ``situation`` is at each place of its standard form."""
        for places in self._renamings:
            if self._arranged(situation, list(places)) == standard:
                return places
        raise HarnessError("a standard form is of another situation: a mistake of the exploration")

    def standard(self, situation: Situation) -> Situation:
        """The one of all situations like this one that is explored."""
        keys = self._keys(situation)
        order = sorted(range(self._count), key=keys.__getitem__)
        equal = [list(group) for _, group in groupby(order, key=keys.__getitem__)]
        if len(equal) == self._count:
            return self._arranged(situation, order)
        arrangements = product(*map(permutations, equal))
        return min(
            [self._arranged(situation, [place for group in one for place in group]) for one in arrangements]
        )

    def _keys(self, situation: Situation) -> list[tuple[object, ...]]:
        locals_, votes, _, packets = situation[:4]
        ends: list[list[int]] = [[] for _ in range(self._count)]
        items, hidden = self._cast.packets.items, self._hiding.packet
        for number in packets:
            packet = items[number]
            if packet.source < self._count:
                ends[packet.source].append(2 * hidden[number])
            if packet.destination < self._count:
                ends[packet.destination].append(2 * hidden[number] + 1)
        hide = self._hiding.local
        return [(hide[locals_[place]], votes[place], sorted(ends[place])) for place in range(self._count)]

    def _arranged(self, situation: Situation, places: list[int]) -> Situation:
        """With the acceptors in this order, each under the address of its new place."""
        locals_, votes = situation[0], situation[1]
        names = [0] * self._count
        for new, old in enumerate(places):
            names[old] = new
        renaming = self._renamings[tuple(names)]
        local, packet = renaming.local, renaming.packet
        return (
            tuple([local[locals_[place]] for place in (*places, *self._others)]),
            tuple([votes[place] for place in places]),
            situation[2],
            tuple(sorted([packet[number] for number in situation[3]])),
            situation[4],
            situation[5],
        )
