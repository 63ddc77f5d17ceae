"""A duel of two proposers before three acceptors, with nothing proposed yet."""

from __future__ import annotations

from typing import Any

from simulation import load
from simulation.cluster import Cluster
from simulation.kernel import Entropy, Purpose, Stream
from simulation.protocols import find_protocol
from simulation.scenario import plan
from simulation.search import timeless
from simulation.search.world import Letter, World

FIRST, SECOND = 3, 4
"""The processes that propose. Before them are three that vote."""


def duel(**overrides: Any) -> World:
    """The world of ``scenarios/duel.toml``, with these overrides."""
    planned = plan(load("duel", strategy="reach", **overrides), 0)
    voters = len(planned.voters)
    cluster = Cluster(find_protocol(planned.protocol), planned.names, timeless(planned.conditions), voters)
    return World(cluster, planned)


def chance(seed: int = 0) -> Stream:
    """A stream of chance."""
    return Entropy(seed).stream(Purpose.STRATEGY)


def letters(world: World, kind: str) -> list[Letter]:
    """The messages of this type that are on their way, by destination."""
    found = [letter for letter in world.pending if letter.name[3] == kind]
    return sorted(found, key=lambda letter: letter.destination)
