"""Carries out one process's script: a SimPy process that sleeps, calls, suspends, kills."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cached_property
from typing import Any

from simulation.cluster import Cluster, Question
from simulation.errors import HarnessError
from simulation.faults import Kill, Resume, Suspend
from simulation.harness import steps
from simulation.harness.plan import Plan
from simulation.harness.reports import AnswerUnexpected, WaitEnded
from simulation.kernel import Purpose, Stream
from simulation.protocols.inputs import Abort, Decision, GetDecision, Propose
from simulation.trace import Kind

POLL_US = 100_000
"""How long a waiting script sleeps between two questions."""

ASK_US = 1_000
"""How long it waits for the answer to one."""

EXPECTED = {"abort": Abort, "decision": Decision}
"""What a proposal's answer may be expected to be, by the word for it."""

_TRANSPARENT = (steps.Suspend, steps.Resume, steps.Kill, steps.Repeat)
"""Steps that leave it open whether a replica got to run between a resume and a stop."""

Doing = Generator[Any, Any, None]


class Script:
    """The script of ``process``. Its steps touch the own replica only."""

    def __init__(self, cluster: Cluster, plan: Plan, process: int) -> None:
        self._cluster = cluster
        self._kernel = cluster.kernel
        self._plan = plan
        self._process = process
        self._may_run_on = False
        self.value: int | None = None

    @cached_property
    def _sleeps(self) -> Stream:
        return self._cluster.entropy.stream(Purpose.SCRIPT, self._process)

    @cached_property
    def _slices(self) -> Stream:
        return self._cluster.entropy.stream(Purpose.SLICE, self._process)

    def run(self) -> Doing:
        """All steps in order."""
        yield from self._all(self._plan.scripts[self._process])

    def say(self, report: Any) -> Doing:
        """Print a line: it takes the time that a line takes, and then it is recorded."""
        place = self._cluster.places.client(self._process)
        print_us = self._cluster.luck.print_us(place)
        if print_us:
            yield self._kernel.sleep(print_us)
        self._cluster.record(Kind.REPORT, place, report)

    def _all(self, script: tuple[steps.Step, ...]) -> Doing:
        for step in script:
            if not isinstance(step, _TRANSPARENT):
                self._may_run_on = False
            do = _DOES.get(type(step))
            if do is None:
                raise HarnessError(f"scripts do not know the step {type(step).__name__}")
            yield from do(self, step)

    def _propose(self, step: steps.Propose) -> Doing:
        value = self._plan.values[self._process]
        while True:
            reply = yield self._cluster.clients.call(
                self._process,
                lambda call: Propose(call, step.instance, value, step.action),
                step.timeout_us,
            )
            if not (step.until_commit and isinstance(reply, Abort)):
                self._judge(step, reply)
                return

    def _judge(self, step: steps.Propose, reply: Any) -> None:
        if step.expect is None or isinstance(reply, EXPECTED[step.expect]):
            return
        answer = type(reply).__name__
        place = self._cluster.places.client(self._process)
        self._cluster.record(Kind.REPORT, place, AnswerUnexpected(step.instance, step.expect, answer))

    def _wait(self, step: steps.Wait) -> Doing:
        began_us = self._kernel.now
        question = Question(
            command=lambda call: GetDecision(call, step.instance),
            enough=Decision,
            every_us=POLL_US,
            patience_us=ASK_US,
            for_us=step.timeout_us,
        )
        reply = yield self._cluster.clients.ask_until(self._process, question)
        if isinstance(reply, Decision):
            self.value = reply.value
            yield from self.say(WaitEnded(step.instance, reply.value, self._kernel.now - began_us))
        else:
            yield from self.say(WaitEnded(step.instance, None, step.timeout_us))

    def _sleep(self, step: steps.Sleep) -> Doing:
        unit_us = step.unit_us
        units = self._sleeps.between(step.low_us // unit_us, step.high_us // unit_us)
        yield self._kernel.sleep(units * unit_us)

    def _suspend(self, step: steps.Suspend) -> Doing:
        yield from self._slice()
        self._strike(Suspend())

    def _resume(self, step: steps.Resume) -> Doing:
        self._strike(Resume())
        self._may_run_on = True
        yield from ()

    def _kill(self, step: steps.Kill) -> Doing:
        yield from self._slice()
        self._strike(Kill())

    def _repeat(self, step: steps.Repeat) -> Doing:
        for _ in range(step.times):
            yield from self._all(step.body)

    def _slice(self) -> Doing:
        """Between a resume and what stops the replica directly after it, it seldom gets to run."""
        if not self._may_run_on:
            return
        self._may_run_on = False
        conditions = self._plan.conditions
        if self._slices.chance(conditions.slice_per_mille, 1_000):
            yield self._kernel.sleep(conditions.slice_us)

    def _strike(self, fault: Any) -> None:
        self._cluster.strike(fault, self._process, by="script")


_DOES: dict[type, Callable[[Script, Any], Doing]] = {
    steps.Propose: Script._propose,
    steps.Wait: Script._wait,
    steps.Sleep: Script._sleep,
    steps.Suspend: Script._suspend,
    steps.Resume: Script._resume,
    steps.Kill: Script._kill,
    steps.Repeat: Script._repeat,
}
