"""What can go wrong between processes, as data. Within a process nothing gets lost."""

from __future__ import annotations

from msgspec import Struct

from simulation.faults.kinds import Fault, Wording


class LinkFault(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """The root of the faults that hit messages and not processes, for as long as they last."""


class Cut(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """No message gets through."""


class Lose(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """Each message is lost with this chance, out of a thousand."""

    per_mille: int


class Delay(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """Each message takes so much longer, uniform, both ends in."""

    low_us: int
    high_us: int


class Spike(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """Each message takes so much longer with this chance, out of a thousand."""

    per_mille: int
    low_us: int
    high_us: int


class Reorder(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """With this chance a message is held back so long, and those behind it do not wait for it."""

    per_mille: int
    low_us: int
    high_us: int


class Clog(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """Messages wait until the fault is over, and then arrive together."""


class Duplicate(LinkFault, frozen=True, array_like=True, tag=True, gc=False):
    """With this chance a message that arrives does so once more, so much later."""

    per_mille: int
    low_us: int
    high_us: int


LINK_FAULTS: dict[str, Wording] = {
    "cut": Wording("No message from the first to the second gets through", ("cut SET to SET",)),
    "partition": Wording(
        "The same in both directions; in a ring, everybody is left with a majority of the set, no two with"
        " the same",
        ("partition SET from SET", "partition SET in a ring"),
    ),
    "isolate": Wording("The same between the set and everybody else", ("isolate SET",)),
    "lose": Wording("Each message is lost with this chance", ("lose 10%", "lose 10% from SET to SET")),
    "delay": Wording(
        "Each message takes so much longer; where messages keep their order, later ones wait",
        ("delay 5ms..20ms", "delay 5ms from SET to SET"),
    ),
    "spike": Wording(
        "A share of the messages takes so much longer",
        ("spike 5% by 50ms..200ms", "spike 5% by 50ms from SET to SET"),
    ),
    "reorder": Wording(
        "A share of the messages is held back, up to 5 ms where no time is given, and the others overtake it",
        ("reorder 20%", "reorder 20% by 1ms..9ms from SET to SET"),
    ),
    "duplicate": Wording(
        "A share of the messages arrives a second time, within 1 ms where no time is given",
        ("duplicate 5%", "duplicate 5% after 10ms..500ms from SET to SET"),
    ),
    "clog": Wording(
        "Messages are kept until it is over, which 'for' has to say, and then arrive together",
        ("clog SET to SET", "clog SET in a ring"),
    ),
}
"""The words for them in a scenario."""


class LinksHit(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """From now on ``fault`` hits messages from ``sources`` to ``destinations``, and back where ``both``."""

    fault: LinkFault
    sources: tuple[int, ...]
    destinations: tuple[int, ...]
    both: bool
    reason: str

    def pairs(self) -> frozenset[tuple[int, int]]:
        """From whom to whom messages are hit."""
        found = {(source, destination) for source in self.sources for destination in self.destinations}
        if self.both:
            found |= {(destination, source) for source, destination in found}
        return frozenset(found)


class RingHit(LinksHit, frozen=True, array_like=True, tag=True, gc=False):
    """As ``LinksHit`` within a ring, but for neighbours: each keeps a majority, no two the same."""

    def pairs(self) -> frozenset[tuple[int, int]]:
        """From whom to whom messages are hit: between those who are no neighbours on the ring."""
        ring = self.sources
        count, reach = len(ring), ring_reach(len(ring))
        return frozenset(
            (ring[place], ring[(place + steps) % count])
            for place in range(count)
            for steps in range(reach + 1, count - reach)
        )


RING_LEAST = 4
"""So many processes a ring has at least: of three, each would be left with all."""


def ring_reach(count: int) -> int:
    """So many neighbours on either side are the fewest that make a majority of ``count`` with oneself."""
    return (count // 2 + 1) // 2


class LinksHealed(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The fault of this ``reason`` is over; so many ``messages`` felt it."""

    reason: str
    messages: int
