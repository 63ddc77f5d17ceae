"""What a machine asks of the world: data, interpreted by the driver and by nothing else.

Effects happen in the order in which the machine lists them. A process that dies between
two of them leaves the later ones undone, so a machine lists what must be durable before
what tells others about it.
"""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct


class Effect(Struct, frozen=True, gc=False):
    """The root of all effects. A ``Report`` (see ``protocols.reports``) is one too."""


class Send(Effect, frozen=True, gc=False):
    """One message to one address."""

    to: int
    message: Struct


class Multicast(Effect, frozen=True, gc=False):
    """One message to several addresses, in this order; one's own may be among them."""

    to: tuple[int, ...]
    message: Struct


class SetTimer(Effect, frozen=True, gc=False):
    """Give me ``timer`` as an input after a time that the driver draws from low..high.

    ``timer`` is the machine's own value and names the timer: setting it again replaces it.
    """

    timer: Hashable
    low_us: int
    high_us: int


class CancelTimer(Effect, frozen=True, gc=False):
    """Forget ``timer``; nothing happens where it is not set."""

    timer: Hashable


class Persist(Effect, frozen=True, gc=False):
    """Replace what is durable here by ``record``; a restart hands it back."""

    record: Hashable


class Answer(Effect, frozen=True, array_like=True, tag=True, gc=False):
    """Reply to the client's call that came with this number."""

    call: int
    reply: Struct


class Die(Effect, frozen=True, gc=False):
    """This process stops here, as if killed: what the list holds after it never happens."""

    reason: str
