"""Protocols of a careless user: what each gets wrong must end in the right exit code."""

from __future__ import annotations

import signal
from typing import Any

from msgspec import Struct

from simulation.protocols import Machine, handles
from simulation.protocols.effects import Answer, Multicast
from simulation.protocols.inputs import Decision, GetDecision, Propose, Started, Undecided
from simulation.protocols.machine import Step
from simulation.protocols.reports import Decided
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.state import State


class Greeting(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Says hello."""


class Loner(Machine):
    """Decides its own client's value and asks nobody."""

    @handles(Started)
    def on_started(self, state: int | None, sender: int, started: Started) -> Step:
        return None, ()

    @handles(Propose)
    def on_propose(self, state: int | None, sender: int, call: Propose) -> Step:
        said = Decided(call.instance, call.value)
        return call.value, (said, Answer(call.call, Decision(call.instance, call.value)))

    @handles(GetDecision)
    def on_get_decision(self, state: int | None, sender: int, call: GetDecision) -> Step:
        known = Undecided(call.instance) if state is None else Decision(call.instance, state)
        return state, (Answer(call.call, known),)


class Gossip(Loner):
    """Greets the others in the order of a set of their names: another one in every Python process."""

    @handles(Started)
    def on_started(self, state: int | None, sender: int, started: Started) -> Step:
        names = self.config.names
        return None, (Multicast(tuple([names.index(name) for name in set(names)]), Greeting()),)

    @handles(Greeting)
    def on_greeting(self, state: int | None, sender: int, greeting: Greeting) -> Step:
        return state, ()


class Odd(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What the usual encoders do not take, or not as it is."""

    long: int = 1 << 200
    low: int = -(1 << 64)
    half: str = "\ud800"
    none: float = float("nan")
    endless: float = float("inf")


class Oddities(Loner):
    """Tells everybody of long integers, half letters and numbers that are none, and keeps them."""

    @handles(Started)
    def on_started(self, state: Any, sender: int, started: Started) -> Step:
        return None, (Multicast(self.config.peers, Odd()),)

    @handles(Odd)
    def on_odd(self, state: Any, sender: int, odd: Odd) -> Step:
        return odd, ()

    @handles(GetDecision)
    def on_get_decision(self, state: Any, sender: int, call: GetDecision) -> Step:
        return super().on_get_decision(None if isinstance(state, Odd) else state, sender, call)


class Half(Loner):
    """Decides half a letter."""

    @handles(Propose)
    def on_propose(self, state: Any, sender: int, call: Propose) -> Step:
        return super().on_propose(state, sender, Propose(call.call, call.instance, "\ud800", call.action))  # type: ignore[arg-type]


class Divides(Loner):
    """Raises when it is proposed to."""

    @handles(Propose)
    def on_propose(self, state: int | None, sender: int, call: Propose) -> Step:
        return call.value // 0, ()


class Deaf(Machine):
    """Starts, and has no handler for anything else."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        return None, ()


class Interrupted(Loner):
    """Its user presses Ctrl-C when it is proposed to."""

    @handles(Propose)
    def on_propose(self, state: int | None, sender: int, call: Propose) -> Step:
        signal.raise_signal(signal.SIGINT)
        return super().on_propose(state, sender, call)


class Rare(Node):
    """Breaks where it is proposed a certain value: in some runs and not in others."""

    @handles(Propose)
    def on_propose(self, state: State, sender: int, call: Propose) -> Step:
        if call.value == 204:
            raise ZeroDivisionError("a rare one")
        return super().on_propose(state, sender, call)
