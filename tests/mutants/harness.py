"""The harness with one bug in it: a suite that trusts its harness must be seen to doubt it.

It is a plugin of pytest, which plants a bug before any test is collected::

    python -m pytest -p tests.mutants.harness --harness-bug NAME ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import pytest

from simulation.checks import Finding, Held, safety
from simulation.cluster import disk
from simulation.cluster.cluster import Cluster
from simulation.cluster.driver import Driver
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck
from simulation.cluster.weather import Front, Weather
from simulation.kernel import Entropy, Purpose, Stream
from simulation.network.fabric import Delays, Fabric
from simulation.protocols.effects import Persist
from simulation.search.moves import Again
from simulation.search.world import Letter, World
from simulation.trace import Trace
from simulation.trace.record import CAUSE, ID

BUGS: dict[str, Callable[[], None]] = {}
"""What plants a bug, by the bug's name."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch that names a bug."""
    parser.addoption("--harness-bug", choices=sorted(BUGS), help="plant this bug in the harness")


def pytest_configure(config: pytest.Config) -> None:
    """Plants the bug that was named, if one was."""
    name = config.getoption("--harness-bug")
    if name is not None:
        BUGS[name]()


def bug(plant: Callable[[], None]) -> Callable[[], None]:
    """A bug is known by the name of what plants it."""
    BUGS[plant.__name__] = plant
    return plant


def _replace(owner: Any, name: str, function: Callable[..., Any]) -> None:
    """Let a class or a module have another function of this name."""
    assert callable(getattr(owner, name))
    setattr(owner, name, function)


# Order --------------------------------------------------------------------------------


@bug
def no_message_overtakes_another() -> None:
    _replace(Fabric, "_unordered", Fabric._ordered)


@bug
def late_messages_never_overtake_each_other() -> None:
    in_turn = Weather._in_turn

    def in_turn_always(weather: Weather, *message: Any) -> int:
        weather._fifo = True
        return in_turn(weather, *message)

    _replace(Weather, "_in_turn", in_turn_always)


@bug
def in_a_storm_no_message_overtakes_another() -> None:
    arrivals = World.arrivals

    def arrivals_in_order(world: World) -> list[Letter]:
        fifo, world.fifo = world.fifo, True
        first = arrivals(world)
        world.fifo = fifo
        return first

    _replace(World, "arrivals", arrivals_in_order)


@bug
def in_a_storm_only_the_oldest_message_can_arrive() -> None:
    _replace(World, "arrivals", lambda world: world.pending[:1])


# Death and what comes after it ----------------------------------------------------------


def _survives_a_death(part: Callable[[Host], Any], give_back: Callable[[Host, Any], object]) -> None:
    """Let this part of every machine be there again after its death."""
    stop = Driver.stop

    def stop_but_keep(driver: Driver, hosts: Sequence[Host]) -> None:
        kept = [part(host) for host in hosts]
        stop(driver, hosts)
        for host, what in zip(hosts, kept, strict=True):
            give_back(host, what)

    _replace(Driver, "stop", stop_but_keep)


@bug
def a_death_leaves_the_state() -> None:
    _survives_a_death(lambda host: host.state, lambda host, state: setattr(host, "state", state))


@bug
def a_death_makes_the_state_durable() -> None:
    _survives_a_death(lambda host: host.state, lambda host, state: setattr(host, "durable", state))


@bug
def a_death_leaves_the_mailbox() -> None:
    _survives_a_death(lambda host: list(host.mailbox), lambda host, letters: host.mailbox.extend(letters))


@bug
def a_death_leaves_timers_set() -> None:
    _survives_a_death(lambda host: dict(host.timers), lambda host, timers: host.timers.update(timers))


@bug
def a_restart_forgets_what_was_durable() -> None:
    restart = Cluster.restart

    def restart_from_nothing(cluster: Cluster, process: int) -> None:
        disk.wipe(cluster.machines_of(process))
        restart(cluster, process)

    _replace(Cluster, "restart", restart_from_nothing)


# Disks ----------------------------------------------------------------------------------


@bug
def a_write_that_has_begun_is_always_kept() -> None:
    _replace(Luck, "survives", lambda luck, address: True)


@bug
def a_write_is_durable_when_it_begins() -> None:
    do = Driver._do

    def write_and_do(driver: Driver, host: Host, effect: Any, *rest: Any) -> int:
        if isinstance(effect, Persist):
            host.durable = effect.record
        return do(driver, host, effect, *rest)

    _replace(Driver, "_do", write_and_do)


@bug
def a_write_behind_a_death_happens() -> None:
    def still_to_do(host: Host) -> list[Any]:
        rest = list(host.rest or ())
        host.rest = iter(rest)
        return rest

    def write(host: Host, rest: list[Any]) -> None:
        for effect in rest:
            if isinstance(effect, Persist):
                host.durable = effect.record

    _survives_a_death(still_to_do, write)


