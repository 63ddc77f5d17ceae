"""Every kind of line, letter by letter as the real system prints it."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.harness import reports as harness
from simulation.protocols import reports as shared
from simulation.protocols.paxos import reports as paxos
from simulation.seedlog import log_lines
from simulation.trace import Kind, Places, Record

PLACES = Places(["p1", "p2", "p3", "p10"], ["paxosreplica", "elector"])
P1, P2, P3, P10 = range(4)
COORDINATOR = PLACES.coordinator

OF_REPLICAS = [
    (P10, shared.Begun(), "Starting paxos for p10"),
    (P2, shared.Proposed(1, 204, None), "p2 - Propose 1 with action nil"),
    (
        P1,
        shared.Proposed(2, 204, "kill_before_decision"),
        "p1 - Propose 2 with action :kill_before_decision",
    ),
    (P10, paxos.AlreadyDecided(1, 202), "p10 - Has already decided for 1 sending {:val, 202}"),
    (P3, paxos.InstanceCreated(1), "p3 SET BALLOT VALUE 3 nil"),
    (P2, shared.LeaderNamed(P10), "p2 - p10 is leader"),
    (P1, shared.BallotStarted(1, 2), "p1 sending all prepare 1 2"),
    (P1, paxos.BallotReset(1), "p1 SET BALLOT VALUE 2 nil"),
    (P3, shared.PrepareHeard(1, 2, P1), "p3 - prepare from p1"),
    (P3, paxos.InstanceUnknown(1), "I think that is the cause"),
    (P1, shared.PromiseHeard(1, 2, None, None, P3), "p1 - prepared 1 2 nil nil"),
    (P1, shared.PromiseHeard(1, 2, 1, 205, P3), "p1 - prepared 1 2 1 {:val, 205}"),
    (
        P1,
        paxos.PromiseDeferred(1, 2),
        "Probably recieved this before preare came to self sending with delay",
    ),
    (P1, paxos.PromiseCounting(1), "p1 Try to run prepared"),
    (P1, paxos.PromiseCounted(11, 6, False), "p1 11 6 false"),
    (P1, paxos.PromiseCounted(11, 7, True), "p1 11 7 true"),
    (P1, shared.ValueAsked(1, 2, 205), "p1 SET BALLOT VALUE {:val, 205}"),
    (P3, shared.Accepted(1, 2, 205), "p3 - accept 1 2 {:val, 205}"),
    (P1, shared.AcceptedHeard(1, 2, P3), "p1 accepted 1 2"),
    (
        P1,
        paxos.DyingUndecided(1, 210),
        "p1 - Leader has action to die before decision {:decide, 1, {:val, 210}}",
    ),
    (P3, shared.Decided(1, 205), "p3 decided 1 {:val, 205}"),
]

OF_SCRIPTS = [
    (P2, harness.ScriptStarted(None), ":p2: started"),
    (P2, harness.ScriptStarted((P10, P1, P2, P3)), ":p2: started with [:p10, :p1, :p2, :p3]"),
    (P2, harness.SpareAnnounced((P3, P1)), "spare = [:p3, :p1]"),
    (P2, harness.KillsAnnounced((P10,), (P2,)), "kill: leaders, followers = [:p10], [:p2]"),
    (P2, harness.WaitEnded(1, 205, 300_000), "p2: decided {:val, 205}"),
    (P2, harness.WaitEnded(1, None, 10_000_000), "p2: No decision after 10 seconds"),
    (P2, harness.QueueRead(0), "p2: {:message_queue_len, 0}"),
]

OF_THE_COORDINATOR = [
    (harness.Collected((205, 205, None)), "[val: 205, val: 205, val: nil]"),
    (harness.Collected(()), "[]"),
]


def record(kind: Kind, place: int, content: Any) -> Record:
    return (0, 1, 0, int(kind), -1, place, place, content)


def printed(*reports: tuple[int, Any]) -> list[str]:
    """The lines of what was said: (address, report)."""
    return list(log_lines([record(Kind.REPORT, place, said) for place, said in reports], PLACES))


def shown(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("process", "said", "line"), OF_REPLICAS, ids=shown)
def test_a_replica_prints(process: int, said: shared.Report, line: str) -> None:
    assert printed((process, said)) == [line]


@pytest.mark.parametrize(("process", "said", "line"), OF_SCRIPTS, ids=shown)
def test_a_script_prints(process: int, said: shared.Report, line: str) -> None:
    assert printed((PLACES.client(process), said)) == [line]


@pytest.mark.parametrize(("said", "line"), OF_THE_COORDINATOR, ids=shown)
def test_the_coordinator_prints(said: harness.Collected, line: str) -> None:
    assert printed((COORDINATOR, said)) == [line]


def test_the_halves_of_a_counted_promise_are_two_lines() -> None:
    said = (P1, paxos.PromiseCounting(1)), (P1, paxos.PromiseCounted(3, 1, False))
    assert printed(*said) == ["p1 Try to run prepared", "p1 3 1 false"]


def test_another_processes_line_may_fall_between_the_halves() -> None:
    said = (
        (P1, paxos.PromiseCounting(1)),
        (P2, shared.PrepareHeard(1, 1, P1)),
        (P1, paxos.PromiseCounted(3, 1, False)),
    )
    assert printed(*said) == ["p1 Try to run prepared", "p2 - prepare from p1", "p1 3 1 false"]


def test_a_step_that_the_real_system_does_not_print_has_no_line() -> None:
    said = (P1, shared.Promised(1, 1, None, None)), (P1, shared.Refused(1, 1, 2))
    assert printed(*said) == []


def test_an_unexpected_answer_has_no_line() -> None:
    assert printed((PLACES.client(P1), harness.AnswerUnexpected(1, "abort", "Decision"))) == []


def test_ballots_of_another_protocol_are_shown_as_they_are() -> None:
    assert printed((P1, shared.BallotStarted(1, (2, 0)))) == ["p1 sending all prepare 1 (2, 0)"]


def test_lines_stand_in_the_order_of_the_trace() -> None:
    said = (P2, shared.Begun()), (P1, shared.Begun()), (P3, shared.Begun())
    names = [line.rpartition(" ")[2] for line in printed(*said)]
    assert names == ["p2", "p1", "p3"]


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind is not Kind.REPORT], ids=lambda kind: kind.name
)
def test_nothing_but_reports_is_printed(kind: Kind) -> None:
    assert list(log_lines([record(kind, P1, shared.Begun())], PLACES)) == []
