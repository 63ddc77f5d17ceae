"""After the storm: a core is healed and has to decide, and everybody else stays as he is.

The rule is TigerBeetle's. A quorum is picked; its dead are restarted, its clients ask again, and
what its members have sent each other arrives, in the times of the plan's network. Nobody else
hears or is heard any more, so what the core does not know it has to do without.
"""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappush
from typing import Any, Final

from simulation.cluster import Cluster
from simulation.faults import Calmed
from simulation.kernel import Stream
from simulation.network import Transit
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Decided
from simulation.search.world import World
from simulation.trace import Kind
from simulation.trace.record import CONTENT, PROCESS

WITHIN_US: Final = 120_000_000
"""So much time has the core: many times the longest wait of a protocol that backs off."""

LOOK_US: Final = 50_000

MOST_EVENTS: Final = 50_000


def random_core(world: World, chance: Stream) -> tuple[int, ...]:
    """A majority of those who vote, and all who only propose."""
    voters = len(world.voters)
    chosen = chance.shuffled(voters)[: majority(voters)]
    proposers = [process for process in range(voters, world.count) if world.proposes(process)]
    return tuple(sorted([*chosen, *proposers]))


def comes(world: World, cluster: Cluster, core: tuple[int, ...]) -> bool:
    """Let it be calm until every member of the core has learned a decision, or time is over.

    False where the processes chase each other and the bound on events is reached.
    """
    kernel = cluster.kernel
    waiting = list(world.pending)
    timers = world.timers()
    cluster.driver.connect(_among(core, cluster.count, cluster.calm_transit()))
    cluster.record(Kind.STRIKE, cluster.places.coordinator, Calmed(core, WITHIN_US))
    now_us = kernel.now
    for letter in waiting:
        if letter.source % cluster.count in core and letter.destination % cluster.count in core:
            number = kernel.sequence()
            heappush(kernel.queue, (now_us + 1, 1, number, *letter.entry[3:]))
    for entry in timers:
        if entry[6] % cluster.count in core:
            heappush(kernel.queue, (max(entry[0], now_us), *entry[1:]))
    for process in core:
        world.rejoin(process)
    done = kernel.event()
    kernel.process(_watch(cluster, core, done))
    kernel.run_until(done, most_steps=MOST_EVENTS)
    return done.triggered


def _watch(cluster: Cluster, core: tuple[int, ...], done: Any) -> Generator[Any, Any, None]:
    kernel, records = cluster.kernel, cluster.trace.records
    lacking, place = set(core), 0
    until_us = kernel.now + WITHIN_US
    while True:
        for record in records[place:]:
            if record[CONTENT].__class__ is Decided:
                lacking.discard(record[PROCESS] % cluster.count)
        place = len(records)
        if not lacking or kernel.now >= until_us:
            done.succeed()
            return
        yield kernel.sleep(LOOK_US)


def _among(core: tuple[int, ...], count: int, plain: Transit) -> Transit:
    def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
        if source % count in core and destination % count in core:
            return plain(now_us, source, destination, message)
        return None

    return transit