@bug
def a_disk_that_lies_keeps_what_it_was_told() -> None:
    _replace(disk, "forget", lambda host: None)


@bug
def a_wiped_disk_keeps_everything() -> None:
    _replace(disk, "wipe", lambda hosts: None)


# Checks ---------------------------------------------------------------------------------


def _holds_always(check: Callable[..., Finding], instead: Callable[..., Finding]) -> None:
    # Its code, not its name: then it makes no difference who has imported it before.
    assert instead.__code__.co_names == (Held.__name__,)
    check.__code__ = instead.__code__


@bug
def agreement_holds_always() -> None:
    _holds_always(safety.agreement, lambda story: Held("agreement"))


@bug
def promises_are_always_kept() -> None:
    _holds_always(safety.promises_kept, lambda story: Held("promises kept"))


@bug
def the_dead_are_always_silent() -> None:
    _holds_always(safety.dead_are_silent, lambda story: Held("dead are silent"))


# Chance ---------------------------------------------------------------------------------


class _SharedDelays:
    """Delays of ``size`` x ``size`` links, of which every one shares its stream with its way back."""

    def __init__(self, delays: Delays, size: int) -> None:
        self._delays = delays
        self._size = size
        self.rows: list[list[int]] = [[]] * (size * size)

    def reset(self) -> None:
        self._delays.reset()

    def refill(self, index: int) -> list[int]:
        source, destination = divmod(index, self._size)
        index = min(index, destination * self._size + source)
        return self._delays.rows[index] or self._delays.refill(index)


@bug
def a_link_shares_its_chance_with_its_way_back() -> None:
    build = Fabric.__init__

    def build_shared(fabric: Fabric, *conditions: Any, addresses: int, delays: Delays, **others: Any) -> None:
        build(fabric, *conditions, addresses=addresses, delays=_SharedDelays(delays, addresses), **others)

    _replace(Fabric, "__init__", build_shared)


@bug
def the_links_that_a_fault_hits_share_their_chance() -> None:
    stream = Weather._stream

    def one_stream(weather: Weather, front: Front, source: int, destination: int) -> Stream:
        return stream(weather, front, 0, 0)

    _replace(Weather, "_stream", one_stream)


@bug
def two_faults_of_a_link_share_their_chance() -> None:
    stream = Weather._stream

    def one_stream(weather: Weather, front: Front, source: int, destination: int) -> Stream:
        return stream(weather, weather.lasting()[0], source, destination)

    _replace(Weather, "_stream", one_stream)


@bug
def all_machines_draw_the_same_numbers() -> None:
    stream = Entropy.stream

    def stream_of_all(entropy: Entropy, purpose: Purpose, first: int = 0, second: int = 0) -> Stream:
        return stream(entropy, purpose, 0, second)

    _replace(Entropy, "stream", stream_of_all)


@bug
def all_machines_share_the_chance_of_their_timers() -> None:
    timer_us = Luck.timer_us
    _replace(Luck, "timer_us", lambda luck, address, *span: timer_us(luck, 0, *span))


@bug
def all_machines_share_the_chance_of_their_lines() -> None:
    print_us = Luck.print_us
    _replace(Luck, "print_us", lambda luck, address: print_us(luck, 0))


# Copies -----------------------------------------------------------------------------------


@bug
def a_copy_of_a_message_is_dropped() -> None:
    _replace(Driver, "_on_copy", lambda driver, entry: None)


@bug
def in_a_storm_no_copy_stays_on_its_way() -> None:
    deliver = World.deliver
    _replace(World, "deliver", lambda world, letter, *, keep=False: deliver(world, letter))


@bug
def in_a_storm_nothing_is_sent_again() -> None:
    def only_write_it_down(world: World, letter: Letter) -> None:
        world._begin(Again(*letter.name))

    _replace(World, "send_again", only_write_it_down)


# Digests ----------------------------------------------------------------------------------


def _sees_instead(view: Callable[[list[Any]], list[Any]]) -> None:
    """Let the certificate be one of something else than the records."""
    chain = Trace.chain

    def chain_of_the_view(trace: Trace) -> list[bytes]:
        seen = Trace()
        seen.records = view(trace.records)
        return chain(seen)

    _replace(Trace, "chain", chain_of_the_view)


@bug
def a_digest_ignores_the_order_of_records() -> None:
    _sees_instead(lambda records: sorted(records, key=itemgetter(ID)))


@bug
def a_digest_ignores_causes() -> None:
    _sees_instead(lambda records: [(*record[:CAUSE], -1, *record[CAUSE + 1 :]) for record in records])
