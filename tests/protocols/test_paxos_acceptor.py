"""The acceptor of the seed's protocol: states in, effects out."""

from __future__ import annotations

from simulation.protocols import reports as steps
from simulation.protocols.effects import Effect, Persist, Send
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.messages import Accept, Accepted, Nack, Prepare, Prepared
from simulation.protocols.paxos.state import Instance, Replica, kept
from tests.protocols.playground import of_kind, place
from tests.protocols.replicas import course, hearing, knowing, the_instance

LEADER = 2
PROMISED = knowing(Instance(1, promised=3))
VOTED = knowing(Instance(1, promised=3, vote_ballot=2, vote=7))


def taking(state: Replica, message: Prepare | Accept) -> tuple[Replica, tuple[Effect, ...]]:
    return hearing((LEADER, message), state=state)


def test_prepare_is_printed_then_promised() -> None:
    _, wanted = taking(PROMISED, Prepare(1, 4))
    assert course(wanted) == [
        steps.PrepareHeard(1, 4, LEADER),
        steps.Promised(1, 4, None, None),
        Send(LEADER, Prepared(1, 4, None, None)),
    ]


def test_prepare_for_an_unknown_instance_is_remarked_on_before_the_instance_is_created() -> None:
    _, wanted = taking(Replica(), Prepare(1, 1))
    assert course(wanted)[:3] == [
        steps.PrepareHeard(1, 1, LEADER),
        reports.InstanceUnknown(1),
        reports.InstanceCreated(1),
    ]


def test_prepare_for_an_unknown_instance_is_promised() -> None:
    state, _ = taking(Replica(), Prepare(1, 1))
    assert the_instance(state).promised == 1


def test_promise_tells_the_last_vote() -> None:
    _, wanted = taking(VOTED, Prepare(1, 4))
    assert of_kind(wanted, Prepared) == [Prepared(1, 4, vote_ballot=2, vote=7)]


def test_acceptor_promises_a_leader_that_its_own_elector_has_not_named() -> None:
    state, _ = taking(knowing(Instance(1), leader=1), Prepare(1, 1))
    assert the_instance(state).promised == 1


def test_acceptor_refuses_ballot_below_promise() -> None:
    _, wanted = taking(PROMISED, Prepare(1, 2))
    assert Send(LEADER, Nack(1, 2, promised=3)) in wanted


def test_acceptor_refuses_the_ballot_it_has_promised_for_it_may_be_somebody_elses() -> None:
    _, wanted = taking(PROMISED, Prepare(1, 3))
    assert Send(LEADER, Nack(1, 3, promised=3)) in wanted


def test_refused_prepare_is_printed_all_the_same() -> None:
    _, wanted = taking(PROMISED, Prepare(1, 2))
    assert wanted[0] == steps.PrepareHeard(1, 2, LEADER)


def test_refusal_leaves_the_promise_as_it_was() -> None:
    assert taking(PROMISED, Prepare(1, 2))[0] == PROMISED


def test_accept_is_printed_then_answered() -> None:
    _, wanted = taking(PROMISED, Accept(1, 3, 7))
    assert course(wanted) == [steps.Accepted(1, 3, 7), Send(LEADER, Accepted(1, 3))]


def test_vote_is_a_promise_of_its_ballot() -> None:
    state, _ = taking(PROMISED, Accept(1, 5, 7))
    assert the_instance(state) == Instance(1, promised=5, vote_ballot=5, vote=7)


def test_acceptor_refuses_to_vote_below_its_promise() -> None:
    state, wanted = taking(PROMISED, Accept(1, 2, 7))
    assert state == PROMISED
    assert course(wanted) == [steps.Refused(1, 2, 3), Send(LEADER, Nack(1, 2, promised=3))]


def test_vote_for_an_unknown_instance_creates_it_first() -> None:
    _, wanted = taking(Replica(), Accept(1, 1, 7))
    assert course(wanted)[:2] == [reports.InstanceCreated(1), steps.Accepted(1, 1, 7)]


def test_promise_is_durable_before_it_is_sent() -> None:
    state, wanted = taking(PROMISED, Prepare(1, 4))
    assert of_kind(wanted, Persist) == [Persist(kept(state))]
    assert place(wanted, Persist) < place(wanted, Prepared)


def test_vote_is_durable_before_it_is_sent() -> None:
    state, wanted = taking(PROMISED, Accept(1, 3, 7))
    assert of_kind(wanted, Persist) == [Persist(kept(state))]
    assert place(wanted, Persist) < place(wanted, Accepted)


def test_promise_for_one_instance_binds_no_other() -> None:
    _, wanted = taking(PROMISED, Prepare(2, 1))
    assert of_kind(wanted, Prepared) == [Prepared(2, 1, None, None)]
