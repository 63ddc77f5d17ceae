"""What happens in silence: messages, timers and calls whose handling prints nothing.

Handlers are pure, so they can be asked what they would print before anything happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from simulation.kernel import Entry
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision, GetDecision
from simulation.protocols.reports import Report
from simulation.reenact.stage import Sent, Stage, printed
from simulation.reenact.stuck import Stuck
from simulation.trace.record import CONTENT, ID, SOURCE

Widening = Callable[[int], bool]
"""Lets something happen for the sake of a process; whether there was anything."""


class Silence:
    """The silent inputs of all replicas of one attempt."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.taken: list[Sent] = []
        """What was handed over although it prints nothing, or the same as another, in order."""

    @property
    def widenings(self) -> tuple[Widening, ...]:
        """Ways to bring about what a line lacks, the more likely ones first."""
        return self._settle, self._force, self._swallow, self._ring

    def take(self, entry: Entry) -> None:
        """Let a silent input be handled."""
        self.taken.append(self._stage.sent[entry[ID]])
        self._stage.happen(entry)

    def waiting(self) -> Iterator[tuple[Sent, str]]:
        """What replicas might be handed next, in words that hold for every attempt, with its kind."""
        for process in range(self._stage.count):
            for entry in self._stage.heads(process):
                yield self._stage.sent[entry[ID]], type(entry[CONTENT]).__name__

    def first_print(self, process: int) -> Report | None:
        """What a replica would print if it were given what has waited longest."""
        state = self._stage.hosts[process].state
        for entry in self._stage.heads(process):
            reports = self._prints(process, state, entry)
            if reports:
                return reports[0]
        return None

    def before(self, process: int, *, oldest: bool) -> tuple[list[Entry], list[Any]]:
        """What a replica can handle without a line, and the states that this leads it through.

        With ``oldest`` only what has waited longest, as long as nothing else has, and nothing
        that is held.
        """
        handed: list[Entry] = []
        states = [self._stage.hosts[process].state]
        while True:
            for entry in self._stage.heads(process, handed):
                if oldest and entry[ID] in self._stage.held:
                    return handed, states
                after, effects = self._stage.handled(process, states[-1], entry[SOURCE], entry[CONTENT])
                if not printed(effects):
                    handed.append(entry)
                    states.append(after)
                    break
                if oldest:
                    return handed, states
            else:
                return handed, states

    def knows(self, process: int, instance: int) -> bool:
        """Whether a replica, asked now, tells a decision."""
        host = self._stage.hosts[process]
        if host.busy_with is not None or not host.alive:
            return False
        effects = self._stage.handled(process, host.state, process, GetDecision(0, instance))[1]
        return any(isinstance(effect, Answer) and isinstance(effect.reply, Decision) for effect in effects)

    def until_known(self, process: int, instance: int) -> None:
        """Let what prints nothing happen until a replica knows a decision, if that helps."""
        for widen in (self._settle, self._force):
            while not self.knows(process, instance):
                if not widen(process):
                    break

    def drain(self, index: int, process: int) -> None:
        """Let a replica that is about to end take all that waits for it. Raises ``Stuck`` if that prints."""
        stage, host = self._stage, self._stage.hosts[process]
        if host.busy_with is not None:
            raise Stuck(index, "it has more to print before", process, stage.about_to_say(process))
        while True:
            silent = [e for e in stage.heads(process) if not self._prints(process, host.state, e)]
            if not silent:
                break
            self.take(silent[0])
        for entry in stage.inbox[process]:
            if entry[ID] not in stage.doubtful:
                first = self._prints(process, host.state, entry)[0]
                raise Stuck(index, "it has more to print before", process, first)
        for entry in list(stage.inbox[process]):
            stage.lose(entry)

    def _prints(self, process: int, state: Any, entry: Entry) -> list[Report]:
        return printed(self._stage.handled(process, state, entry[SOURCE], entry[CONTENT])[1])

    # Widenings ------------------------------------------------------------------------

    def _settle(self, process: int) -> bool:
        """Let all others take, in the order sent, what they take in silence."""
        return sum(self._swallowed(other, oldest=True) for other in self._others(process)) > 0

    def _force(self, process: int) -> bool:
        """The same, whatever waits before it."""
        return sum(self._swallowed(other, oldest=False) for other in self._others(process)) > 0

    def _swallow(self, process: int) -> bool:
        """Let the replica itself take it: an answer to its client may come of it."""
        return self._swallowed(process, oldest=False)

    def _ring(self, process: int) -> bool:
        """Let a silent timer go off, at the replica itself or else at another one."""
        for other in (process, *self._others(process)):
            for entry in self._stage.rings(other) if self._stage.hosts[other].open else ():
                if not self._prints(other, self._stage.hosts[other].state, entry):
                    self._stage.happen(entry)
                    self._force(process)
                    return True
        return False

    def _others(self, process: int) -> Iterator[int]:
        return (other for other in range(self._stage.count) if other != process)

    def _swallowed(self, process: int, *, oldest: bool) -> bool:
        if not self._stage.hosts[process].open:
            return False
        silent = self.before(process, oldest=oldest)[0]
        for entry in silent:
            self.take(entry)
        return bool(silent)
