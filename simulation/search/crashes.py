"""Crashes within a budget: who dies, at which step of the protocol, and when it is back."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from simulation.kernel import Stream
from simulation.protocols.reports import Accepted, Decided, Promised, ValueAsked
from simulation.search.world import Letter, World
from simulation.trace.record import CONTENT, PROCESS

PINS: Final = (Decided, Promised, Accepted, ValueAsked)
"""The reports at which a crash may be pinned: a decision, a promise, a vote, a quorum of promises."""

NOBODY: Final = -1


class Crash(Struct):
    """One death that is to come: at the ``nth`` report of the type ``pin``, or at any move."""

    of_proposer: bool
    pin: type | None
    nth: int
    back_after: int
    """So many milestones later it is restarted; at once for 0, never for -1."""


class Crashes:
    """The deaths of one run. Call ``noticed`` after each move."""

    def __init__(self, world: World, chance: Stream, *, likely: bool = True) -> None:
        self._world = world
        self._chance = chance
        self._coming = [self._drawn(kind) for kind in self._budget(likely)]
        self._away: list[tuple[int, int]] = []
        self._seen: dict[type, int] = {}
        self._past: list[Letter] = []

    def _budget(self, likely: bool) -> tuple[bool, ...]:
        point = self._chance.between(0, 99) if likely else 0
        if point < 45:
            return ()
        if point < 65:
            return (False,)
        return (True,) if point < 85 else (False, True)

    def _drawn(self, of_proposer: bool) -> Crash:
        chance = self._chance
        pin = PINS[chance.between(0, 3)] if chance.chance(7, 10) else None
        nth = chance.between(1, 3) if pin is not None else chance.between(1, 30)
        back = -1 if chance.chance(1, 10) else chance.between(0, 9) // 7
        return Crash(of_proposer, pin, nth, back)

    @property
    def over(self) -> bool:
        """Whether nobody will die any more."""
        return not self._coming

    def noticed(self, proposers: list[int]) -> None:
        """Kill whoever is due after the last move."""
        if not self._coming:
            return
        said = self._world.said
        for crash in list(self._coming):
            victim = NOBODY
            if crash.pin is None:
                crash.nth -= 1
                if crash.nth <= 0:
                    victim = self._somebody(crash.of_proposer, proposers)
            else:
                for record in said:
                    if record[CONTENT].__class__ is crash.pin:
                        crash.nth -= 1
                        if crash.nth == 0:
                            victim = self._victim(crash, self._world.process(record[PROCESS]), proposers)
            if victim != NOBODY and self._world.alive(victim):
                self._coming.remove(crash)
                self._die(victim, crash)

    def milestone(self) -> None:
        """Count down for those who are away, and let them come back."""
        if not self._away:
            return
        away, self._away = [(process, left - 1) for process, left in self._away], []
        for process, left in away:
            if left > 0:
                self._away.append((process, left))
            else:
                self._world.restart(process)

    def all_back(self) -> bool:
        """Let everybody come back who will; whether there was anybody."""
        away, self._away = self._away, []
        for process, _ in away:
            self._world.restart(process)
        return bool(away)

    def _victim(self, crash: Crash, reporter: int, proposers: list[int]) -> int:
        if crash.pin is Decided or (crash.of_proposer != (reporter in proposers)):
            return self._somebody(crash.of_proposer, proposers)
        return reporter

    def _somebody(self, of_proposer: bool, proposers: list[int]) -> int:
        world, chance = self._world, self._chance
        among = proposers if of_proposer else world.voters
        up = [process for process in among if world.alive(process)]
        return up[chance.between(0, len(up) - 1)] if up else NOBODY

    def _die(self, victim: int, crash: Crash) -> None:
        world = self._world
        sent = [letter for letter in world.fresh if world.process(letter.source) == victim]
        world.kill(victim)
        if sent and self._chance.chance(3, 10):
            for letter in sent:
                world.lose(letter)
        if crash.back_after == 0:
            world.restart(victim)
        elif crash.back_after > 0:
            self._away.append((victim, crash.back_after))
