"""The machines of an exploration: each distinct step is done once, and remembered.

What a machine is in (its ``Local``), what is in flight (a ``Packet``) and what was voted
for get numbers, in the order in which they are first met. A step is a function of
(machine, local, input) alone, since machines are pure, so a search through a million
transitions does some thousand steps.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from simulation.errors import HarnessError
from simulation.explore.pieces import (
    INSTANCE,
    UNBEARABLE,
    Ask,
    Crash,
    Fire,
    Input,
    Local,
    Numbers,
    Packet,
    Reaction,
    in_order,
)
from simulation.explore.setting import Setting
from simulation.protocols.effects import CancelTimer, Die, Effect, Multicast, Persist, Send, SetTimer
from simulation.protocols.inputs import Propose, Restarted, Started
from simulation.protocols.reports import Accepted, BallotStarted, Decided


class Cast:
    """The machines by place, acceptors first. A place is an address, counted from 0."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.machines = setting.machines()
        self.locals: Numbers[Local] = Numbers()
        self.packets: Numbers[Packet] = Numbers()
        self.votes: Numbers[tuple[Any, int]] = Numbers()
        self._asks = setting.has_clients()
        self._steps: dict[tuple[int, int, Input], Reaction] = {}
        self._own: dict[tuple[int, int], list[Input]] = {}
        self._unbearable: dict[tuple[int, int, Input], None] = {}

    def begin(self, place: int) -> Reaction:
        """The first input of a machine."""
        return self._react(place, Local(), Started(), place)

    def react(self, place: int, local: int, given: Input) -> Reaction:
        """What the machine at ``place`` does with an input; done once, then remembered."""
        key = (place, local, given)
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self.fresh(place, local, given)
        return found

    def imagine(self, place: int, local: int, given: Input) -> Reaction:
        """The same for an input that may never come, so a machine need not stand it.

        What it cannot stand counts as a step that changes everything.
        """
        key = (place, local, given)
        if key in self._unbearable:
            return UNBEARABLE
        try:
            return self.react(place, local, given)
        except Exception:
            self._unbearable[key] = None
            return UNBEARABLE

    def fresh(self, place: int, local: int, given: Input) -> Reaction:
        """The same, not remembered."""
        before = self.locals.items[local]
        if isinstance(given, int):
            packet = self.packets.items[given]
            return self._react(place, before, packet.message, packet.source)
        if isinstance(given, Fire):
            timers = tuple([timer for timer in before.timers if timer != given.timer])
            return self._react(place, before, given.timer, place, timers=timers)
        if isinstance(given, Ask):
            value = self.setting.value_of(place)
            return self._react(place, before, Propose(1, INSTANCE, value), place, asked=True)
        return self._crash(place, before, given)

    def own_inputs(self, place: int, local: int) -> list[Input]:
        """What may happen to a machine without anybody else, crashes apart."""
        found = self._own.get((place, local))
        if found is None:
            found = self._own[place, local] = self._own_inputs(place, local)
        return found

    def _own_inputs(self, place: int, local: int) -> list[Input]:
        at = self.locals.items[local]
        if not at.alive:
            return []
        client = place >= self.setting.acceptors and self._asks
        asked: list[Input] = [Ask()] if client and not at.asked else []
        return [*asked, *[Fire(timer) for timer in at.timers]]

    def crashes(self, place: int, local: int, pending: Sequence[int]) -> list[Crash]:
        """The different ways in which the machine may die now.

        To die before the message comes, or after it was handled, is another move. In between
        are those deaths that leave something told, and something that should be durable not.
        """
        if place >= self.setting.acceptors or not self.locals.items[local].alive:
            return []
        found = [Crash()]
        for number in pending:
            packet = self.packets.items[number]
            if packet.destination != place or self.imagine(place, local, number) is UNBEARABLE:
                continue
            kinds = [effect.__class__ for effect in self._step(place, local, packet)]
            found += [
                Crash(number, cut)
                for cut in range(1, len(kinds))
                if Persist in kinds[cut:] and kinds[cut - 1] in (Send, Multicast, Accepted, Decided)
            ]
        return found

    def _step(self, place: int, local: int, packet: Packet) -> tuple[Effect, ...]:
        state = self.locals.items[local].state
        sender = packet.source + self.setting.first
        return self.machines[place].step(state, sender, packet.message)[1]

    def _crash(self, place: int, before: Local, crash: Crash) -> Reaction:
        told: tuple[Effect, ...] = ()
        if crash.during >= 0:
            packet = self.packets.items[crash.during]
            told = self._step(place, self.locals(before), packet)[: crash.effects]
        kept = [effect.record for effect in told if isinstance(effect, Persist)]
        durable = kept[-1] if kept else before.durable
        reborn = Local(durable=durable, begun=before.begun)
        return self._react(place, reborn, Restarted(durable), place, told=told, origin=self.locals(before))

    def _react(
        self,
        place: int,
        before: Local,
        content: Any,
        sender: int,
        *,
        timers: tuple[Hashable, ...] | None = None,
        asked: bool | None = None,
        told: tuple[Effect, ...] = (),
        origin: int | None = None,
    ) -> Reaction:
        origin = self.locals(before) if origin is None else origin
        if not before.alive:
            return Reaction(origin, origin, sends=(), now=(), votes=0, decided=(), allowed=False)
        state, effects = self.machines[place].step(before.state, sender + self.setting.first, content)
        after = _Aftermath(self, place, before if timers is None else _with_timers(before, timers))
        for effect in told:
            after.tell(effect)
        for effect in effects:
            after.see(effect)
        return after.reaction(origin, state, before.asked if asked is None else asked)


