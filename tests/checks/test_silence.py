"""Nothing from the dead: on runs told by hand, and on clusters that let the dead act.

No protocol can make the driver do that, so the bugs are planted in the cluster.
"""

from __future__ import annotations

import pytest

from simulation.checks import Finding, Held, RunStory, Violated, judge
from simulation.checks.safety import dead_are_silent
from simulation.cluster import Cluster
from simulation.faults import Kill, Restart, Suspend
from simulation.harness import Harness
from simulation.harness.reports import WaitEnded
from simulation.protocols import find_protocol
from simulation.protocols.inputs import GetDecision, Undecided
from simulation.protocols.paxos.messages import Heartbeat, Prepare, Tick
from simulation.protocols.reports import Promised
from simulation.scenario import load, plan
from simulation.trace import Kind
from simulation.trace.record import CONTENT, ID
from tests.checks.telling import Telling
from tests.mutants.cluster import OnlyRecordsDeaths, SparesTheElector


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.MESSAGE, Prepare(1, 4)),
        (Kind.TIMER, Tick()),
        (Kind.REPORT, Promised(1, 4, None, None)),
        (Kind.REQUEST, GetDecision(0, 1)),
    ],
)
def test_dead_process_that_does_anything_is_found(kind: Kind, content: object) -> None:
    told = Telling()
    events = told.dies(1), told.handles(1, content, kind)
    assert dead_are_silent(told.story()) == Violated(
        "dead are silent", "p2 was killed and acted afterwards", events
    )


def test_dead_process_whose_elector_goes_on_is_found() -> None:
    told = Telling()
    events = told.dies(1), told.handles(1, Heartbeat(), part=1)
    assert dead_are_silent(told.story()) == Violated(
        "dead are silent", "p2.elector was killed and acted afterwards", events
    )


def test_second_of_two_dead_that_acts_is_found() -> None:
    told = Telling()
    told.dies(0)
    death = told.dies(1, by="machine")
    told.handles(2, Prepare(1, 4))
    act = told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Violated(
        "dead are silent", "p2 was killed and acted afterwards", (death, act)
    )


def test_process_may_act_until_it_dies_and_others_afterwards() -> None:
    told = Telling()
    told.handles(1, Prepare(1, 4))
    told.dies(1)
    told.handles(0, Prepare(1, 4))
    told.handles(0, Heartbeat(), part=1)
    assert dead_are_silent(told.story()) == Held("dead are silent")


def test_message_that_finds_its_destination_dead_is_no_act_of_the_dead() -> None:
    told = Telling()
    told.dies(1)
    told.handles(1, Prepare(1, 4), Kind.LOST)
    assert dead_are_silent(told.story()) == Held("dead are silent")


def test_script_and_client_of_a_dead_process_may_go_on() -> None:
    told = Telling()
    told.dies(1)
    told.tells_client(1, Undecided(1))
    told.script_says(1, WaitEnded(1, None, 5))
    assert dead_are_silent(told.story()) == Held("dead are silent")


def test_suspended_process_is_not_dead() -> None:
    told = Telling()
    told.strikes(Suspend(), 1)
    told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Held("dead are silent")


def test_who_was_restarted_may_act() -> None:
    told = Telling()
    told.dies(1)
    told.strikes(Restart(), 1, by="schedule")
    told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Held("dead are silent")


def test_second_death_silences_again() -> None:
    told = Telling()
    told.dies(1)
    told.strikes(Restart(), 1, by="schedule")
    events = told.dies(1), told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Violated(
        "dead are silent", "p2 was killed and acted afterwards", events
    )


def test_restart_of_the_living_is_no_new_life() -> None:
    told = Telling()
    told.strikes(Restart(), 1, by="schedule")
    events = told.dies(1), told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Violated(
        "dead are silent", "p2 was killed and acted afterwards", events
    )


def test_kill_that_strikes_nobody_kills_nobody() -> None:
    told = Telling()
    told.strikes(Kill(), -1, by="schedule")
    told.handles(1, Prepare(1, 4))
    assert dead_are_silent(told.story()) == Held("dead are silent")


def judged(kind: type[Cluster], seed: int = 0) -> tuple[list[Finding], dict[int, str]]:
    """What all checks find in a run on such a cluster, and the kinds of its records by id."""
    planned = plan(load("non_leader_crash"), seed)
    cluster = kind(find_protocol(planned.protocol), planned.names, planned.conditions)
    outcome = Harness(cluster, planned).run()
    said = {record[ID]: type(record[CONTENT]).__name__ for record in cluster.trace}
    return judge(
        RunStory(cluster.trace.records, cluster.places, planned, outcome), cluster.protocol.steps
    ), said


@pytest.mark.parametrize("kind", [SparesTheElector, OnlyRecordsDeaths])
def test_cluster_that_lets_the_dead_act_is_found_by_nothing_else(kind: type[Cluster]) -> None:
    findings, said = judged(kind)
    (found,) = [finding for finding in findings if not isinstance(finding, Held)]
    assert isinstance(found, Violated)
    assert found.check == "dead are silent"
    assert said[found.events[0]] == "Strike"


def test_cluster_as_it_is_lets_no_dead_act() -> None:
    findings, _ = judged(Cluster)
    assert all(isinstance(finding, Held) for finding in findings)
