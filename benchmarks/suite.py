"""Who takes part: every way of doing every workload, in the order in which they take turns."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from random import Random
from typing import Final

from msgspec import Struct

from benchmarks import bare, project, textbook
from benchmarks.peers.roster import Peer
from benchmarks.stopwatch import Contender
from benchmarks.workloads import NODES, expected_decree, expected_wandering

W1: Final = "W1"
PAXOS: Final = "Paxos, 25 deliveries"

BARE: Final = "bare heapq"
UNSEEDED: Final = "bare heapq, never seeded again"
TEXTBOOK: Final = "textbook SimPy"
PROJECT: Final = "simulation, trace and digest"


class Size(Struct, frozen=True):
    """How much one round holds. ``slow_`` is for textbook SimPy and peers, which need less of it.

    ``hops`` are deliveries per token of W1, ``runs`` runs of Paxos, ``crashes`` and
    ``simples`` seeds of those scenarios, ``crowds`` the numbers of participants whose
    cost per event is compared, each with about ``crowd_events`` events.
    """

    rounds: int
    hops: int
    slow_hops: int
    runs: int
    slow_runs: int
    crashes: int
    simples: int
    crowds: tuple[int, ...]
    crowd_events: int


_CROWDS: Final = (3, 5, 7, 11, 25, 51, 101)

FULL: Final = Size(15, 4_000, 600, 2_000, 250, 12, 80, _CROWDS, 20_000)
QUICK: Final = Size(5, 1_000, 200, 600, 80, 4, 20, _CROWDS, 5_000)
SMOKE: Final = Size(1, 20, 20, 5, 5, 1, 1, (3, 5), 1)


def name(workload: str, way: str) -> str:
    """What a contender is called."""
    return f"{workload} on {way}"


def verify(size: Size, peers: Sequence[Peer]) -> None:
    """Do all the work once, untimed, and compare what came of it.

    Raises ``AssertionError`` where a way delivers or decides something else.
    """
    wandering = expected_wandering(size.slow_hops)
    _same(W1, BARE, bare.wander(size.slow_hops, Random(1)), wandering)
    _same(W1, TEXTBOOK, textbook.wander(size.slow_hops, Random(1)), wandering)
    _same(W1, PROJECT, project.Wanderers(size.slow_hops).outcome(1), wandering)
    decrees = project.Decrees()
    for seed in range(size.slow_runs):
        _same(PAXOS, BARE, bare.decide(Random(seed)), expected_decree())
        _same(PAXOS, TEXTBOOK, textbook.decide(Random(seed)), expected_decree())
        _same(PAXOS, PROJECT, decrees.outcome(seed), expected_decree())
        for peer in peers:
            _same(PAXOS, peer.name, peer.decide(seed), expected_decree())


def _same(workload: str, way: str, outcome: Struct, expected: Struct) -> None:
    if outcome != expected:
        raise AssertionError(f"{name(workload, way)} came to {outcome}, not to {expected}")


def wanderings(size: Size) -> list[Contender]:
    """W1, counted in deliveries."""
    ours = project.Wanderers(size.hops)

    def on_bare() -> int:
        bare.wander(size.hops, Random(1))
        return NODES * size.hops

    def on_textbook() -> int:
        textbook.wander(size.slow_hops, Random(1))
        return NODES * size.slow_hops

    def on_project() -> int:
        ours.digest(1)
        return NODES * size.hops

    return [
        Contender(name(W1, BARE), on_bare),
        Contender(name(W1, TEXTBOOK), on_textbook),
        Contender(name(W1, PROJECT), on_project),
    ]


def decrees(size: Size) -> list[Contender]:
    """Paxos, counted in runs. Run number k has the seed k everywhere."""
    ours = project.Decrees()
    shared = Random(1)

    def on_bare() -> int:
        for seed in range(size.runs):
            bare.decide(Random(seed))
        return size.runs

    def on_one_stream() -> int:
        for _ in range(size.runs):
            bare.decide(shared)
        return size.runs

    def on_textbook() -> int:
        for seed in range(size.slow_runs):
            textbook.decide(Random(seed))
        return size.slow_runs

    def on_project() -> int:
        for seed in range(size.runs):
            ours.digest(seed)
        return size.runs

    return [
        Contender(name(PAXOS, BARE), on_bare),
        Contender(name(PAXOS, UNSEEDED), on_one_stream),
        Contender(name(PAXOS, TEXTBOOK), on_textbook),
        Contender(name(PAXOS, PROJECT), on_project),
    ]


def peer_decrees(size: Size, peers: Sequence[Peer]) -> list[Contender]:
    """Paxos on each peer, counted in runs. Run number k has the seed k here too."""
    return [_peer(peer, size.slow_runs) for peer in peers]


def _peer(peer: Peer, runs: int) -> Contender:
    def on_peer() -> int:
        # Some peers collect garbage at the end of every run. They shall pay for what they left,
        # not for looking through all that the other contenders have loaded and keep.
        gc.freeze()
        try:
            for seed in range(runs):
                peer.decide(seed)
        finally:
            gc.unfreeze()
        return runs

    return Contender(name(PAXOS, peer.name), on_peer)
