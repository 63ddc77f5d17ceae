"""The harness's part in a re-enactment: the scripts and the coordinator, and the lines that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from simulation.harness import Outcome, Plan
from simulation.harness import reports as harness
from simulation.kernel import Ending
from simulation.protocols.reports import Begun, Proposed, Report
from simulation.reenact.outlook import Outlook
from simulation.reenact.script import Script
from simulation.reenact.silence import Silence
from simulation.reenact.stage import Stage
from simulation.reenact.stuck import Stuck, expect
from simulation.seedlog.lines import Line
from simulation.seedlog.runs import LoggedRun
from simulation.trace import Kind


class Coordinator:
    """Starts processes, carries out their scripts, ends them, and collects what they found out."""

    def __init__(
        self,
        stage: Stage,
        run: LoggedRun,
        plan: Plan,
        outlook: Outlook,
        silence: Silence,
        *,
        late_deaths: bool,
    ) -> None:
        self._stage = stage
        self._run = run
        self._names = plan.names
        self._values = plan.values
        self._outlook = outlook
        self._silence = silence
        self._everybody = range(stage.count)
        self.scripts = [Script(stage, plan, process) for process in self._everybody]
        self._late_deaths = late_deaths
        self._doomed = [p for p in self._everybody if run.complete and p not in run.survivors]
        self._begun: set[int] = set()
        self._queues: dict[int, int] = {}
        self._collected: list[int | None] = []

    def print(self, index: int, line: Line) -> None:
        """Let a script or the coordinator print a line. Raises ``Stuck``."""
        _PRINT[type(line.said)](self, index, line)

    def begin(self, index: int, line: Line) -> None:
        """Start a process."""
        process = line.process
        if process in self._begun:
            raise Stuck(index, f"{self._names[process]} has started before")
        if any(script.has_announced for script in self.scripts):
            raise Stuck(index, "scripts have begun, and they do so when all processes have started")
        self._begun.add(process)
        self._stage.start(process)

    def has_begun(self, process: int) -> bool:
        """Whether a process was started."""
        return process in self._begun

    def poll_in_time(self, process: int) -> None:
        """Before a replica begins something that prints, let its client ask it if it has an answer."""
        if self._outlook.learns(process):
            wait = self.scripts[process].waits_for()
            if wait is not None and self._silence.knows(process, wait.instance):
                self.scripts[process].poll()

    def kill_the_due(self, index: int) -> None:
        """Kill who has to die and is needed no more, unless deaths come when scripts have ended."""
        if not self._late_deaths:
            due = [process for process in self._doomed if self._outlook.last_needed[process] <= index]
            for process in due:
                if self._kill(process):
                    self._doomed.remove(process)

    def possible(self) -> Iterator[tuple[int, Report]]:
        """What processes, scripts and the coordinator could print now, and for whom."""
        over = all(script.ended() or script.kills() for script in self.scripts)
        for process, script in enumerate(self.scripts):
            if process not in self._begun:
                yield process, Begun()
            elif self._stage.hosts[process].alive:
                if script.announcement is None:
                    yield from self._possible_of(process, script, over)
                elif len(self._begun) == self._stage.count:
                    yield process, script.announcement

    def outcome(self) -> Outcome:
        """How the run ended."""
        return Outcome(
            ending=Ending.FINISHED if self._run.complete else None,
            finished=self._run.complete,
            values=tuple(script.value for script in self.scripts),
            survivors=tuple(sorted(self._queues)),
            queues=self._queues,
        )

    def _possible_of(self, process: int, script: Script, over: bool) -> Iterator[tuple[int, Report]]:
        proposal, wait = script.proposal(), script.waits_for()
        if proposal is not None:
            yield process, Proposed(proposal.instance, self._values[process], proposal.action)
        if wait is not None and self._silence.knows(process, wait.instance):
            script.poll()
            yield process, script.wait_ended()
        if over and script.ended():
            yield process, harness.QueueRead(0)

    # Lines ----------------------------------------------------------------------------

    def _announce(self, index: int, line: Line) -> None:
        for process in self._everybody:
            if process not in self._begun:
                raise Stuck(index, f"{self._names[process]} has not started", process, Begun())
        self._announce_as(line.process, index, line)

    def _announce_kills(self, index: int, line: Line) -> None:
        """Nobody's name stands in the line: it is printed by the script that has to be done with it first."""
        kind = type(line.said)
        ready = [p for p in self._everybody if type(self.scripts[p].announcement) is kind]
        if not ready:
            raise Stuck(index, "no script is at a point where it prints that")
        self._announce_as(min(ready, key=self._outlook.next_act), index, line)

    def _announce_as(self, process: int, index: int, line: Line) -> None:
        script = self.scripts[process]
        expect(script.announcement, index, line, process, self._names[process])
        script.announce()

    def _end_wait(self, index: int, line: Line) -> None:
        process, script = line.process, self.scripts[line.process]
        wait = script.waits_for()
        if wait is None and script.give_up():
            wait = script.waits_for()
        if wait is None:
            raise Stuck(index, f"the script of {self._names[process]} waits for nothing here", process)
        if self._outlook.learns(process) and self._stage.hosts[process].busy_with is None:
            self._silence.until_known(process, wait.instance)
            script.poll()
        if self._outlook.learns(process) and script.wait_ended().value is None:
            raise Stuck(index, f"{self._names[process]} knows no decision", process)
        expect(script.wait_ended(), index, line, process, self._names[process])
        self._outlook.waits[process].pop()
        script.end_wait()

    def _read_queue(self, index: int, line: Line) -> None:
        process = line.process
        if not self._queues:
            self._end_scripts(index)
        if process in self._queues or not self._stage.hosts[process].alive:
            raise Stuck(index, f"{self._names[process]} has no queue to read", process)
        self._silence.drain(index, process)
        cluster = self._stage.cluster
        report = harness.QueueRead(cluster.queue_length(process))
        expect(report, index, line, process, self._names[process])
        cluster.record(Kind.REPORT, cluster.places.client(process), report)
        self._queues[process] = report.length
        self._collected.append(self.scripts[process].value)
        cluster.stop(process)
        self._stage.bury(process)

    def _collect(self, index: int, line: Line) -> None:
        if not self._queues:
            self._end_scripts(index)
        for process in self._everybody:
            if self._stage.hosts[process].alive:
                why = f"{self._names[process]} has not read its queue"
                raise Stuck(index, why, process, harness.QueueRead(0))
        report = harness.Collected(tuple(reversed(self._collected)))
        expect(report, index, line, -1, "the coordinator")
        if index < len(self._run.readable) - 1:
            raise Stuck(index + 1, "the run is over")
        cluster = self._stage.cluster
        cluster.record(Kind.REPORT, cluster.places.coordinator, report)

    # Ends -----------------------------------------------------------------------------

    def _end_scripts(self, index: int) -> None:
        """All scripts are done before anybody reads a queue."""
        for process, script in enumerate(self.scripts):
            if process not in self._run.survivors and self._stage.hosts[process].alive:
                self._kill(process)
            if not self._stage.hosts[process].alive:
                continue
            wait = script.waits_for()
            if wait is None:
                script.give_up()
            if not script.ended():
                known = wait is not None and self._silence.knows(process, wait.instance)
                if known:
                    script.poll()
                why = f"the script of {self._names[process]} is not done"
                raise Stuck(index, why, process, script.wait_ended() if known else None)

    def _kill(self, process: int) -> bool:
        """Kill a process, if that is what its script does next; whether it is dead."""
        script = self.scripts[process]
        if not self._stage.hosts[process].alive:
            return process in self._begun
        if script.announcement is not None:
            return False
        if not script.kills():
            script.give_up()
        if not script.kills():
            return False
        script.kill()
        return True


_PRINT: Mapping[type, Callable[[Coordinator, int, Line], None]] = {
    harness.ScriptStarted: Coordinator._announce,
    harness.SpareAnnounced: Coordinator._announce_kills,
    harness.KillsAnnounced: Coordinator._announce_kills,
    harness.WaitEnded: Coordinator._end_wait,
    harness.QueueRead: Coordinator._read_queue,
    harness.Collected: Coordinator._collect,
}
