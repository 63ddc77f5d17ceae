"""A process's script in a re-enactment: the same steps as in a simulated run, without time.

What a script does in silence (sleeping, suspending and resuming its replica, hearing an
answer, giving up) it does when a later line needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from simulation.faults import Kill, Resume, Suspend
from simulation.harness import Plan, steps
from simulation.harness.reports import (
    AnswerUnexpected,
    KillsAnnounced,
    ScriptStarted,
    SpareAnnounced,
    WaitEnded,
)
from simulation.harness.script import ASK_US, EXPECTED
from simulation.protocols.inputs import Abort, Decision, GetDecision, Propose
from simulation.protocols.reports import Report
from simulation.reenact.stage import Stage
from simulation.trace import Kind

_FAULTS: dict[type, Any] = {steps.Suspend: Suspend(), steps.Resume: Resume(), steps.Kill: Kill()}


class Script:
    """The script of ``process``, as far as it has come."""

    def __init__(self, stage: Stage, plan: Plan, process: int) -> None:
        self._stage = stage
        self._process = process
        self.proposes = plan.values[process]
        """The value that it proposes."""
        self._steps = list(_flat(plan.scripts[process]))
        self._at = 0
        self._call: Any = None
        self._announcements = list(_announcements(plan))
        self._said = 0
        self._polled: Decision | None = None
        self.value: int | None = None
        """What it got to know by waiting."""

    @property
    def announcement(self) -> Report | None:
        """What it has still to print before its first step."""
        return self._announcements[self._said] if self._said < len(self._announcements) else None

    @property
    def has_announced(self) -> bool:
        """Whether it has announced that it starts."""
        return self._said > 0

    def announce(self) -> None:
        """Print that."""
        self._print(self.announcement)
        self._said += 1

    def proposal(self) -> steps.Propose | None:
        """The next step, if it is a proposal or can be reached in silence."""
        step = self._reach()
        return step if isinstance(step, steps.Propose) and self._call is None else None

    def propose(self) -> Any:
        """Call the replica: the call as it waits in the replica's inbox."""
        step = self._steps[self._at]
        self._call, waiting = self._stage.call(
            self._process,
            lambda call: Propose(call, step.instance, self.proposes, step.action),
            step.timeout_us,
        )
        return waiting

    def waits_for(self) -> steps.Wait | None:
        """The next step, if it is to wait for a decision or can be reached in silence."""
        step = self._reach()
        return step if isinstance(step, steps.Wait) else None

    def poll(self) -> None:
        """Ask the replica, which has to be idle, and hear what it answers."""
        if self._polled is not None:
            return
        step = self._steps[self._at]
        signal, waiting = self._stage.call(
            self._process, lambda call: GetDecision(call, step.instance), ASK_US
        )
        self._stage.happen(waiting)
        # An answer to an earlier call, which was given up, comes first and is heard by nobody.
        while not signal.processed and (answer := self._stage.answer_for(self._process)) is not None:
            self._stage.happen(answer)
        if signal.processed and isinstance(signal.value, Decision):
            self._polled = signal.value

    def wait_ended(self) -> WaitEnded:
        """What it would print of its waiting: the decision if it has heard it, else that it gave up."""
        step = self._steps[self._at]
        if self._polled is not None:
            return WaitEnded(step.instance, self._polled.value, 0)
        return WaitEnded(step.instance, None, step.timeout_us)

    def end_wait(self) -> None:
        """Print that."""
        said = self.wait_ended()
        self._print(said)
        if self._polled is not None:
            self.value = self._polled.value
        self._polled = None
        self._at += 1

    def give_up(self) -> bool:
        """Stop waiting for the answer of a call that is not coming; whether there was one."""
        self._reach()
        if self._call is None:
            return False
        self._stage.happen(self._stage.expiry_of(self._process))
        self._heard()
        return True

    def kills(self) -> bool:
        """Whether its replica's death is the next step, or can be reached in silence."""
        return isinstance(self._reach(), steps.Kill)

    def kill(self) -> None:
        """Kill the replica."""
        self._at += 1
        self._stage.strike(Kill(), self._process)

    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self._reach() is None and self._at >= len(self._steps)

    def _reach(self) -> Any:
        """The next step that is not done in silence; None before the announcements and at the end."""
        if self.announcement is not None:
            return None
        while self._at < len(self._steps):
            step = self._steps[self._at]
            if self._call is not None:
                answer = self._stage.answer_for(self._process)
                if answer is None:
                    return step
                self._stage.happen(answer)
                if self._call.processed:
                    self._heard()
            elif isinstance(step, steps.Suspend | steps.Resume):
                self._stage.strike(_FAULTS[type(step)], self._process)
                self._at += 1
            elif isinstance(step, steps.Sleep):
                self._at += 1
            else:
                return step
        return None

    def _heard(self) -> None:
        step, reply = self._steps[self._at], self._call.value
        self._call = None
        if step.until_commit and isinstance(reply, Abort):
            return
        self._at += 1
        if step.expect is not None and not isinstance(reply, EXPECTED[step.expect]):
            unexpected = AnswerUnexpected(step.instance, step.expect, type(reply).__name__)
            self._print(unexpected)

    def _print(self, report: Report | None) -> None:
        cluster = self._stage.cluster
        cluster.record(Kind.REPORT, cluster.places.client(self._process), report)


def _announcements(plan: Plan) -> Iterator[Report]:
    yield ScriptStarted(plan.order if plan.announce == "participants" else None)
    if plan.announce == "kill sets":
        yield SpareAnnounced(plan.roles["spare"])
        yield KillsAnnounced(plan.roles["leaders"], plan.roles["followers"])


def _flat(script: Iterable[steps.Step]) -> Iterator[Any]:
    for step in script:
        if isinstance(step, steps.Repeat):
            for _ in range(step.times):
                yield from _flat(step.body)
        else:
            yield step
