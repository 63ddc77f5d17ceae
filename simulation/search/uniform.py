"""Whatever can happen next is equally likely: a random walk."""

from __future__ import annotations

from simulation.kernel import Stream
from simulation.search.attempts import Attempts
from simulation.search.crashes import Crashes
from simulation.search.world import World


def play(world: World, chance: Stream) -> None:
    """Any message that may arrive, or another attempt, until nothing is left."""
    attempts = Attempts(world, chance)
    crashes = Crashes(world, chance)
    while True:
        arrivals = world.arrivals()
        starts = len(attempts.candidates()) if attempts.left else 0
        if not arrivals and not starts:
            if not crashes.all_back():
                return
            continue
        pick = chance.between(0, len(arrivals) + starts - 1)
        if pick < len(arrivals):
            world.deliver(arrivals[pick], keep=not world.fifo and chance.chance(1, 50))
        else:
            attempts.begin()
        crashes.noticed(attempts.proposers)
        crashes.milestone()
