"""A world without time for pure machines: whoever calls decides what happens next.

It interprets effects as ``simulation.cluster`` does, with lists in the place of a network,
and needs neither the simulator nor a clock. ``storm`` is an arbitrary schedule drawn from
one seed: any message in flight may be delivered, lost or doubled next, any timer may fire,
any process may die between two effects and live again. ``calm`` is its opposite: the dead
live again, every message arrives, and a timer fires when no message is left.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from random import Random
from typing import Any

from msgspec import Struct

from simulation.protocols import effects
from simulation.protocols.inputs import Decision, GetDecision, Propose, Restarted, Started
from simulation.protocols.machine import Config, Machine
from simulation.protocols.registry import Protocol
from simulation.protocols.reports import Report


class Envelope(Struct, frozen=True):
    """A message in flight."""

    source: int
    destination: int
    message: Any


class StepTaken(Struct, frozen=True):
    """One input handled by one machine: everything that went in and came out."""

    machine: Machine
    before: Any
    sender: int
    content: Any
    after: Any
    effects: tuple[effects.Effect, ...]


class Playground:
    """``participants`` processes of ``protocol``; an address is component * n + process.

    ``watch`` is called with every step that a machine takes.
    """

    def __init__(
        self,
        protocol: Protocol,
        participants: int,
        seed: int = 0,
        watch: Callable[[StepTaken], None] | None = None,
    ) -> None:
        self.participants = participants
        self.random = Random(seed)
        self.watch = watch
        self.machines = build_machines(protocol, participants)
        self.states: list[Any] = [None] * len(self.machines)
        self.durable: list[Hashable] = [None] * len(self.machines)
        self.alive = [True] * participants
        self.in_flight: list[Envelope] = []
        self.timers: dict[tuple[int, Hashable], int] = {}
        self.now_us = 0
        self.answers: dict[int, Struct] = {}
        self.reported: list[tuple[int, Report]] = []
        self.calls = 0
        for address in range(len(self.machines)):
            self.give(address, Started())

    # What may happen, one thing at a time.

    def propose(self, process: int, value: int, instance: int = 1, action: str | None = None) -> int:
        """A client of ``process`` proposes. Returns the number of its call."""
        self.calls += 1
        self.give(process, Propose(self.calls, instance, value, action))
        return self.calls

    def ask(self, process: int, instance: int = 1) -> Struct | None:
        """What ``process`` answers to the question what is decided."""
        self.calls += 1
        self.give(process, GetDecision(self.calls, instance))
        return self.answers.get(self.calls)

    def deliver(self, index: int = 0, *, dies_after: int | None = None) -> None:
        """The message at ``index`` arrives; messages to the dead are dropped.

        With ``dies_after`` the receiver dies when it has done so many of its effects.
        """
        envelope = self.in_flight.pop(index)
        self.give(envelope.destination, envelope.message, envelope.source, dies_after=dies_after)

    def lose(self, index: int = 0) -> None:
        """The message at ``index`` never arrives."""
        self.in_flight.pop(index)

    def double(self, index: int = 0) -> None:
        """The message at ``index`` will arrive once more."""
        self.in_flight.append(self.in_flight[index])

    def fire(self, address: int, timer: Hashable) -> None:
        """A timer that is set fires now."""
        self.now_us = max(self.now_us, self.timers.pop((address, timer)))
        self.give(address, timer)

    def kill(self, process: int) -> None:
        """All machines of ``process`` stop; what is not durable is lost."""
        self.alive[process] = False
        for address in self._addresses(process):
            self.states[address] = None
        self.timers = {
            key: deadline for key, deadline in self.timers.items() if self._process(key[0]) != process
        }

    def restart(self, process: int) -> None:
        """``process`` lives again with what was durable."""
        self.alive[process] = True
        for address in self._addresses(process):
            self.give(address, Restarted(self.durable[address]))

    def wake(self) -> None:
        """All the dead live again."""
        for process in range(self.participants):
            if not self.alive[process]:
                self.restart(process)

    def give(
        self, address: int, content: Any, sender: int | None = None, *, dies_after: int | None = None
    ) -> None:
        """One input to the machine at ``address``, if its process is alive."""
        if not self.alive[self._process(address)]:
            return
        machine, before = self.machines[address], self.states[address]
        source = address if sender is None else sender
        after, wanted = machine.step(before, source, content)
        if self.watch is not None:
            self.watch(StepTaken(machine, before, source, content, after, wanted))
        self.states[address] = after
        for effect in wanted[:dies_after]:
            self._carry_out(address, effect)
        if dies_after is not None:
            self.kill(self._process(address))

    # Whole schedules.

    def storm(self, steps: int, *, trouble: float = 0.15, crashes: float = 0.02) -> None:
        """So many arbitrary steps.

        ``trouble`` is the share of steps that lose or double a message or fire a timer,
        ``crashes`` the share of those that kill a process, or let a dead one live again.
        """
        for _ in range(steps):
            drawn = self.random.random()
            if drawn < crashes:
                self._crash_or_restart()
            elif drawn < crashes + trouble:
                self._trouble()
            elif self.in_flight:
                self.deliver(self._any_message())

    def calm(self, until: Callable[[], bool], most_steps: int = 20_000) -> bool:
        """Everything works again. Whether ``until`` came true within ``most_steps``."""
        self.wake()
        for _ in range(most_steps):
            if until():
                return True
            if self.in_flight:
                self.deliver(self._any_message())
            elif self.timers:
                self.fire(*min(self.timers, key=lambda key: (self.timers[key], key[0])))
            else:
                return False
        return False

    def deliver_all(self) -> None:
        """Every message arrives, and every one that they cause, in the order of sending."""
        while self.in_flight:
            self.deliver()

    # What has come of it.

    def decisions(self, instance: int = 1) -> dict[int, int]:
        """What each live process says is decided, by process; the others are missing."""
        asked = {p: self.ask(p, instance) for p in range(self.participants) if self.alive[p]}
        return {process: reply.value for process, reply in asked.items() if isinstance(reply, Decision)}

    def said(self, kind: type[Report], process: int | None = None) -> list[Any]:
        """All reports of ``kind``, of all processes or of one, oldest first."""
        return [
            report
            for address, report in self.reported
            if type(report) is kind and process in (None, self._process(address))
        ]

    def waiting(self, kind: type) -> list[int]:
        """The places of messages of ``kind`` in flight."""
        return [i for i, envelope in enumerate(self.in_flight) if type(envelope.message) is kind]

    def _carry_out(self, address: int, effect: effects.Effect) -> None:
        match effect:
            case _ if not self.alive[self._process(address)]:
                return
            case effects.Send(to, message):
                self.in_flight.append(Envelope(address, to, message))
            case effects.Multicast(to, message):
                self.in_flight += [Envelope(address, one, message) for one in to]
            case effects.SetTimer(timer, low_us, high_us):
                self.timers[address, timer] = self.now_us + self.random.randint(low_us, high_us)
            case effects.CancelTimer(timer):
                self.timers.pop((address, timer), None)
            case effects.Persist(record):
                self.durable[address] = record
            case effects.Answer(call, reply):
                self.answers[call] = reply
            case effects.Die():
                self.kill(self._process(address))
            case Report():
                self.reported.append((address, effect))
            case _:
                raise TypeError(f"the playground knows no effect {effect!r}")

    def _crash_or_restart(self) -> None:
        process = self.random.randrange(self.participants)
        if not self.alive[process]:
            self.restart(process)
        elif self.in_flight and self.random.random() < 0.5:
            self.deliver(self._any_message(), dies_after=self.random.randrange(5))
        else:
            self.kill(process)

    def _trouble(self) -> None:
        kind = self.random.randrange(3)
        if kind == 0 and self.timers:
            self.fire(*self.random.choice(list(self.timers)))
        elif kind == 1 and self.in_flight:
            self.lose(self._any_message())
        elif self.in_flight:
            self.double(self._any_message())

    def _any_message(self) -> int:
        return self.random.randrange(len(self.in_flight))

    def _process(self, address: int) -> int:
        return address % self.participants

    def _addresses(self, process: int) -> range:
        return range(process, len(self.machines), self.participants)


def build_machines(protocol: Protocol, participants: int) -> list[Machine]:
    """All machines of ``participants`` processes, by address."""
    names = tuple(f"p{process + 1}" for process in range(participants))
    components = range(len(protocol.components))
    return [
        kind(
            Config(
                process=process,
                names=names,
                address=component * participants + process,
                peers=tuple(component * participants + peer for peer in range(participants)),
                siblings=tuple(sibling * participants + process for sibling in components),
            )
        )
        for component, kind in enumerate(protocol.components)
        for process in range(participants)
    ]


def of_kind(wanted: tuple[effects.Effect, ...], kind: type) -> list[Any]:
    """Those effects, or those messages that effects send, that are exactly of ``kind``."""
    contents = [getattr(effect, "message", effect) for effect in wanted]
    return [content for content in contents if type(content) is kind]


def place(wanted: tuple[effects.Effect, ...], kind: type) -> int:
    """Where in the order of effects the first one is of ``kind``, or sends a message of it."""
    kinds = [type(getattr(effect, "message", effect)) for effect in wanted]
    return kinds.index(kind)
