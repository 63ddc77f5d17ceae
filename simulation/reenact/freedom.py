"""What an attempt may do beyond the ordinary."""

from __future__ import annotations

from msgspec import Struct

from simulation.reenact.stage import Sent


class Freedom(Struct, frozen=True):
    """More than that messages which leave a choice are handled in the order sent, and deaths come soon.

    A message leaves one if it prints nothing, or the same as another. ``held``: such messages that
    are handled only when a line needs them. ``late_deaths``: who is killed lives until all scripts
    are done, in silence. ``lost``: messages that never arrive; no run counts as re-enacted with
    that, but it may explain why one is not.
    """

    held: frozenset[Sent] = frozenset()
    late_deaths: bool = False
    lost: frozenset[Sent] = frozenset()
