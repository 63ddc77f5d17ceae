"""Toy machines and a cluster of them, in a world where nothing takes time by itself.

A ``Puppet`` does what it is told: a test hands it effects and looks at what comes of them.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.network import LOCAL, Conditions
from simulation.protocols import Machine, Protocol, handles
from simulation.protocols.effects import Answer, Effect, Send, SetTimer
from simulation.protocols.inputs import Decision, Propose, Restarted, Started
from simulation.protocols.machine import Step
from simulation.protocols.reports import Report
from simulation.trace import Kind, Record
from simulation.trace.record import CONTENT, KIND

QUICK = replace(
    LOCAL, delay_us=(10, 10), own_delay_us=(1, 1), own_decision_us=0, send_us=(0, 0), print_us=(0, 0)
)
"""A message takes 10 us, one to oneself 1 us, lines and broadcasts nothing."""

PRINTING = replace(QUICK, print_us=(100, 100))
"""A line takes 100 us."""

SENDING = replace(QUICK, send_us=(20, 20))
"""Each send of a broadcast takes 20 us."""


class Note(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A message, or a timer, with a word on it."""

    word: str


class Line(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A report that prints one line."""

    word: str


class Whisper(Line, frozen=True, array_like=True, tag=True, gc=False):
    """A report that prints nothing."""

    prints = 0


class Do(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An order: have these effects."""

    effects: tuple[Effect, ...]
    word: str = ""


class Tick(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The beat of a clock."""


class Puppet(Machine):
    """Does what it is told. Its state is what it has heard since it was started."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        return (), ()

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        return (restarted.durable,), ()

    @handles(Do)
    def on_do(self, state: tuple[Any, ...], sender: int, order: Do) -> Step:
        return (*state, order.word) if order.word else state, order.effects

    @handles(Note)
    def on_note(self, state: tuple[Any, ...], sender: int, note: Note) -> Step:
        return (*state, note.word), ()


class Clock(Machine):
    """Counts its ticks, one every 100 us."""

    finds_peers_by_name = True

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        return 0, (SetTimer(Tick(), 100, 100),)

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        return 0, (SetTimer(Tick(), 100, 100),)

    @handles(Tick)
    def on_tick(self, state: int, sender: int, tick: Tick) -> Step:
        return state + 1, (SetTimer(Tick(), 100, 100),)

    @handles(Do)
    def on_do(self, state: int, sender: int, order: Do) -> Step:
        return state, order.effects

    @handles(Note)
    def on_note(self, state: int, sender: int, note: Note) -> Step:
        return state, ()


class Later(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A clerk's note to itself: answer this call."""

    call: int
    value: int


class Clerk(Machine):
    """Answers a proposal with its value, after ``instance`` microseconds."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        return None, ()

    @handles(Propose)
    def on_propose(self, state: None, sender: int, call: Propose) -> Step:
        return None, (SetTimer(Later(call.call, call.value), call.instance, call.instance),)

    @handles(Later)
    def on_later(self, state: None, sender: int, later: Later) -> Step:
        return None, (Answer(later.call, Decision(0, later.value)),)


PUPPETS = Protocol("puppets", "what a test tells them", components=(Puppet,))
WITH_CLOCKS = Protocol("clocked", "puppets with a clock beside each", components=(Puppet, Clock))
CLERKS = Protocol("clerks", "they answer after a while", components=(Clerk,))


def stage(conditions: Conditions = QUICK, *, protocol: Protocol = PUPPETS, count: int = 3) -> Cluster:
    """A cluster whose processes p1, p2... have just been started."""
    cluster = Cluster(protocol, [f"p{number}" for number in range(1, count + 1)], conditions)
    for process in range(count):
        cluster.start(process)
    return cluster


def tell(cluster: Cluster, address: int, *effects: Effect, word: str = "") -> None:
    """Have a puppet (or a clock) do this, now."""
    cluster.driver.give(cluster.hosts[address], Do(effects, word))


def send(cluster: Cluster, source: int, destination: int, *words: str) -> None:
    """Have a puppet send notes to another one, now."""
    tell(cluster, source, *[Send(destination, Note(word)) for word in words])


def run_to(cluster: Cluster, time_us: int) -> None:
    """Let everything happen up to ``time_us``, what happens just then too; then it is that time."""
    kernel = cluster.kernel
    while kernel.peek() <= time_us:
        kernel.step()
    kernel.run(until=kernel.timeout(time_us - kernel.now))


def heard(cluster: Cluster, address: int) -> Any:
    """What a puppet has heard so far, or how often a clock has ticked."""
    return cluster.hosts[address].state


def of_kind(cluster: Cluster, kind: Kind) -> list[Record]:
    """The records of this kind, in order."""
    return [record for record in cluster.trace if record[KIND] == kind]


def words(cluster: Cluster, kind: Kind) -> list[str]:
    """The words on the notes or lines of the records of this kind, in order."""
    return [record[CONTENT].word for record in of_kind(cluster, kind)]
