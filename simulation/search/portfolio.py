"""``reach``, ``late``, ``swarm`` and ``pct``, each with a share of the runs: none of them finds everything.

The shares do not know the bug. They are those with which no planted bug stays hidden for long.
"""

from __future__ import annotations

from simulation.kernel import Stream
from simulation.search import clocked, pct, reach
from simulation.search.attempts import weighted
from simulation.search.world import World

SHARES = ((0, 70), (1, 18), (2, 7), (3, 5))

_PLAYS = (reach.play, clocked.late, clocked.swarm, pct.play)


def play(world: World, chance: Stream) -> None:
    """One of them."""
    _PLAYS[weighted(chance, SHARES)](world, chance)
