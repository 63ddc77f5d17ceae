"""Priorities over links, and a few changes of them.

Source: Burckhardt and others, *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs*
(ASPLOS 2010), with links in the place of threads: of all that can happen, what has the highest
priority does. At a few points of the run whatever has just been chosen falls to the lowest. A bug
that needs so few reversals is found with a chance that has a lower bound.
"""

from __future__ import annotations

from typing import Final

from simulation.kernel import Stream
from simulation.search.attempts import Attempts
from simulation.search.crashes import Crashes
from simulation.search.milestones import milestones_in
from simulation.search.world import World

CHANGES: Final = 4
LENGTH: Final = 50
"""So many moves a run is thought to have when points of change are drawn."""

ATTEMPT: Final = (-1, -1)
"""The link of what is no message."""


def play(world: World, chance: Stream) -> None:
    """Whatever has the highest priority, until nothing can happen."""
    attempts, crashes = Attempts(world, chance), Crashes(world, chance)
    priorities: dict[tuple[int, int], int] = {}
    changes = {chance.between(1, LENGTH) for _ in range(CHANGES)}
    lowest, moves = 0, 0
    while True:
        arrivals = world.arrivals()
        links = [(letter.source, letter.destination) for letter in arrivals]
        if attempts.left and attempts.candidates():
            links.append(ATTEMPT)
        if not links:
            if not crashes.all_back():
                return
            continue
        for link in links:
            if link not in priorities:
                priorities[link] = chance.between(1, 1 << 32)
        best = max(links, key=priorities.__getitem__)
        moves += 1
        if moves in changes:
            lowest -= 1
            priorities[best] = lowest
            best = max(links, key=priorities.__getitem__)
        if best == ATTEMPT:
            attempts.begin()
        else:
            world.deliver(arrivals[links.index(best)])
        passed = milestones_in(world)
        crashes.noticed(attempts.proposers)
        for _ in range(passed):
            crashes.milestone()
