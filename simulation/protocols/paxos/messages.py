"""What replicas and electors say to each other.

Ballots are whole numbers and carry no process: two leaders may use the same one. Safety
does not hang on it, because an acceptor promises only what is strictly above its promise.
"""

from __future__ import annotations

from msgspec import Struct


class Proposal(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A proposer relays its client's value to everybody."""

    instance: int
    value: int


class Leader(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An elector tells its own replica that ``process`` leads."""

    process: int


class Prepare(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1a."""

    instance: int
    ballot: int


class Prepared(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1b: the promise, with the acceptor's last vote if it has one."""

    instance: int
    ballot: int
    vote_ballot: int | None
    vote: int | None


class Accept(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2a."""

    instance: int
    ballot: int
    value: int


class Accepted(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2b, to the leader alone."""

    instance: int
    ballot: int


class Nack(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An acceptor refuses ``ballot``: it has promised ``promised``."""

    instance: int
    ballot: int
    promised: int


class Abandoned(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A leader tells everybody that its ballot was refused; clients are told to try again."""

    instance: int


class Decide(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The decision, to everybody."""

    instance: int
    value: int


class Ask(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A replica that has waited long asks the leader for the decision.

    ``value`` is what it would propose or has voted for, if anything: the leader may have
    missed the relay.
    """

    instance: int
    value: int | None


class Heartbeat(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Elector to elector: are you there?"""


class Alive(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The answer to a heartbeat."""


class Tick(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The elector's timer."""


class Retry(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The leader's timer: try again after a refused ballot."""

    instance: int


class Overdue(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Every replica's timer: a leader is named, and still nothing is decided."""

    instance: int


class Again(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A promise that came too early, sent to oneself with a delay."""

    sender: int
    message: Prepared
