"""After the storm: a core is healed and has to decide, and everybody else stays as he is.

The rule is TigerBeetle's. A quorum is picked; its dead are restarted, its clients ask again. What
its members have sent each other arrives in every second calm, and is lost in the others. Nobody else
hears or is heard any more, so what the core does not know it has to do without.
"""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappush
from typing import Any, Final

from simulation.cluster import Cluster
from simulation.faults import Calmed
from simulation.kernel import Purpose, Stream
from simulation.network import Transit
from simulation.network.conditions import Range
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Decided
from simulation.search.world import World
from simulation.trace import Kind
from simulation.trace.record import CONTENT, PROCESS

WITHIN_US: Final = 30_000_000
"""So much time has the core: many times what protocols need that back off from each other."""

LOOK_US: Final = 50_000

MOST_EVENTS: Final = 50_000


def random_core(world: World, chance: Stream) -> tuple[int, ...]:
    """A majority of those who vote, and all who only propose."""
    voters = len(world.voters)
    chosen = chance.shuffled(voters)[: majority(voters)]
    proposers = [process for process in range(voters, world.count) if world.proposes(process)]
    return tuple(sorted([*chosen, *proposers]))


def comes(world: World, cluster: Cluster, core: tuple[int, ...], delay_us: Range) -> bool:
    """Let it be calm until every member of the core has learned a decision, or time is over.

    In every second calm all messages of one type take the same time out of ``delay_us``: a network as
    fair as any, in which chance does not part those who get in each other's way for ever.
    False where the processes chase each other and the bound on events is reached.
    """
    kernel = cluster.kernel
    chance = cluster.entropy.stream(Purpose.CALM, 1)
    waiting = list(world.pending) if chance.chance(1, 2) else []
    timers = world.timers()
    plain = _steady(chance, delay_us) if chance.chance(1, 2) else cluster.calm_transit()
    cluster.driver.connect(_among(core, cluster.count, plain))
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
    kernel.process(_rivals_want(world, cluster, core, [chance.between(0, 4 * delay_us[1]) for _ in core]))
    done = kernel.event()
    kernel.process(_watch(world, cluster, core, done))
    kernel.run_until(done, most_steps=MOST_EVENTS)
    return done.triggered


def _rivals_want(
    world: World, cluster: Cluster, core: tuple[int, ...], apart_us: list[int]
) -> Generator[Any, Any, None]:
    """Those clients want the decision that were to propose, some time apart, so that duels are possible."""
    for process, each_us in zip(core, apart_us, strict=True):
        if world.proposes(process):
            yield cluster.kernel.sleep(each_us)
            world.want(process)


def _watch(world: World, cluster: Cluster, core: tuple[int, ...], done: Any) -> Generator[Any, Any, None]:
    """Look now and then who knows the decision, until all do or time is over.

    As soon as somebody does, the clients of those want it too who only vote. Not before: a duel
    is one of those who were to propose.
    """
    kernel, records = cluster.kernel, cluster.trace.records
    lacking, place = list(core), 0
    until_us = kernel.now + WITHIN_US
    quiet = not any(world.proposes(process) for process in core)
    while lacking and kernel.now < until_us:
        for record in records[place:]:
            if record[CONTENT].__class__ is Decided and record[PROCESS] % cluster.count in lacking:
                lacking.remove(record[PROCESS] % cluster.count)
        place = len(records)
        if quiet or len(lacking) < len(core):
            for process in lacking:
                if not world.proposes(process):
                    world.want(process)
        yield kernel.sleep(LOOK_US)
    done.succeed()


def _steady(chance: Stream, delay_us: Range) -> Transit:
    took: dict[type, int] = {}

    def transit(now_us: int, source: int, destination: int, message: Any) -> int:
        kind = message.__class__
        if kind not in took:
            took[kind] = chance.between(*delay_us)
        return now_us + took[kind]

    return transit


def _among(core: tuple[int, ...], count: int, plain: Transit) -> Transit:
    def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
        if source % count in core and destination % count in core:
            return plain(now_us, source, destination, message)
        return None

    return transit
