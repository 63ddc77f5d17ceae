"""The leader elector: a machine of its own beside each replica, and linked to it.

Once a period it asks all electors for a sign of life and elects, among those that
answered since the previous period, the smallest *name* (as text: p1 < p10 < p11 < p2).
It tells its own replica, and only when the choice has changed. So what is announced is
who was alive one period ago: a process that died since is announced all the same, and
replaced one period later.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

from msgspec import Struct

from simulation.protocols.effects import Effect, Multicast, Send, SetTimer
from simulation.protocols.fields import ProcessSet, bits_of
from simulation.protocols.inputs import Restarted, Started
from simulation.protocols.machine import Config, Machine, Step, handles
from simulation.protocols.paxos.messages import Alive, Heartbeat, Leader, Tick

PERIOD_US = 1_000_000
"""From the start to the first tick, and from tick to tick: one second, as the log has it."""

_HEARTBEAT = Heartbeat()
_ALIVE = Alive()


def _ranked(ranks: int, names: tuple[str, ...]) -> list[int]:
    return [by_rank(names)[rank] for rank in bits_of(ranks)]


Ranks = Annotated[int, ProcessSet(_ranked)]


class Election(Struct, frozen=True, gc=False):
    """An elector's state: who answered (bit ``r`` is the name of rank ``r``), whom it announced."""

    alive: Ranks = 0
    announced: int | None = None


class Elector(Machine):
    """Elects the smallest name that was alive one period ago."""

    finds_peers_by_name = True

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.by_rank = by_rank(config.names)
        self.bits = bits(config.names)
        self.first_peer = config.address - config.process
        self.replica = config.siblings[0]
        self.ask_all = Multicast(config.peers, _HEARTBEAT)
        self.next_tick = SetTimer(Tick(), PERIOD_US, PERIOD_US)

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        """Wait a period before the first question."""
        return Election(), (self.next_tick,)

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        """Begin anew: an elector keeps nothing."""
        return Election(), (self.next_tick,)

    @handles(Tick)
    def on_tick(self, state: Election, sender: int, tick: Tick) -> Step:
        """Ask everybody, elect among those that answered the previous question."""
        effects: tuple[Effect, ...] = (self.ask_all, self.next_tick)
        announced = state.announced
        if state.alive:
            elected = self.by_rank[(state.alive & -state.alive).bit_length() - 1]
            if elected != announced:
                announced = elected
                effects = (self.ask_all, Send(self.replica, Leader(elected)), self.next_tick)
        return Election(0, announced), effects

    @handles(Heartbeat)
    def on_heartbeat(self, state: Election, sender: int, heartbeat: Heartbeat) -> Step:
        """Say that this process lives."""
        return state, (Send(sender, _ALIVE),)

    @handles(Alive)
    def on_alive(self, state: Election, sender: int, alive: Alive) -> Step:
        """Remember who answered."""
        return Election(state.alive | self.bits[sender - self.first_peer], state.announced), ()


@cache
def by_rank(names: tuple[str, ...]) -> tuple[int, ...]:
    """The processes in the order of their names, as text."""
    return tuple(sorted(range(len(names)), key=names.__getitem__))


@cache
def bits(names: tuple[str, ...]) -> tuple[int, ...]:
    """For each process the bit that stands for it: the lowest for the first in ``by_rank``."""
    ranks = by_rank(names)
    return tuple(1 << ranks.index(process) for process in range(len(names)))
