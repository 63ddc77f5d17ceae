"""Which peers there are, and which of them are installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

from msgspec import Struct

from benchmarks.workloads import Decree

PEERS: Final = ("detangle", "seedloop", "simloop", "simloom", "samesim")
"""In the order in which they take turns. Each is a distribution and a package of that name."""


class Peer(Struct, frozen=True):
    """A peer that is installed. ``decide`` makes one run with a seed."""

    name: str
    version: str
    decide: Callable[[int], Decree]


def installed() -> tuple[Peer, ...]:
    """The peers that this Python has."""
    return tuple(_peer(name) for name in PEERS if find_spec(name))


def missing() -> tuple[str, ...]:
    """The names of the others."""
    return tuple(name for name in PEERS if not find_spec(name))


def _peer(name: str) -> Peer:
    # Only now: the module imports the peer.
    module = import_module(f"benchmarks.peers.on_{name}")
    return Peer(name, version(name), module.decide)
