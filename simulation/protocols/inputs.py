"""What can happen to a machine, beside messages of its own and timers of its own."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct


class Started(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The process begins its first life. The first input of every machine."""


class Restarted(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The process begins another life with what its last ``Persist`` kept, or ``None``."""

    durable: Hashable = None


class Propose(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A client asks for ``value`` to be decided as ``instance``.

    ``action`` is a word that the protocol publishes (``Protocol.actions``), or None.
    """

    call: int
    instance: int
    value: int
    action: str | None = None


class GetDecision(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A client asks what is decided as ``instance``, and does not want to wait for it."""

    call: int
    instance: int


class Decision(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The reply: ``instance`` is decided as ``value``."""

    instance: int
    value: int


class Abort(Struct, frozen=True, array_like=True, tag="Aborted", gc=False):
    """The reply: this attempt failed. Its value may be decided all the same; ask again."""

    instance: int


class Undecided(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The reply to ``GetDecision`` while nothing is known."""

    instance: int


REPLIES = (Decision, Abort, Undecided)
"""All that a client may be answered with."""
