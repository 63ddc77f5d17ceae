"""The steps of the protocol that a held message waits for."""

from __future__ import annotations

from typing import Final

from simulation.kernel import Stream
from simulation.protocols.reports import BallotStarted, Decided, ValueAsked
from simulation.search.world import World
from simulation.trace.record import CONTENT

MILESTONES: Final = frozenset((BallotStarted, ValueAsked, Decided))
"""An attempt begins, a quorum has promised, a decision is learned."""

MOST: Final = 5


def milestones_in(world: World) -> int:
    """How many of them the last move brought."""
    return sum([record[CONTENT].__class__ in MILESTONES for record in world.said])


def some_milestones(chance: Stream) -> int:
    """For how many to wait: mostly until an attempt of somebody else has asked for votes or has them."""
    return chance.between(2, 4) if chance.chance(4, 5) else chance.between(1, MOST)
