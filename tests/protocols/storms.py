"""Arbitrary schedules for whole protocols, and what came of them."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from simulation.protocols import reports
from simulation.protocols.quorum import majority
from simulation.protocols.registry import Protocol
from simulation.protocols.reports import Ballot
from tests.protocols.playground import Playground

SEEDS = st.integers(0, 2**32)
SIZES = st.sampled_from([1, 2, 3, 4, 5, 7])
SHARES = st.sampled_from([0.0, 0.05, 0.15, 0.4])
MANY = settings(max_examples=150, deadline=None)


def stormed(
    protocol: Protocol, size: int, seed: int, *, trouble: float = 0.15, crashes: float = 0.02
) -> Playground:
    """A run of seven storms in which clients here and there propose a value of their own."""
    world = Playground(protocol, size, seed)
    for value in range(100, 107):
        process = world.random.randrange(size)
        if world.alive[process]:
            world.propose(process, value)
        world.storm(20, trouble=trouble, crashes=crashes)
    return world


def chosen(world: Playground) -> set[int]:
    """The values for which a quorum has voted in one ballot, whether anybody knows or not."""
    voters: dict[tuple[Ballot, int], set[int]] = {}
    for process, report in world.reported:
        if isinstance(report, reports.Accepted):
            voters.setdefault((report.ballot, report.value), set()).add(process)
    quorum = majority(world.participants)
    return {value for (_, value), voted in voters.items() if len(voted) >= quorum}


def learned(world: Playground) -> set[int]:
    """The values that some process has learned as the decision."""
    return {report.value for report in world.said(reports.Decided)}


def proposed(world: Playground) -> set[int]:
    """The values that clients have proposed."""
    return {report.value for report in world.said(reports.Proposed)}
