"""A protocol's own machines in every order of events, not in some: small, but exhaustive.

::

    from simulation.explore import explore
    from simulation.protocols.textbook import TEXTBOOK

    explored = explore(TEXTBOOK, acceptors=3, proposers=2, attempts=1)
    assert explored.complete and explored.violation is None

The machines are the same objects that are simulated; time, luck and the driver are gone.
Acceptors are each other's peers. Proposers stand outside of the peers: each has a client
with a value of its own. What can happen next: a client proposes, a timer of a proposer
fires, any copy of a message in flight arrives. No message has to arrive, so loss is in it.

``cast`` are machines with their steps remembered, ``situation`` is what the search tells
apart, ``world`` what can happen in one, ``judge`` what must not, ``search`` goes through
them. Three things make it small: ``symmetry`` (acceptors are alike), ``cover`` (a move that
only makes a machine do less is not made) and ``foresight`` (what can never matter again is
dropped). None of them knows a protocol. ``telling`` does a violation again without any.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.explore.moves import Asks, Crashes, Delivers, Fires, Move
from simulation.explore.result import Counterexample, Exploration
from simulation.explore.search import Progress, search
from simulation.explore.setting import Setting, checked, smaller_first
from simulation.protocols.registry import Protocol

MOST_STATES = 5_000_000


def explore(
    protocol: Protocol,
    *,
    acceptors: int = 3,
    proposers: int = 2,
    attempts: int = 2,
    crashes: int = 0,
    duplicates: int = 0,
    network: str = "copies",
    order: str = "mixed",
    symmetric: bool = True,
    forgetful: bool = True,
    acceptors_wait: bool = False,
    at_once: tuple[type, ...] = (),
    most_states: int = MOST_STATES,
    on_progress: Progress | None = None,
) -> Exploration:
    """Everything that ``protocol`` can come to within these bounds, up to the first violation.

    What each of them means is said at ``Setting``.

    Raises ``InputError`` for what cannot be explored, and ``HarnessError`` for a protocol
    that is explored as symmetric and is not.
    """
    setting = Setting(protocol, acceptors, proposers, (attempts,) * proposers, crashes, duplicates)
    setting = replace(setting, network=network, order=order, symmetric=symmetric, forgetful=forgetful)
    setting = replace(setting, acceptors_wait=acceptors_wait, at_once=at_once)
    work = 0
    for bounds in smaller_first(checked(setting)):
        found = search(bounds, most_states, on_progress)
        work += found.work
        if found.violation is not None or not found.complete:
            break
    return replace(found, work=work)


__all__ = [
    "Asks",
    "Counterexample",
    "Crashes",
    "Delivers",
    "Exploration",
    "Fires",
    "Move",
    "Setting",
    "explore",
]
