"""A counterexample done again without the explorer: machines, lists, and nothing clever."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from simulation.explore import Asks, Counterexample, Crashes, Delivers, Fires
from simulation.protocols.effects import Effect, Multicast, Persist, Send
from simulation.protocols.inputs import Propose, Restarted, Started
from simulation.protocols.machine import Config, Machine
from simulation.protocols.quorum import majority
from simulation.protocols.registry import Protocol
from simulation.protocols.reports import Accepted, Decided


class PlainWorld:
    """Three acceptors and two proposers; raises ``ValueError`` for a move that cannot be made."""

    def __init__(self, protocol: Protocol, acceptors: int = 3, proposers: int = 2) -> None:
        self.acceptors = acceptors
        names = tuple(f"m{number}" for number in range(acceptors + proposers))
        (kind,) = protocol.components
        peers = tuple(range(acceptors))
        self.machines: list[Machine] = [kind(Config(p, names, p, peers, (p,))) for p in range(len(names))]
        self.states: list[Any] = [None] * len(names)
        self.durable: list[Any] = [None] * len(names)
        self.in_flight: list[tuple[int, int, Any]] = []
        self.votes: dict[tuple[Any, int], set[int]] = defaultdict(set)
        self.values: set[int] = set()
        for place in range(len(names)):
            self.give(place, place, Started())

    def play(self, counterexample: Counterexample) -> set[int]:
        """All values that are chosen or decided in the end."""
        for move in counterexample.moves:
            match move:
                case Asks(process, value):
                    self.give(process, process, Propose(1, 1, value))
                case Delivers():
                    self.deliver(move)
                case Fires(process, timer):
                    self.give(process, process, timer)
                case Crashes(process, during, effects):
                    if during is not None:
                        self.deliver(during, effects)
                    self.states[process] = None
                    self.give(process, process, Restarted(self.durable[process]))
        return self.values

    def deliver(self, move: Delivers, most_effects: int | None = None) -> None:
        packet = (move.source, move.destination, move.message)
        if not move.doubled:
            self.in_flight.remove(packet)
        elif packet not in self.in_flight:
            raise ValueError(f"{packet} is not in flight")
        self.give(move.destination, move.source, move.message, most_effects)

    def give(self, place: int, sender: int, content: Any, most_effects: int | None = None) -> None:
        self.states[place], effects = self.machines[place].step(self.states[place], sender, content)
        for effect in effects[:most_effects]:
            self.carry_out(place, effect)

    def carry_out(self, place: int, effect: Effect) -> None:
        match effect:
            case Send(to, message):
                self.in_flight.append((place, to, message))
            case Multicast(to, message):
                self.in_flight += [(place, one, message) for one in to]
            case Persist(record):
                self.durable[place] = record
            case Accepted(_, ballot, value):
                self.votes[ballot, value].add(place)
                if len(self.votes[ballot, value]) >= majority(self.acceptors):
                    self.values.add(value)
            case Decided(_, value):
                self.values.add(value)
