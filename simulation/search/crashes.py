"""Crashes within a budget: who dies, at which step of the protocol, and when it is back."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from simulation.kernel import Stream
from simulation.protocols.reports import Accepted, Decided, Promised, ValueAsked
from simulation.search.world import World
from simulation.trace.record import CONTENT, PROCESS

Budgets = tuple[tuple[tuple[bool, ...], int], ...]
"""Deaths, each of one who proposes or not, with the share of runs that have them."""

NOBODY_DIES: Final[Budgets] = (((), 1),)

SOMEBODY_DIES: Final[Budgets] = (((False,), 40), ((True,), 35), ((False, True), 25))

BUDGETS: Final[Budgets] = (((), 45), ((False,), 20), ((True,), 20), ((False, True), 15))
"""What is drawn from where nothing else is asked for."""

PINS: Final = ((Promised, 2, True), (Accepted, 3, False), (ValueAsked, 2, False), (Decided, 1, False))
"""Where a death may be pinned: at the second promise of one process, at one of the first three votes,
at one of the first two quorums of promises, at the first decision."""

PINNED: Final = 70
TO_COME_AGAIN: Final = 30
"""In so many lives of a hundred, messages of earlier ones come again."""

NOBODY: Final = -1


class Crash(Struct):
    """One death that is to come: at the ``nth`` report of the type ``pin``, or of a process, or at any move.

    It is restarted at once, or ``back_after`` so many milestones; never for -1.
    """

    of_proposer: bool
    pin: type | None
    nth: int
    of_one: bool
    back_after: int


class Crashes:
    """The deaths of one run. Call ``noticed`` after each move."""

    def __init__(self, world: World, chance: Stream, budgets: Budgets = BUDGETS) -> None:
        self._world = world
        self._chance = chance
        self._coming = [
            self._drawn(kind) for kind in _budget(chance, budgets if world.restarts else NOBODY_DIES)
        ]
        self._away: list[tuple[int, int]] = []
        self._counts: dict[tuple[type, int], int] = {}

    def noticed(self, proposers: list[int]) -> None:
        """Kill whoever is due after the last move."""
        if not self._coming:
            return
        said = [
            (record[CONTENT].__class__, self._world.process(record[PROCESS])) for record in self._world.said
        ]
        for report in said:
            self._counts[report] = self._counts.get(report, 0) + 1
        for crash in list(self._coming):
            victim = self._due(crash, said, proposers)
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
                self._back(process)

    def all_back(self) -> bool:
        """Let everybody come back who will; whether there was anybody."""
        away, self._away = self._away, []
        for process, _ in away:
            self._back(process)
        return bool(away)

    def _drawn(self, of_proposer: bool) -> Crash:
        chance = self._chance
        back = -1 if chance.chance(1, 10) else chance.between(0, 9) // 7
        if not chance.chance(PINNED, 100):
            return Crash(of_proposer, None, chance.between(1, 30), False, back)
        pin, most, of_one = PINS[chance.between(0, len(PINS) - 1)]
        return Crash(of_proposer, pin, most if of_one else chance.between(1, most), of_one, back)

    def _due(self, crash: Crash, said: list[tuple[type, int]], proposers: list[int]) -> int:
        """Who has to die of this crash after the last move, or nobody."""
        if crash.pin is None:
            crash.nth -= 1
            return self._somebody(crash.of_proposer, proposers) if crash.nth <= 0 else NOBODY
        for kind, reporter in said:
            if kind is not crash.pin:
                continue
            if crash.of_one:
                if self._counts[kind, reporter] == crash.nth:
                    return self._victim(crash, reporter, proposers)
            else:
                crash.nth -= 1
                if crash.nth == 0:
                    return self._victim(crash, reporter, proposers)
        return NOBODY

    def _victim(self, crash: Crash, reporter: int, proposers: list[int]) -> int:
        if crash.pin is Decided or (crash.of_proposer and reporter not in proposers):
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
            self._back(victim)
        elif crash.back_after > 0:
            self._away.append((victim, crash.back_after))

    def _back(self, process: int) -> None:
        world, chance = self._world, self._chance
        world.restart(process)
        if not world.fifo and chance.chance(TO_COME_AGAIN, 100):
            for letter in world.arrived_at(process):
                if chance.chance(1, 2):
                    world.send_again(letter)


def _budget(chance: Stream, budgets: Budgets) -> tuple[bool, ...]:
    point = chance.between(0, sum(share for _, share in budgets) - 1)
    for budget, share in budgets:
        point -= share
        if point < 0:
            return budget
    return ()
