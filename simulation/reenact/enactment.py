"""One attempt to re-enact one run: the log says who acts next, the machines say what comes of it.

Line after line in printed order, which is binding: a line either continues the handler that a
machine is in the middle of, or opens one, for something that waits for that machine
(``inputs``); or it is a script's or the coordinator's (``coordinator``). Whatever prints
nothing is done when a line needs it, and in the order in which it was sent unless the line
needs another (``silence``).

A handler is opened only if all that it prints is what the log has of that process next, so a
wrong turn is seldom taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulation.harness import Outcome, Plan
from simulation.protocols.effects import Die
from simulation.protocols.reports import Begun, Report
from simulation.reenact import election
from simulation.reenact.coordinator import Coordinator
from simulation.reenact.freedom import Freedom
from simulation.reenact.inputs import Inputs
from simulation.reenact.outlook import NAMELESS, OF_SCRIPTS, Outlook
from simulation.reenact.silence import Silence
from simulation.reenact.stage import Stage
from simulation.reenact.stuck import Stuck, expect
from simulation.seedlog.lines import Line
from simulation.seedlog.runs import LoggedRun

LINE_US = 1_000
"""A log has no clock: its first line is printed at 1 ms, the next at 2 ms, and so on."""


class Enactment:
    """The attempt to print ``run`` by carrying out ``plan`` on ``stage``."""

    def __init__(self, stage: Stage, run: LoggedRun, plan: Plan, freedom: Freedom) -> None:
        stage.begin(plan.order, freedom.held, freedom.lost)
        self.index = 0
        """The line to be printed."""
        self._stage = stage
        self._run = run
        self._names = plan.names
        self._outlook = Outlook(run.readable, stage.count)
        self.silence = Silence(stage)
        self._coordinator = Coordinator(
            stage, run, plan, self._outlook, self.silence, late_deaths=freedom.late_deaths
        )
        self._inputs = Inputs(stage, run, self._outlook, self.silence, self._coordinator.scripts)
        for process in range(stage.count):
            self._note_last_words(process)

    def go(self) -> Outcome:
        """Print every line. Raises ``Stuck`` at the first that cannot be, ``Rebound`` for a wrong guess."""
        for index, line in enumerate(self._run.readable):
            self.index = index
            self._stage.at((index + 1) * LINE_US)
            kind = type(line.said)
            if line.process >= self._stage.count:
                raise Stuck(index, f"p{line.process + 1} takes no part in this run")
            if kind in OF_SCRIPTS:
                self._coordinator.print(index, line)
            elif kind is Begun:
                self._coordinator.begin(index, line)
                self._say(line.process, index, line)
            elif kind in NAMELESS:
                self._print_nameless(index, line)
            else:
                self._print(index, line)
            self._coordinator.kill_the_due(index)
        return self._coordinator.outcome()

    def possible(self) -> Iterator[tuple[int, Report]]:
        """What could be printed now, and by whom; called when nothing more is to be printed."""
        for process in range(self._stage.count):
            if self._stage.hosts[process].alive:
                report = self._stage.about_to_say(process) or self.silence.first_print(process)
                if report is not None:
                    yield process, report
        yield from self._coordinator.possible()

    def _print(self, index: int, line: Line) -> None:
        process = line.process
        host = self._stage.hosts[process]
        if not host.alive:
            why = "is dead by now" if self._coordinator.has_begun(process) else "has not started"
            raise Stuck(index, f"{self._names[process]} {why}")
        if host.busy_with is None:
            self._coordinator.poll_in_time(process)
            self._inputs.open(index, line)
        self._say(process, index, line)

    def _print_nameless(self, index: int, line: Line) -> None:
        kind = type(line.said)
        everybody = range(self._stage.count)
        ready = [process for process in everybody if type(self._stage.about_to_say(process)) is kind]
        if not ready:
            raise Stuck(index, "no process is at a point where it prints that")
        self._say(min(ready, key=self._outlook.next_of), index, line)

    def _say(self, process: int, index: int, line: Line) -> None:
        expect(self._stage.about_to_say(process), index, line, process, self._names[process])
        mine = self._outlook.mine[process]
        if mine[-1:] == [index]:
            mine.pop()
            self._note_last_words(process)
            if not mine and self._outlook.last_needed[process] > index:
                self._be_heard_before_dying(process)
        self._stage.say(self._stage.hosts[process])

    def _note_last_words(self, process: int) -> None:
        if not self._outlook.mine[process] and process not in self._run.survivors:
            self._stage.last_words.add(process)

    def _be_heard_before_dying(self, process: int) -> None:
        """Who names a process leader after it died by itself had heard of it before."""
        if any(isinstance(effect, Die) for effect in self._stage.rest_of(process)):
            for other in self._outlook.names_later(process):
                election.hear(self._stage, other, process)
