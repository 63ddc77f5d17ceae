"""Hand-made plans on a toy protocol, in a world where nothing takes time by itself.

An ``Oracle`` answers its own client and talks to nobody: the proposals of instance k are
aborted k - 1 times before one is decided, those of instance 0 are never answered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.harness import Harness, Outcome, Plan
from simulation.harness.plan import Expectation
from simulation.harness.steps import Step
from simulation.network import LOCAL
from simulation.protocols import Machine, Protocol, handles
from simulation.protocols.effects import Answer, Effect
from simulation.protocols.inputs import Abort, Decision, GetDecision, Propose, Restarted, Started, Undecided
from simulation.protocols.machine import Step as Taken
from simulation.protocols.reports import LeaderNamed
from simulation.trace import Kind
from simulation.trace.record import CONTENT, KIND, PROCESS, TIME

CALM = replace(
    LOCAL,
    delay_us=(1, 1),
    own_delay_us=(1, 1),
    send_us=(0, 0),
    print_us=(0, 0),
    start_jitter_us=(0, 0),
    slice_per_mille=0,
)
"""A call and its answer take 1 us each, everything else nothing."""

START_US = 110_000
"""When the scripts start under these conditions."""


class Memory(Struct, frozen=True):
    """How often an oracle was asked to decide, and what it decided."""

    tried: int = 0
    decided: int | None = None


class Oracle(Machine):
    """Decides what its own client proposes. A proposal's action is the name of a leader."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Taken:
        return Memory(), ()

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Taken:
        return Memory(), ()

    @handles(Propose)
    def on_propose(self, state: Memory, sender: int, call: Propose) -> Taken:
        tried = state.tried + 1
        said: tuple[Effect, ...] = ()
        if call.action is not None:
            said = (LeaderNamed(self.config.names.index(call.action)),)
        if call.instance == 0:
            return replace(state, tried=tried), said
        if tried < call.instance:
            return replace(state, tried=tried), (*said, Answer(call.call, Abort(call.instance)))
        decision = Decision(call.instance, call.value)
        return Memory(tried, call.value), (*said, Answer(call.call, decision))

    @handles(GetDecision)
    def on_get_decision(self, state: Memory, sender: int, call: GetDecision) -> Taken:
        if state.decided is None:
            return state, (Answer(call.call, Undecided(call.instance)),)
        return state, (Answer(call.call, Decision(call.instance, state.decided)),)


ORACLES = Protocol("oracles", "each decides alone", components=(Oracle,))


class Told(NamedTuple):
    """One record, as a test looks at it."""

    time_us: int
    place: str
    content: Any


class Done(NamedTuple):
    """A run that is over."""

    cluster: Cluster
    outcome: Outcome

    def told(self, *kinds: Kind) -> list[Told]:
        """The records of these kinds, in order."""
        name = self.cluster.places.name
        return [
            Told(record[TIME], name(record[PROCESS]), record[CONTENT])
            for record in self.cluster.trace
            if record[KIND] in kinds
        ]

    def said(self, kind: type) -> list[Told]:
        """The reports of this type, in order."""
        return [told for told in self.told(Kind.REPORT) if isinstance(told.content, kind)]

    def proposals(self) -> list[Told]:
        """The calls by which clients proposed, in order."""
        return [told for told in self.told(Kind.CALL) if isinstance(told.content, Propose)]


def made(*scripts: tuple[Step, ...], **changes: Any) -> Plan:
    """A plan with these scripts, one a process; p1 proposes 201, p2 202 and so on."""
    count = len(scripts)
    plan = Plan(
        scenario="by hand",
        seed=7,
        protocol=ORACLES.name,
        profile="calm",
        conditions=CALM,
        names=tuple(f"p{number}" for number in range(1, count + 1)),
        order=tuple(range(count)),
        roles={},
        values=tuple(range(201, 201 + count)),
        scripts=scripts,
        faults=(),
        expect=Expectation("allowed", ()),
    )
    return replace(plan, **changes)


def carried_out(plan: Plan) -> Done:
    """The run of this plan on a cluster of its own."""
    cluster = Cluster(ORACLES, plan.names, plan.conditions)
    return Done(cluster, Harness(cluster, plan).run())


def run(*scripts: tuple[Step, ...], **changes: Any) -> Done:
    """The run of a plan with these scripts."""
    return carried_out(made(*scripts, **changes))
