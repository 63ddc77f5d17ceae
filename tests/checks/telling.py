"""Runs told by hand, a record a sentence, for what no protocol can be made to do."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from simulation.checks import RunStory
from simulation.faults import Fault, Kill, PlannedFault, Strike, Target
from simulation.harness import Calm, Expectation, Happening, Outcome, Plan
from simulation.harness.steps import Step
from simulation.kernel import Ending
from simulation.network import LOCAL
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Propose
from simulation.trace import Kind, Places, Record
from simulation.trace.record import NO_CAUSE


class Telling:
    """A run of ``processes`` processes 0, 1, ... in which happens what its methods say.

    Every method that makes a record returns its id. Ids are no places: they begin at 100.
    Unless something else is said, the run came to its end and nothing was expected of it.
    """

    def __init__(self, processes: int = 3) -> None:
        names = tuple(f"p{number}" for number in range(1, processes + 1))
        everybody = tuple(range(processes))
        self.places = Places(names, ["node", "elector"])
        self.records: list[Record] = []
        self.idle = False
        self.passed_us = 0
        self.plan = Plan(
            scenario="told",
            seed=0,
            protocol="none",
            profile="local",
            conditions=LOCAL,
            names=names,
            order=everybody,
            roles={},
            values=everybody,
            scripts=((),) * processes,
            faults=(),
            expect=Expectation("allowed", ()),
        )
        self.outcome = Outcome(Ending.FINISHED, True, (None,) * processes, everybody, {})

    # What was to be.

    def expecting(self, decision: str, *by: int) -> Telling:
        """What had to come out."""
        self.plan = replace(self.plan, expect=replace(self.plan.expect, decision=decision, by=by))
        return self

    def to_show(self, what: str, *processes: int, before_decision: bool = False) -> Telling:
        """A statement without which the run proves nothing."""
        names = [self.places.names[process] for process in processes]
        text = " ".join([*names, what, *["before decision"] * before_decision])
        happening = Happening(text, processes, what, before_decision)
        self.plan = replace(self.plan, expect=replace(self.plan.expect, happens=(happening,)))
        return self

    def script(self, process: int, *steps: Step) -> Telling:
        """The script of a process."""
        scripts = list(self.plan.scripts)
        scripts[process] = steps
        self.plan = replace(self.plan, scripts=tuple(scripts))
        return self

    def planned(
        self, name: str, fault: Fault, *, must_happen: bool = True, for_us: int | None = None
    ) -> Telling:
        """A fault that the world was to do to process 0."""
        planned = PlannedFault(name, 0, fault, Target("p1", (0,)), must_happen, for_us=for_us)
        self.plan = replace(self.plan, faults=(*self.plan.faults, planned))
        return self

    def calm(self, calm: Calm) -> Telling:
        """The storm that was to be over."""
        self.plan = replace(self.plan, calm=calm)
        return self

    def cut(self, ending: Ending = Ending.FINISHED) -> Telling:
        """The run never came to its own end."""
        self.outcome = replace(self.outcome, finished=False, ending=ending)
        return self

    def queues(self, **lengths: int) -> Telling:
        """Queue lengths at the end, by name."""
        queues = {self.places.names.index(name): length for name, length in lengths.items()}
        self.outcome = replace(self.outcome, queues=queues)
        return self

    # What happened.

    def passes(self, time_us: int) -> None:
        """So much time passes, beside the microsecond that every record takes."""
        self.passed_us += time_us

    def says(self, process: int, *reports: Any) -> int:
        """A process reports, one after the other. The id of the last."""
        for report in reports:
            told = self._record(Kind.REPORT, process, report)
        return told

    def proposes(self, process: int, instance: int, value: int) -> int:
        """A client of a process proposes."""
        return self._record(Kind.CALL, self.places.client(process), Propose(0, instance, value))

    def script_says(self, process: int, report: Any) -> int:
        """A process's script reports."""
        return self._record(Kind.REPORT, self.places.client(process), report)

    def handles(self, process: int, message: Any, kind: Kind = Kind.MESSAGE, *, part: int = 0) -> int:
        """A machine of a process handles an input."""
        return self._record(kind, part * self.places.count + process, message)

    def tells_client(self, process: int, reply: Any) -> int:
        """A client gets a reply."""
        return self._record(Kind.RETURN, self.places.client(process), Answer(0, reply))

    def strikes(self, fault: Fault, process: int, by: str = "script", reason: str = "") -> int:
        """A fault strikes a process, or nobody where the process is -1."""
        place = process if process >= 0 else self.places.coordinator
        return self._record(Kind.STRIKE, place, Strike(fault, process, by, reason))

    def strikes_links(self, content: Any) -> int:
        """Something strikes that is recorded at the coordinator."""
        return self._record(Kind.STRIKE, self.places.coordinator, content)

    def dies(self, process: int, by: str = "script") -> int:
        """A process is killed."""
        return self.strikes(Kill(), process, by)

    def story(self) -> RunStory:
        """The run as checks see it; at its very end somebody proposes, so that it is not idle."""
        if not self.idle:
            self.proposes(0, 0, 0)
        return RunStory(self.records, self.places, self.plan, self.outcome)

    def _record(self, kind: Kind, address: int, content: Any) -> int:
        place = len(self.records)
        number = 100 + 7 * place
        time_us = self.passed_us + place
        self.records.append((time_us, 1, number, int(kind), NO_CAUSE, address, address, content))
        return number
