"""The bounds of an exploration, and the machines in it."""

from __future__ import annotations

from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from simulation.errors import InputError
from simulation.explore.naming import FAR
from simulation.protocols.inputs import Propose
from simulation.protocols.machine import Config, Machine
from simulation.protocols.quorum import majority
from simulation.protocols.registry import Protocol

NETWORKS = ("copies", "set")
ORDERS = ("mixed", "depth", "breadth")


class Setting(Struct, frozen=True):
    """Who takes part, what may go wrong how often, and how it is looked at.

    ``attempts`` are the ballots that each proposer may begin: it says so with ``BallotStarted``.
    Fewer attempts are explored first, and what is counted is the last of these searches.
    ``crashes`` are deaths of acceptors, each followed by another life with what is durable;
    ``duplicates`` are copies that the network adds. With ``network="set"`` every message may
    arrive any number of times, as in TLA+ specifications of protocols. ``order`` is "depth" or
    "breadth" first, which finds shortest ways, or "mixed": the newest situation and the oldest
    in turn, which learns soonest what can happen at all. ``acceptors_wait`` lets timers of
    acceptors fire, too. Messages of the kinds ``at_once`` arrive in the move that sends them.

    Not ``symmetric``, acceptors are told apart: for protocols that put them in order. Not
    ``forgetful``, nothing is dropped but moves that nobody would notice: a message that arrives
    and has no effect might as well not arrive.
    """

    protocol: Protocol
    acceptors: int = 3
    proposers: int = 2
    attempts: tuple[int, ...] = (2, 2)
    crashes: int = 0
    duplicates: int = 0
    network: str = "copies"
    order: str = "mixed"
    symmetric: bool = True
    forgetful: bool = True
    acceptors_wait: bool = False
    at_once: tuple[type, ...] = ()

    @property
    def participants(self) -> int:
        """How many machines there are."""
        return self.acceptors + self.proposers

    @property
    def first(self) -> int:
        """The address of the first machine; the others count on from it."""
        return FAR if self.symmetric else 0

    @property
    def quorum(self) -> int:
        """How many votes in one ballot choose a value."""
        return majority(self.acceptors)

    @property
    def names(self) -> tuple[str, ...]:
        """What the machines are called, in the order of their addresses."""
        acceptors = [f"a{number + 1}" for number in range(self.acceptors)]
        return (*acceptors, *[f"p{number + 1}" for number in range(self.proposers)])

    def value_of(self, place: int) -> int:
        """What the client of the proposer at ``place`` wants: 1, 2..."""
        return place - self.acceptors + 1

    def attempts_of(self, place: int) -> int:
        """How many ballots the machine at ``place`` may begin."""
        return self.attempts[place - self.acceptors] if place >= self.acceptors else max(self.attempts)

    def has_clients(self) -> bool:
        """Whether the protocol's machines take proposals at all."""
        return Propose in self.protocol.components[0].handlers

    def machines(self) -> tuple[Machine, ...]:
        """The acceptors, which are each other's peers, and the proposers, who are nobody's."""
        (kind,) = self.protocol.components
        addresses = range(self.first, self.first + self.participants)
        peers = tuple(addresses[: self.acceptors])
        built = [kind(Config(address, self.names, address, peers, (address,))) for address in addresses]
        for machine in built:
            machine.seal()
        return tuple(built)


def checked(setting: Setting) -> Setting:
    """``setting``, if it can be explored. Raises ``InputError`` where not."""
    if len(setting.protocol.components) != 1:
        raise InputError(
            f"explore: {setting.protocol.name} has {len(setting.protocol.components)} machines in each"
            " process; only protocols with one can be explored"
        )
    for word, known in ((setting.network, NETWORKS), (setting.order, ORDERS)):
        if word not in known:
            raise InputError(f"explore: {word!r} is none of {', '.join(map(repr, known))}")
    for name, least in (
        ("acceptors", 1),
        ("proposers", 1),
        ("crashes", 0),
        ("duplicates", 0),
    ):
        if getattr(setting, name) < least:
            raise InputError(f"explore: {name} must be at least {least}")
    if min(setting.attempts) < 1:
        raise InputError("explore: attempts must be at least 1")
    return setting


def smaller_first(setting: Setting) -> list[Setting]:
    """``setting`` with all fewer attempts of each proposer, fewest together first, itself last.

    What goes wrong with few attempts is found long before a search with many comes to it.
    """
    every = product(*[range(1, most + 1) for most in setting.attempts])
    return [replace(setting, attempts=one) for one in sorted(every, key=lambda one: (sum(one), one))]
