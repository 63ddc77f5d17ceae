"""One run of a scenario: the one place that wires scenario, cluster, harness and checks.

A run is a function of (scenario, seed) and of nothing else.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import scenario as scenarios
from simulation.checks import Finding, RunStory, Unknown, Violated, judge, verdict, warnings
from simulation.cluster import Cluster
from simulation.errors import InputError
from simulation.harness import Harness, Outcome, Plan
from simulation.kernel import Entropy
from simulation.protocols import find_protocol
from simulation.protocols.reports import BallotStarted, Decided
from simulation.report.frame import trace_frame
from simulation.report.summary import one_line
from simulation.scenario import Scenario
from simulation.search import Schedule, Storm, Strategy, find_strategy, timeless, write_schedule
from simulation.seedlog import log_lines
from simulation.trace import FORMAT, Kind, Places, Trace
from simulation.trace.record import CONTENT

if TYPE_CHECKING:
    from simulation.diagram import Diagram
    from simulation.page import Page

MOST_SEED = 2**128 - 1


class Run:
    """What one run was and what is to be said of it. Processes have their names here."""

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        trace: Trace,
        places: Places,
        outcome: Outcome,
        virtual_us: int,
        *,
        reenacts: tuple[str, ...] | None = None,
        moves: Schedule = (),
        scheduled: bool = False,
    ) -> None:
        self.scenario = scenario
        self.plan = plan
        self.seed = plan.seed
        self.reenacts = reenacts
        """The lines of a real log that this run re-enacts; None where it was simulated from its seed."""
        self.moves = moves
        """What the strategy did; nothing in a run that follows the network's times."""
        self.scheduled = scheduled
        """Whether it was told the moves, so that its seed decides nothing but what comes after them."""
        self.trace = trace
        self.places = places
        self.outcome = outcome
        self.virtual_us = virtual_us
        """How much virtual time passed, in microseconds."""
        self.story = RunStory(trace.records, places, plan, outcome)
        """The trace arranged by what was said."""

    @cached_property
    def findings(self) -> list[Finding]:
        """What each check found that applies to the protocol, in the order of ``checks.CHECKS``."""
        # When it is asked for: who looks for one property only need not wait for all of them.
        return judge(self.story, find_protocol(self.plan.protocol).steps)

    @cached_property
    def warnings(self) -> list[str]:
        """What a reader should know and no property forbids."""
        return warnings(self.story)

    @property
    def verdict(self) -> str:
        """``"pass"``, ``"fail"`` or ``"unknown"``."""
        return verdict(self.findings)

    @property
    def violations(self) -> list[Violated]:
        """The properties that were violated, each with the events that prove it."""
        return [finding for finding in self.findings if isinstance(finding, Violated)]

    @property
    def unknowns(self) -> list[Unknown]:
        """What could not be judged, each with the reason."""
        return [finding for finding in self.findings if isinstance(finding, Unknown)]

    @property
    def decisions(self) -> dict[int, dict[str, int]]:
        """What each process learned: ``{instance: {process: value}}``."""
        found: dict[int, dict[str, int]] = {}
        for said in self.story.said(Decided):
            found.setdefault(said.content.instance, {})[self.plan.names[said.process]] = said.content.value
        return found

    @property
    def survivors(self) -> list[str]:
        """The processes alive when all scripts were done."""
        return [self.plan.names[process] for process in self.outcome.survivors]

    @property
    def ballots(self) -> int:
        """How many ballots were started, over all processes and instances."""
        return len(self.story.said(BallotStarted))

    @property
    def messages(self) -> dict[str, int]:
        """How many messages of each kind were handled, by kind in alphabetical order."""
        handled = Counter(map(type, map(itemgetter(CONTENT), self.story.of_kind(Kind.MESSAGE))))
        by_name: Counter[str] = Counter()
        for kind, count in handled.items():
            by_name[kind.__name__] += count
        return dict(sorted(by_name.items()))

    @property
    def events(self) -> int:
        """How many events the trace has."""
        return len(self.trace)

    @cached_property
    def digest(self) -> str:
        """The certificate of the trace, 32 hexadecimal digits."""
        return self.trace.digest()

    def log(self) -> str:
        """The run in the real system's lines, without a newline at the end."""
        return "\n".join(log_lines(self.trace.records, self.places))

    def frame(self) -> Any:
        """The trace as a pandas DataFrame, one row an event. Raises ``InputError`` without pandas."""
        return trace_frame(self.trace, self.places)

    def diagram(
        self, *, show: Collection[str] = (), around: int | None = None, most: int | None = None
    ) -> Diagram:
        """The run as a space-time diagram, an SVG that a notebook shows by itself; see ``Diagram``."""
        # Whoever only runs need not wait for what draws.
        from simulation.diagram import Diagram

        return Diagram(self, show=show, around=around, most=most)

    def page(self, beside: Run | None = None) -> Page:
        """The run, or two of them side by side, as a page to step through; ``html()`` is the file.

        A notebook shows it by itself.
        """
        from simulation.page import Page

        return Page(self, beside)

    def as_json(self) -> dict[str, Any]:
        """The run as one JSON object, with the scenario's text: it can be replayed from this alone."""
        return {
            "format": FORMAT,
            **self.origin,
            "verdict": self.verdict,
            "violations": [
                {"check": v.check, "message": v.message, "events": list(v.events)} for v in self.violations
            ],
            "unknown": [{"check": u.check, "message": u.message} for u in self.unknowns],
            "warnings": self.warnings,
            "decisions": {str(instance): by for instance, by in sorted(self.decisions.items())},
            "survivors": self.survivors,
            "ballots": self.ballots,
            "messages": self.messages,
            "events": self.events,
            "virtual_us": self.virtual_us,
            "digest": self.digest,
        }

    @property
    def origin(self) -> dict[str, Any]:
        """What the run is a function of, as a JSON object: scenario and seed, or the lines of a log."""
        origin: dict[str, Any] = {
            "scenario": self.scenario.name,
            "overrides": dict(self.scenario.overrides),
            "seed": self.seed,
            "protocol": self.plan.protocol,
            "profile": self.plan.profile,
            "text": self.scenario.text,
        }
        if self.reenacts is not None:
            return {**origin, "seed": None, "reenacts": list(self.reenacts)}
        if self.scheduled:
            return {**origin, "schedule": write_schedule(self.moves)}
        return origin

    def __repr__(self) -> str:
        return one_line(self)

    def _repr_html_(self) -> str:
        from simulation.diagram import html

        return html(self)


