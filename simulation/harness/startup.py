"""How a set of nodes comes up: who starts when, and who sees whose name when."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from simulation.kernel import Entropy, Purpose, Stream
from simulation.network import Boot, Conditions

SETTLE_US = 100_000
"""Between the registration of the last name and the start of the scripts."""


class Startup(Struct, frozen=True):
    """The course of one run's beginning, times by process.

    ``visible_us[p][q]`` is when p sees the name of q; None where names are seen at once.
    """

    node_start_us: tuple[int, ...]
    registered_us: tuple[int, ...]
    visible_us: list[list[int]] | None
    jitter_us: tuple[int, ...]


def draw(conditions: Conditions, participants: int, entropy: Entropy) -> Startup:
    """One start-up of so many participants."""
    boot = entropy.stream(Purpose.BOOT)
    start = entropy.stream(Purpose.START)
    everybody = range(participants)
    last = _boot_us(conditions.boot, participants, boot) - SETTLE_US
    if conditions.registered_at_once:
        registered = [last] * participants
    else:
        registered = [boot.between(0, last) for _ in everybody]
        registered[boot.between(0, participants - 1)] = last
    starts = [boot.between(*conditions.node_start_us) for _ in everybody[:-1]]
    starts.append(max(starts, default=0) + boot.between(*conditions.last_node_us))
    return Startup(
        node_start_us=tuple(starts),
        registered_us=tuple(registered),
        visible_us=_visible_us(conditions.visible_after_us, registered, entropy.stream(Purpose.VISIBLE)),
        jitter_us=tuple([start.between(*conditions.start_jitter_us) for _ in everybody]),
    )


def _boot_us(boot: Boot, participants: int, draws: Stream) -> int:
    mean = interpolated(boot.mean_us, participants)
    deviation = interpolated(boot.deviation_us, participants)
    return max(draws.normal(mean, deviation) if deviation else mean, boot.least_us)


def _visible_us(mean_us: int, registered: Sequence[int], draws: Stream) -> list[list[int]] | None:
    if not mean_us:
        return None
    everybody = range(len(registered))
    return [
        [at if seer == seen else at + draws.exponential(mean_us) for seen, at in enumerate(registered)]
        for seer in everybody
    ]


def interpolated(points: dict[int, int], at: int) -> int:
    """The value at ``at``: linear between two given points, the nearest one outside them."""
    if len(points) == 1:
        (value,) = points.values()
        return value
    below = max((x for x in points if x <= at), default=min(points))
    above = min((x for x in points if x >= at), default=max(points))
    if below == above:
        return points[below]
    return points[below] + (points[above] - points[below]) * (at - below) // (above - below)