def _with_timers(local: Local, timers: tuple[Hashable, ...]) -> Local:
    return Local(local.state, local.durable, timers, local.begun, local.asked, local.alive)


class _Aftermath:
    """The effects of one step, as they add up."""

    def __init__(self, cast: Cast, place: int, before: Local) -> None:
        setting = cast.setting
        self._cast = cast
        self._place = place
        self._waits = place >= setting.acceptors or setting.acceptors_wait
        self._restarts = place < setting.acceptors and setting.crashes > 0
        self._durable = before.durable
        self._timers = dict.fromkeys(before.timers)
        self._begun = before.begun
        self._alive = True
        self._sends: list[int] = []
        self._now: list[int] = []
        self._votes = 0
        self._decided: list[int] = []

    def tell(self, effect: Effect) -> None:
        """What others learn of an effect."""
        match effect:
            case Send(to, message):
                self._send((to,), message)
            case Multicast(to, message):
                self._send(to, message)
            case Accepted(instance, ballot, value) if instance == INSTANCE:
                self._votes |= 1 << self._cast.votes((ballot, value))
            case Decided(instance, value) if instance == INSTANCE:
                self._decided.append(value)

    def see(self, effect: Effect) -> None:
        """All of an effect."""
        if not self._alive:
            return
        self.tell(effect)
        match effect:
            case SetTimer(timer) if self._waits:
                self._timers[timer] = None
            case CancelTimer(timer):
                self._timers.pop(timer, None)
            case Persist(record) if self._restarts:
                self._durable = record
            case BallotStarted():
                self._begun += 1
            case Die():
                self._alive = False

    def reaction(self, origin: int, state: Any, asked: bool) -> Reaction:
        """The sum."""
        local = Local(
            state if self._alive else None,
            self._durable,
            in_order(self._timers),
            self._begun,
            asked,
            self._alive,
        )
        return Reaction(
            origin,
            self._cast.locals(local),
            sends=self._sends,
            now=self._now,
            votes=self._votes,
            decided=self._decided,
            allowed=self._begun <= self._cast.setting.attempts_of(self._place),
        )

    def _send(self, to: Sequence[int], message: Any) -> None:
        setting = self._cast.setting
        queue = self._now if isinstance(message, setting.at_once) else self._sends
        for address in to:
            place = address - setting.first
            if not 0 <= place < setting.participants:
                name = setting.names[self._place]
                raise HarnessError(f"{name} sent {message} to {address}, which is nobody's address")
            queue.append(self._cast.packets(Packet(self._place, place, message)))