class Runner:
    """Runs one scenario for many seeds on one cluster, which is reset between them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._cluster: Cluster | None = None
        self._entropy = Entropy(0)

    def run(self, seed: int) -> Run:
        """The run of this seed, the same whatever ran before it."""
        plan = scenarios.plan(self.scenario, checked_seed(seed), self._entropy)
        if plan.strategy is not None:
            return self._stormy(plan, find_strategy(plan.strategy))
        cluster = self._built(plan)
        outcome = Harness(cluster, plan).run()
        return Run(self.scenario, plan, cluster.trace, cluster.places, outcome, cluster.kernel.now)

    def follow(self, schedule: Schedule, seed: int) -> Run:
        """The run in which exactly these moves are made. The scenario has to have a strategy."""
        plan = scenarios.plan(self.scenario, checked_seed(seed), self._entropy)
        return self._stormy(plan, schedule)

    def _stormy(self, plan: Plan, moves: Strategy | Schedule) -> Run:
        cluster = self._built(plan)
        storm = Storm(cluster, plan, moves)
        outcome = storm.run()
        return Run(
            self.scenario,
            storm.plan,
            cluster.trace,
            cluster.places,
            outcome,
            cluster.kernel.now,
            moves=storm.schedule,
            scheduled=not isinstance(moves, Strategy),
        )

    def _built(self, plan: Plan) -> Cluster:
        if self._cluster is None:
            conditions = plan.conditions if plan.strategy is None else timeless(plan.conditions)
            protocol = find_protocol(plan.protocol)
            self._cluster = Cluster(protocol, plan.names, conditions, len(plan.voters))
        return self._cluster


def run(scenario: Scenario | str | Path, seed: int = 0) -> Run:
    """Run a scenario, or the one of this name or path, with this seed."""
    if not isinstance(scenario, Scenario):
        scenario = scenarios.load(scenario)
    return Runner(scenario).run(seed)


def checked_seed(seed: Any) -> int:
    """The seed, if it is a whole number from 0 to 2**128 - 1, of NumPy too. Raises ``InputError``."""
    try:
        number = operator.index(seed)
    except TypeError:
        number = -1
    if isinstance(seed, bool) or not 0 <= number <= MOST_SEED:
        raise InputError(f"seed: is {seed!r}; a whole number from 0 to 2**128 - 1 is needed, such as 7")
    return number
