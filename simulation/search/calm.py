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
from simulation.protocols.inputs import Propose
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Decided
from simulation.search.moves import Calm
from simulation.search.world import Letter, World
from simulation.trace import Kind
from simulation.trace.record import CONTENT, PROCESS

WITHIN_US: Final = 30_000_000
"""So much time has the core: many times what protocols need that back off from each other."""

LOOK_US: Final = 50_000

MOST_EVENTS: Final = 50_000

Doing = Generator[Any, Any, None]


def drawn(world: World, chance: Stream) -> Calm:
    """A calm of a majority of those who vote, and all who only propose."""
    voters = len(world.voters)
    chosen = chance.shuffled(voters)[: majority(voters)]
    proposers = [process for process in range(voters, world.count) if world.proposes(process)]
    core = tuple(sorted([*chosen, *proposers]))
    return Calm(core, keeps=chance.chance(1, 2), steady=chance.chance(1, 2))


def comes(world: World, cluster: Cluster, calm: Calm, delay_us: Range) -> bool:
    """Let it be calm until every member of the core has learned a decision, or time is over.

    A steady network is as fair as any, and chance does not part those in it who get in each
    other's way for ever. False where processes chase each other to the bound on events.
    """
    kernel, core = cluster.kernel, calm.core
    chance = cluster.entropy.stream(Purpose.CALM, 1)
    timers = world.timers()
    plain = cluster.calm_transit()
    if calm.steady:
        plain = _Steady(world, plain, chance, delay_us).transit
    cluster.driver.connect(_among(core, cluster.count, plain))
    cluster.record(Kind.STRIKE, cluster.places.coordinator, Calmed(core, WITHIN_US))
    now_us = kernel.now
    for letter in _kept(world, calm):
        heappush(kernel.queue, (now_us, 1, kernel.sequence(), *letter.entry[3:]))
    for entry in timers:
        if entry[6] % cluster.count in core:
            heappush(kernel.queue, (max(entry[0], now_us), *entry[1:]))
    for process in core:
        world.rejoin(process)
    rivals = [process for process in core if world.proposes(process)] or list(core)
    apart_us = [0, *[chance.between(0, 4 * delay_us[1]) for _ in rivals[1:]]]
    kernel.process(_rivals_want(world, cluster, rivals, apart_us))
    done = kernel.event()
    kernel.process(_watch(world, cluster, core, done))
    kernel.run_until(done, most_steps=MOST_EVENTS)
    return done.triggered


def _kept(world: World, calm: Calm) -> list[Letter]:
    """What arrives of all that is on its way. The rest is lost; within a process nothing ever is."""
    kept = []
    for letter in list(world.pending):
        source, destination = world.process(letter.source), world.process(letter.destination)
        fair = source in calm.core and destination in calm.core
        if fair and (calm.keeps or source == destination):
            kept.append(letter)
        else:
            world.drop(letter)
    return kept


def _rivals_want(world: World, cluster: Cluster, rivals: list[int], apart_us: list[int]) -> Doing:
    """Those clients want the decision that were to propose, some time apart, so that duels are possible."""
    for process, each_us in zip(rivals, apart_us, strict=True):
        yield cluster.kernel.sleep(each_us)
        world.callers.insist(process)


def _watch(world: World, cluster: Cluster, core: tuple[int, ...], done: Any) -> Doing:
    """Look now and then who knows what has been proposed in the core, until all do or time is over.

    As soon as somebody does, the clients of those want it too who only vote. Not before: a duel
    is one of those who were to propose.
    """
    kernel, seen = cluster.kernel, _Seen(cluster, core)
    until_us = kernel.now + WITHIN_US
    while True:
        lacking = seen.lacking()
        if (seen.asked and not lacking) or kernel.now >= until_us:
            break
        if seen.asked and len(lacking) < len(core):
            for process in lacking:
                if not world.proposes(process):
                    world.callers.insist(process)
        yield kernel.sleep(LOOK_US)
    done.succeed()


class _Seen:
    """What the core has proposed, and who of it has learned what."""

    def __init__(self, cluster: Cluster, core: tuple[int, ...]) -> None:
        self._records = cluster.trace.records
        self._count = cluster.count
        self._core = core
        self._place = 0
        self._known: dict[tuple[int, int], bool] = {}
        self.asked: list[int] = []

    def lacking(self) -> list[int]:
        """Those of the core who do not know all that has been proposed there."""
        for record in self._records[self._place :]:
            process, said = record[PROCESS] % self._count, record[CONTENT]
            if said.__class__ is Decided:
                self._known[process, said.instance] = True
            elif said.__class__ is Propose and process in self._core and said.instance not in self.asked:
                self.asked.append(said.instance)
        self._place = len(self._records)
        return [p for p in self._core if any((p, instance) not in self._known for instance in self.asked)]


class _Steady:
    """A network in which all messages of one type take the same time, in order where that is kept."""

    def __init__(self, world: World, plain: Transit, chance: Stream, delay_us: Range) -> None:
        self._world = world
        self._plain = plain
        self._chance = chance
        self._delay_us = delay_us
        self._took: dict[type, int] = {}
        self._last_us: dict[tuple[int, int, bool], int] = {}

    def transit(self, now_us: int, source: int, destination: int, message: Any) -> int | None:
        """When a message arrives. Within a process the network has no say."""
        world, kind = self._world, message.__class__
        if world.process(source) == world.process(destination):
            return self._plain(now_us, source, destination, message)
        if kind not in self._took:
            self._took[kind] = self._chance.between(*self._delay_us)
        arrival_us = now_us + self._took[kind]
        if world.fifo:
            channel = source, destination, kind in world.cluster.protocol.apart
            arrival_us = max(arrival_us, self._last_us.get(channel, 0))
            self._last_us[channel] = arrival_us
        return arrival_us


def _among(core: tuple[int, ...], count: int, plain: Transit) -> Transit:
    def transit(now_us: int, source: int, destination: int, message: Any) -> int | None:
        if source % count in core and destination % count in core:
            return plain(now_us, source, destination, message)
        return None

    return transit
