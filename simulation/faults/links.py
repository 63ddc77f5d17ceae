"""What can go wrong between processes, as data. Within a process nothing gets lost."""

from __future__ import annotations

from msgspec import Struct

from simulation.faults.kinds import Fault


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


LINK_FAULTS: dict[str, str] = {
    "cut": "Messages from some processes to others are lost: cut SET to SET",
    "partition": "The same in both directions: partition SET from SET",
    "isolate": "The same between some processes and everybody else: isolate SET",
    "lose": "A share of messages is lost: lose 10%, lose 10% from SET to SET",
    "delay": "Messages take longer: delay 5ms..20ms, delay 5ms from SET to SET",
    "spike": "A share of messages takes longer: spike 5% by 50ms..200ms, spike 5% by 50ms from SET to SET",
    "reorder": "A share of messages is overtaken: reorder 20%, reorder 20% by 1ms..5ms from SET to SET",
    "duplicate": "A share arrives twice: duplicate 5%, duplicate 5% after 10ms..500ms from SET to SET",
    "clog": "Messages are kept, and arrive together when it is over: clog SET to SET",
}
"""The words for them in a scenario, each with what ``simulation list`` says."""


class LinksHit(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """From now on ``fault`` hits messages from ``sources`` to ``destinations``, and back where ``both``."""

    fault: LinkFault
    sources: tuple[int, ...]
    destinations: tuple[int, ...]
    both: bool
    reason: str


class LinksHealed(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The fault of this ``reason`` is over; so many ``messages`` felt it."""

    reason: str
    messages: int
