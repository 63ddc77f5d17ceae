"""The interface of a strategy, and who has a name of his own."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from simulation.kernel import Stream
from simulation.search.world import World

Play = Callable[[World, Stream], None]
"""Makes moves until the storm is over. All its chance comes from the stream."""


class Strategy(Struct, frozen=True):
    """A way to look for the run that breaks a protocol. ``simulation list`` shows the ``about``."""

    name: str
    about: str
    play: Play
