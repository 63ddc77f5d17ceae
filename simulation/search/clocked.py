"""Strategies in which every message takes a time that is drawn: ``late`` and ``swarm``.

Time is a number of this strategy's own, in units of which a quick link takes a thousand on the
average. What is due first happens next. *Late* makes some links slow and lets copies of
messages wait for later steps of the protocol, where they do harm. *Swarm* (Groce and others, *Swarm
Testing*, 2012) draws for every run which faults there are at all, and how often: runs that differ in
kind find more than runs that are all alike.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from simulation.kernel import Stream
from simulation.search.attempts import Attempts
from simulation.search.crashes import BUDGETS, NOBODY_DIES, Crashes
from simulation.search.milestones import milestones_in, some_milestones
from simulation.search.world import Letter, World

QUICK: Final = 1_000
"""What a quick link takes, on the average."""

WAITING: Final = 1 << 60
"""When a copy is due that waits for a milestone."""


class Climate(Struct, frozen=True):
    """What one run is like. Chances are of a hundred.

    ``slow`` links take ``factor`` times as long. With ``heavy`` tails one message in a hundred takes
    a hundred times as long. A retry waits for ``patience``, in units of ``QUICK``. Copies come
    ``late``, after later milestones, or in a time like all.
    """

    slow: int = 0
    factor: int = 1
    heavy: bool = False
    patience: tuple[int, int] = (2, 16)
    lost: int = 0
    copied: int = 0
    late: bool = False
    crashes: bool = True


class Clocked:
    """One run in a climate."""

    def __init__(self, world: World, chance: Stream, climate: Climate) -> None:
        self._world = world
        self._chance = chance
        self._climate = climate
        self._attempts = Attempts(world, chance)
        self._crashes = Crashes(world, chance, BUDGETS if climate.crashes else NOBODY_DIES)
        self._now = 0
        self._slowness: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[Letter, int]] = []
        self._next_attempt = 0

    def play(self) -> None:
        """What is due first, until nothing is."""
        self._post(self._world.fresh)
        while True:
            arrivals = self._world.arrivals()
            letter = min(arrivals, key=_due) if arrivals else None
            if self._attempts.left and (letter is None or letter.hold >= self._next_attempt):
                self._now = max(self._now, self._next_attempt)
                self._next_attempt = self._now + self._patience()
                if self._attempts.begin():
                    self._react()
                    continue
                if letter is None and not self._crashes.all_back():
                    return
                if letter is None:
                    continue
            if letter is None:
                if not self._crashes.all_back():
                    return
                self._react()
                continue
            self._arrive(letter)

    def _arrive(self, letter: Letter) -> None:
        climate, chance, world = self._climate, self._chance, self._world
        if letter.hold < WAITING:
            self._now = max(self._now, letter.hold)
        keep = bool(climate.copied) and not world.fifo and chance.chance(climate.copied, 100)
        world.deliver(letter, keep=keep)
        if keep and climate.late:
            letter.hold = WAITING
            self._waiting.append((letter, some_milestones(chance)))
        elif keep:
            letter.hold = self._now + self._latency(letter)
        self._react()

    def _react(self) -> None:
        world = self._world
        passed = milestones_in(world)
        if passed:
            self._pass(passed)
        self._post(world.fresh)
        self._crashes.noticed(self._attempts.proposers)
        for _ in range(passed):
            self._crashes.milestone()
        self._post(world.fresh)

    def _pass(self, milestones: int) -> None:
        waiting, self._waiting = self._waiting, []
        for letter, left in waiting:
            if left > milestones:
                self._waiting.append((letter, left - milestones))
            else:
                letter.hold = self._now + self._latency(letter)

    def _post(self, fresh: list[Letter]) -> None:
        world, lost = self._world, self._climate.lost
        for letter in fresh:
            if letter.hold:
                continue
            within = world.process(letter.source) == world.process(letter.destination)
            if lost and not (world.fifo or within) and self._chance.chance(lost, 100):
                world.lose(letter)
                continue
            letter.hold = self._now + self._latency(letter)

    def _latency(self, letter: Letter) -> int:
        chance, climate = self._chance, self._climate
        link = (letter.source, letter.destination)
        slowness = self._slowness.get(link)
        if slowness is None:
            slow = climate.slow and chance.chance(climate.slow, 100)
            slowness = self._slowness[link] = climate.factor if slow else 1
        took = 1 + chance.exponential(QUICK) * slowness
        return took * 100 if climate.heavy and chance.chance(1, 20) else took

    def _patience(self) -> int:
        low, high = self._climate.patience
        return self._chance.between(low * QUICK, high * QUICK)


def _due(letter: Letter) -> int:
    return letter.hold


def late(world: World, chance: Stream) -> None:
    """Slow links or heavy tails, and in half of the runs copies that wait for a later milestone."""
    heavy = chance.chance(1, 3)
    climate = Climate(
        slow=0 if heavy else (20, 35, 50)[chance.between(0, 2)],
        factor=(4, 15, 60)[chance.between(0, 2)],
        heavy=heavy,
        patience=((1, 3), (2, 8), (4, 16))[chance.between(0, 2)],
        copied=(0, 10, 30)[chance.between(0, 2)],
        late=chance.chance(1, 2),
    )
    Clocked(world, chance, climate).play()


def swarm(world: World, chance: Stream) -> None:
    """Every kind of fault in half of the runs, each as often as the run draws."""
    climate = Climate(
        slow=chance.between(0, 1) * 30,
        factor=(4, 15, 60)[chance.between(0, 2)],
        heavy=chance.chance(1, 4),
        patience=((1, 3), (2, 8), (4, 16))[chance.between(0, 2)],
        lost=chance.between(0, 1) * (3, 10, 25)[chance.between(0, 2)],
        copied=chance.between(0, 1) * (3, 10, 25)[chance.between(0, 2)],
        late=chance.chance(1, 2),
        crashes=chance.chance(1, 2),
    )
    Clocked(world, chance, climate).play()
