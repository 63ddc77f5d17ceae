"""Who may try next: a client that asks, or a proposer whose wait is over."""

from __future__ import annotations

from typing import Final

from simulation.kernel import Entry, Stream
from simulation.search.world import World

SHARES: Final = ((2, 35), (3, 20), (4, 30), (6, 10), (8, 5))
"""How many attempts a run has, and in how many runs of a hundred."""

ROUNDS: Final = (0, 0, 30)
"""How often the other timers go off before an attempt, of a hundred; one of them for each run."""

WARM_UP: Final = 2
"""So often all timers go off at first, where some are set from the start: leaders get elected."""


class Attempts:
    """The attempts of one run: a budget, and whose turn it is.

    A process that waits for an answer tries again when its timer goes off: one of the types that
    the protocol names (``Protocol.retries``), or any where it names none. All other timers, an
    elector's for example, go off between attempts and cost nothing.
    """

    def __init__(
        self, world: World, chance: Stream, budget: int | None = None, *, rounds: bool = True
    ) -> None:
        self._world = world
        self._chance = chance
        self._retries = world.cluster.protocol.retries
        self._last = -1
        self._warm_up = WARM_UP if self._retries and world.timers() else 0
        self._rounds = ROUNDS[chance.between(0, 2)] if self._retries and rounds else 0
        self._may_round = True
        self.rounds: set[int] = set()
        """The roots of what those other timers bring about."""
        self.left = weighted(chance, SHARES) if budget is None else budget
        self.begun = 0
        self.proposers: list[int] = []
        """Who has begun one, each once, in the order of their first ones."""

    def candidates(self) -> list[tuple[int, Entry | None]]:
        """Who may begin one now: (process, the timer that has to go off; None for a client's call)."""
        world = self._world
        found: list[tuple[int, Entry | None]] = [(p, None) for p in range(world.count) if world.askable(p)]
        waits = [
            entry for entry in world.timers() if not self._retries or isinstance(entry[7], self._retries)
        ]
        return found + [(world.process(entry[6]), entry) for entry in waits]

    def begin(self) -> bool:
        """Let somebody begin one, nine times in ten another than the last; False where nobody can.

        Or let other timers go off, when it is time for that; the attempt is then still to come.
        """
        if not self.left:
            return False
        if self._other_timers():
            return True
        self._may_round = True
        found = self.candidates()
        others = [one for one in found if one[0] != self._last]
        if others and (len(others) == len(found) or self._chance.chance(9, 10)):
            found = others
        if not found:
            return False
        process, timer = found[self._chance.between(0, len(found) - 1)]
        self._count(process)
        if timer is None:
            self._world.ask(process)
        else:
            self._world.fire(timer)
        return True

    def _count(self, process: int) -> None:
        self.left -= 1
        self.begun += 1
        self._last = process
        if process not in self.proposers:
            self.proposers.append(process)

    def _other_timers(self) -> bool:
        """Let them go off if it is their turn: of everybody, or once in four times of one process."""
        whose = -1
        if self._warm_up:
            self._warm_up -= 1
        elif self._may_round and self._rounds and self._chance.chance(self._rounds, 100):
            self._may_round = False
            if self._chance.chance(1, 4):
                whose = self._chance.between(0, self._world.count - 1)
        else:
            return False
        world = self._world
        due = [entry for entry in world.timers() if not isinstance(entry[7], self._retries)]
        due = [entry for entry in due if whose in (-1, world.process(entry[6]))]
        fresh = []
        for entry in due:
            if world.is_set(entry):
                world.fire(entry)
                self.rounds.add(world.root)
                fresh += world.fresh
        world.fresh = fresh
        return bool(due)


def weighted(chance: Stream, shares: tuple[tuple[int, int], ...]) -> int:
    """One of the numbers, each with its share of the sum of all shares."""
    point = chance.between(0, sum(share for _, share in shares) - 1)
    for number, share in shares:
        point -= share
        if point < 0:
            return number
    return shares[-1][0]
