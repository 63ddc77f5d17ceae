"""Liveness under fair schedules: every message comes within a bound, nobody dies, clients wait."""

from __future__ import annotations

import heapq
from collections.abc import Callable

import pytest

from simulation.planted import BUGS, CONTROLS, NEVER_BACKS_OFF, REFUSES_ITS_PROMISE, Planted
from simulation.protocols import Protocol
from simulation.protocols.reports import ValueAsked
from simulation.protocols.textbook.messages import Accept
from tests.protocols.playground import Envelope, Playground
from tests.protocols.storms import learned

MS = 1_000

SECOND_CLIENT_US = 3 * MS
"""After the first proposer has its promises, before its accepts arrive."""

LONG_US = 900 * MS
"""Hundreds of ballots; shorter than anybody's patience with a decision that does not come."""


class Timed(Playground):
    """A playground in which every message takes its time: accepts 3 ms, all others 1 ms."""

    def __init__(self, protocol: Protocol, seed: int = 0) -> None:
        super().__init__(protocol, 3, seed)
        self.under_way: list[tuple[int, int, Envelope]] = []
        self.sent = 0

    def run(self, until_us: int) -> None:
        """Everything that happens before ``until_us``, or before somebody has decided."""
        while not learned(self):
            self._depart()
            timers = [(deadline, *key) for key, deadline in self.timers.items()]
            next_timer = min(timers, key=lambda timer: timer[:2], default=None)
            next_arrival = self.under_way[0][0] if self.under_way else until_us
            if next_timer is not None and next_timer[0] < min(next_arrival, until_us):
                self.fire(*next_timer[1:])
            elif next_arrival < until_us:
                self.now_us, _, envelope = heapq.heappop(self.under_way)
                self.give(envelope.destination, envelope.message, envelope.source)
            else:
                break
        self.now_us = until_us

    def _depart(self) -> None:
        for envelope in self.in_flight:
            takes_us = 3 * MS if isinstance(envelope.message, Accept) else MS
            self.sent += 1
            heapq.heappush(self.under_way, (self.now_us + takes_us, self.sent, envelope))
        self.in_flight.clear()


def duel(protocol: Protocol, seed: int = 0) -> Timed:
    """A world in which two clients propose, the second at the worst moment."""
    world = Timed(protocol, seed)
    world.propose(0, 1)
    world.run(SECOND_CLIENT_US)
    world.propose(1, 2)
    world.run(LONG_US)
    return world


def alone(protocol: Protocol, seed: int = 0) -> Timed:
    """A world in which one client proposes and nothing is in its way."""
    world = Timed(protocol, seed)
    world.propose(0, 1)
    world.run(LONG_US)
    return world


def test_nothing_is_decided_when_acceptors_refuse_what_they_have_promised() -> None:
    world = alone(REFUSES_ITS_PROMISE)
    assert learned(world) == set()
    assert len(world.said(ValueAsked)) > 5


def test_nothing_is_decided_when_two_proposers_duel_and_neither_backs_off() -> None:
    world = duel(NEVER_BACKS_OFF)
    assert learned(world) == set()
    assert len(world.said(ValueAsked)) > 200


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("schedule", [alone, duel], ids=lambda schedule: schedule.__name__)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_correct_protocol_decides_in_the_same_schedule(
    control: Planted, schedule: Callable[[Protocol, int], Timed], seed: int
) -> None:
    assert len(learned(schedule(control.protocol, seed))) == 1


def test_every_bug_of_liveness_is_here() -> None:
    stuck = [bug.protocol for bug in BUGS if bug.violates == "termination"]
    assert stuck == [REFUSES_ITS_PROMISE, NEVER_BACKS_OFF]
