"""The world of an exploration: what can happen in a situation, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.explore.cast import Cast
from simulation.explore.foresight import Foresight
from simulation.explore.judge import Judge
from simulation.explore.pieces import Crash, Input, Reaction
from simulation.explore.setting import Setting
from simulation.explore.situation import Situation
from simulation.explore.steps import Steps
from simulation.explore.symmetry import Symmetry

Choice = tuple[int, Input, bool]
"""A machine's place, what it is given, and whether the network keeps a copy of that."""

Outcome = tuple[Choice, Situation, str | None]
"""A choice, the situation after it in its standard form, and what it violates, if anything."""


class World:
    """Situations and the ways between them, for one pass of the search."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.cast = Cast(setting)
        self.symmetry = Symmetry(self.cast) if setting.symmetric else None
        self._passes = 0
        self.look_ahead(Steps(self.cast, self.symmetry))
        self._keeps = setting.network == "set"
        self._judge = Judge(self.cast)

    def look_ahead(self, known: Steps) -> None:
        """Begin a pass that foresees what these steps tell, and notes its own steps anew."""
        self._passes += 1
        self.steps = Steps(self.cast, self.symmetry, known)
        self._foresight = Foresight(self.cast, known, self.steps)

    def start(self) -> Situation:
        """The first situation, as the search sees it."""
        return self.tidied(self.first())

    def first(self) -> Situation:
        """Everybody has started, and nothing has happened."""
        setting = self.setting
        locals_ = [0] * setting.participants
        votes = (0,) * setting.acceptors
        situation: Situation = (tuple(locals_), votes, None, (), setting.crashes, setting.duplicates)
        for place in range(setting.participants):
            situation, _ = self._after(situation, place, self.cast.begin(place), situation[3])
            self.steps.begin(place, situation[0][place])
        return situation

    def outcomes(self, situation: Situation) -> Iterator[Outcome]:
        """All that can happen and change anything: own moves of machines, then deliveries."""
        locals_, _, _, packets, crashes, duplicates = situation
        for place, local in enumerate(locals_):
            for given in self.cast.own_inputs(place, local):
                yield from self._outcome(situation, (place, given, False), packets)
        if crashes:
            fewer = (*situation[:4], crashes - 1, duplicates)
            for place, local in enumerate(locals_):
                for crash in self.cast.crashes(place, local, packets):
                    left = _without(packets, crash.during) if crash.during >= 0 else packets
                    yield from self._outcome(fewer, (place, crash, False), left)
        before = -1
        for index, packet in enumerate(packets):
            if packet == before:
                continue
            before = packet
            place = self.cast.packets.items[packet].destination
            left = packets if self._keeps else packets[:index] + packets[index + 1 :]
            yield from self._outcome(situation, (place, packet, False), left)
            if duplicates:
                fewer = (*situation[:4], crashes, duplicates - 1)
                yield from self._outcome(fewer, (place, packet, True), packets)

    def apply(self, situation: Situation, choice: Choice) -> tuple[Situation, str | None]:
        """What comes of a choice, under the names that ``situation`` has."""
        place, given, keeps = choice
        packets = situation[3]
        crashes, duplicates = situation[4], situation[5]
        if isinstance(given, int) and not keeps and not self._keeps:
            packets = _without(packets, given)
        elif isinstance(given, Crash):
            crashes -= 1
            packets = _without(packets, given.during) if given.during >= 0 else packets
        duplicates -= keeps
        before = (*situation[:4], crashes, duplicates)
        reaction = self.cast.react(place, situation[0][place], given)
        return self._after(before, place, reaction, packets)

    def tidied(self, situation: Situation) -> Situation:
        """The standard form of a situation, without what can never matter."""
        settled, locals_ = situation[2], situation[0]
        foresight = self._foresight if self.setting.forgetful else None
        votes = self._judge.kept(situation[1], settled, locals_, foresight)
        packets = situation[3]
        if foresight is not None:
            packets = foresight.mattering(packets, locals_, settled)
        return (locals_, votes, settled, packets, situation[4], situation[5])

    def standard(self, situation: Situation) -> Situation:
        """The one of all situations that differ in names only."""
        return situation if self.symmetry is None else self.symmetry.standard(situation)

    def _outcome(self, situation: Situation, choice: Choice, packets: tuple[int, ...]) -> Iterator[Outcome]:
        place, given, _ = choice
        reaction = self._taken(place, situation[0][place], given)
        if reaction.idle:
            return
        untidy, violated = self._after(situation, place, reaction, packets)
        after = self.tidied(untidy)
        if violated is None and self._comes_to_less(situation, untidy, after):
            return
        yield choice, after, violated

    def _comes_to_less(self, before: Situation, untidy: Situation, after: Situation) -> bool:
        """Whether all that can happen after a move can happen without it, too.

        What the move has sent must be futile even where it was not made.
        """
        if after[1:3] != before[1:3]:
            return False
        if not self.setting.forgetful:
            return after[0] == before[0] and _within(after[3], before[3])
        settled, covers = before[2], self._foresight.cover.covers
        for place, (strong, weak) in enumerate(zip(before[0], after[0], strict=True)):
            if strong != weak and not covers(place, strong, weak, settled):
                return False
        return _within(self._foresight.mattering(untidy[3], before[0], settled), before[3])

    def _after(
        self, situation: Situation, place: int, reaction: Reaction, packets: tuple[int, ...]
    ) -> tuple[Situation, str | None]:
        locals_, votes, settled = situation[:3]
        violated = None
        waiting = [(place, reaction)]
        sends: list[int] = []
        for where, one in waiting:
            locals_ = (*locals_[:where], one.after, *locals_[where + 1 :])
            sends += one.sends
            if one.votes or one.decided:
                votes, settled, wrong = self._judge.heard(votes, settled, where, one)
                violated = violated or wrong
            for packet in one.now:
                there = self.cast.packets.items[packet].destination
                waiting.append((there, self._taken(there, locals_[there], packet)))
        if sends:
            packets = (*packets, *sends)
            packets = tuple(sorted(set(packets) if self._keeps else packets))
        return (locals_, votes, settled, packets, situation[4], situation[5]), violated

    def _taken(self, place: int, local: int, given: Input) -> Reaction:
        reaction = self.cast.react(place, local, given)
        if reaction.taken != self._passes and not reaction.idle:
            self.steps.take(place, local, given, reaction)
            reaction.taken = self._passes
        return reaction


def _without(packets: tuple[int, ...], packet: int) -> tuple[int, ...]:
    index = packets.index(packet)
    return packets[:index] + packets[index + 1 :]


def _within(some: Sequence[int], packets: tuple[int, ...]) -> bool:
    if len(some) > len(packets):
        return False
    left = list(packets)
    for one in some:
        if one not in left:
            return False
        left.remove(one)
    return True
