"""One fault at each step of the protocol in turn: the seed says which step and which fault.

The run is an ordinary one otherwise: the oldest message arrives first, and the next attempt
begins when none is left. A step is a report of the kinds that the protocol publishes
(``Protocol.steps``). Seeds 0, 1, 2... enumerate: every fault at the first step, then at the second.
"""

from __future__ import annotations

from typing import Final

from simulation.kernel import Stream
from simulation.search.attempts import Attempts
from simulation.search.world import Letter, World
from simulation.trace.record import PROCESS

MOST_STEPS: Final = 64

KILL, KILL_AND_RESTART, MUTE, DEAF = range(4)
"""The process of the step dies; dies and comes back; is not heard, or hears nothing, until two more
attempts have begun."""

FAULTS: Final = 4
ATTEMPTS: Final = 4


class Steps:
    """One run of the strategy."""

    def __init__(self, world: World, chance: Stream) -> None:
        seed = world.seed
        self._world = world
        self._attempts = Attempts(world, chance, ATTEMPTS)
        self._fault = seed % FAULTS if world.restarts else MUTE + seed % 2
        self._step = seed // FAULTS % MOST_STEPS
        self._until = 0
        self._victim = -1

    def play(self) -> None:
        """Attempt after attempt, with the fault where its step comes."""
        self._settle()
        while self._attempts.begin():
            self._notice()
            self._settle()
        self._victim = -1
        self._settle()

    def _settle(self) -> None:
        while True:
            letter = next((one for one in self._world.arrivals() if not self._held(one)), None)
            if letter is None:
                return
            self._world.deliver(letter)
            self._notice()

    def _held(self, letter: Letter) -> bool:
        if self._victim < 0 or self._attempts.begun >= self._until:
            return False
        world = self._world
        address = letter.source if self._fault == MUTE else letter.destination
        return world.process(address) == self._victim and letter.source != letter.destination

    def _notice(self) -> None:
        world = self._world
        for record in world.said:
            self._step -= 1
            if self._step == -1:
                self._strike(world.process(record[PROCESS]))
                return

    def _strike(self, victim: int) -> None:
        world = self._world
        if self._fault in (KILL, KILL_AND_RESTART):
            if world.alive(victim):
                world.kill(victim)
            if self._fault == KILL_AND_RESTART:
                world.restart(victim)
        else:
            self._victim, self._until = victim, self._attempts.begun + 2


def play(world: World, chance: Stream) -> None:
    """One run of the strategy."""
    Steps(world, chance).play()
