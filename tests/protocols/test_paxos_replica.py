"""Proposer and learner of the seed's protocol, and its lives: states in, effects out."""

from __future__ import annotations

from simulation.protocols import reports as steps
from simulation.protocols.effects import Answer, Multicast, Persist
from simulation.protocols.inputs import (
    Abort,
    Decision,
    GetDecision,
    Propose,
    Restarted,
    Started,
    Undecided,
)
from simulation.protocols.paxos import PAXOS, reports
from simulation.protocols.paxos.messages import Abandoned, Decide, Leader, Prepare, Proposal
from simulation.protocols.paxos.replica import INCREASE_BALLOT_NUMBER
from simulation.protocols.paxos.state import Instance, Kept, Replica, kept
from tests.protocols.playground import of_kind
from tests.protocols.replicas import EVERYBODY, ME, REPLICA, course, hearing, knowing, the_instance

PROPOSE = Propose(call=1, instance=1, value=7)
RAISE = Propose(call=1, instance=1, value=7, action=INCREASE_BALLOT_NUMBER)
DECIDED = knowing(Instance(1, decision=9))
PROPOSING = hearing((ME, PROPOSE))[0]


def test_proposal_is_printed_then_its_instance_created_then_relayed_to_all() -> None:
    _, wanted = hearing((ME, PROPOSE))
    assert course(wanted) == [
        steps.Proposed(1, 7, None),
        reports.InstanceCreated(1),
        Multicast(EVERYBODY, Proposal(1, 7)),
    ]


def test_instance_is_created_once() -> None:
    _, wanted = hearing((1, Proposal(1, 8)), (ME, PROPOSE))
    assert of_kind(wanted, reports.InstanceCreated) == []


def test_client_is_not_answered_before_the_decision() -> None:
    _, wanted = hearing((ME, PROPOSE))
    assert of_kind(wanted, Answer) == []


def test_proposal_for_a_decided_instance_is_answered_at_once_and_nothing_else() -> None:
    state, wanted = hearing((ME, PROPOSE), state=DECIDED)
    assert state == DECIDED
    assert wanted == (
        steps.Proposed(1, 7, None),
        reports.AlreadyDecided(1, 9),
        Answer(1, Decision(1, 9)),
    )


def test_relayed_proposal_creates_an_unknown_instance() -> None:
    state, wanted = hearing((1, Proposal(1, 8)))
    assert course(wanted) == [reports.InstanceCreated(1)]
    assert the_instance(state).relayed == 8


def test_later_relayed_proposal_replaces_the_earlier_one() -> None:
    state, _ = hearing((1, Proposal(1, 8)), (2, Proposal(1, 9)))
    assert the_instance(state).relayed == 9


def test_relayed_proposal_leaves_the_own_value_alone() -> None:
    state, _ = hearing((ME, PROPOSE), (1, Proposal(1, 8)))
    assert the_instance(state).own == 7


def test_proposal_relayed_to_who_knows_the_decision_has_it_told_to_all_again() -> None:
    state, wanted = hearing((1, Proposal(1, 8)), state=DECIDED)
    assert state == DECIDED
    assert wanted == (Multicast(EVERYBODY, Decide(1, 9)),)


def test_proposal_relayed_to_a_follower_starts_no_ballot() -> None:
    _, wanted = hearing((ME, Leader(1)), (1, Proposal(1, 8)))
    assert of_kind(wanted, Prepare) == []


def test_decision_is_printed_before_the_client_is_answered() -> None:
    _, wanted = hearing((1, Decide(1, 9)), state=PROPOSING)
    assert course(wanted) == [steps.Decided(1, 9), Answer(1, Decision(1, 9))]


def test_decision_is_durable_before_the_client_is_answered() -> None:
    state, wanted = hearing((1, Decide(1, 9)), state=PROPOSING)
    assert wanted[0] == Persist(kept(state))


def test_decision_of_an_unknown_instance_is_learned() -> None:
    state, _ = hearing((1, Decide(1, 9)))
    assert the_instance(state).decision == 9


def test_second_copy_of_a_decision_is_printed_again_and_answers_nobody() -> None:
    _, wanted = hearing((1, Decide(1, 9)), (1, Decide(1, 9)), state=PROPOSING)
    assert course(wanted) == [steps.Decided(1, 9)]


def test_new_call_takes_the_place_of_the_one_that_its_client_gave_up() -> None:
    _, wanted = hearing((ME, Propose(2, 1, 8)), (1, Decide(1, 9)), state=PROPOSING)
    assert of_kind(wanted, Answer) == [Answer(2, Decision(1, 9))]


def test_calls_for_two_instances_are_both_answered() -> None:
    state, first = hearing((ME, Propose(2, 2, 8)), (1, Decide(1, 9)), state=PROPOSING)
    _, second = hearing((1, Decide(2, 9)), state=state)
    assert of_kind(first, Answer) + of_kind(second, Answer) == [
        Answer(1, Decision(1, 9)),
        Answer(2, Decision(2, 9)),
    ]


def test_abandoned_ballot_is_the_waiting_clients_abort() -> None:
    _, wanted = hearing((1, Abandoned(1)), state=PROPOSING)
    assert wanted == (Answer(1, Abort(1)),)


def test_client_is_told_of_an_abandoned_ballot_once() -> None:
    _, wanted = hearing((1, Abandoned(1)), (1, Abandoned(1)), state=PROPOSING)
    assert wanted == ()


def test_abandoned_ballot_of_an_unknown_instance_is_nothing_to_this_replica() -> None:
    assert hearing((1, Abandoned(1))) == (Replica(), ())


def test_value_stays_proposed_after_an_abort() -> None:
    state, _ = hearing((1, Abandoned(1)), state=PROPOSING)
    assert the_instance(state).own == 7


def test_question_about_the_decision_prints_nothing() -> None:
    _, wanted = hearing((ME, GetDecision(call=4, instance=1)), state=DECIDED)
    assert wanted == (Answer(4, Decision(1, 9)),)


def test_question_without_a_decision_creates_no_instance() -> None:
    assert hearing((ME, GetDecision(call=4, instance=1))) == (Replica(), (Answer(4, Undecided(1)),))


def test_raised_ballot_number_creates_the_instance_and_relays_nothing() -> None:
    _, wanted = hearing((ME, RAISE))
    assert course(wanted) == [
        steps.Proposed(1, 7, INCREASE_BALLOT_NUMBER),
        reports.InstanceCreated(1),
    ]


def test_raised_ballot_number_is_one_above_and_durable() -> None:
    state, wanted = hearing((ME, RAISE), state=knowing(Instance(1, promised=3)))
    assert the_instance(state).promised == 4
    assert of_kind(wanted, Persist) == [Persist(kept(state))]


def test_who_raised_its_ballot_number_is_not_answered_and_has_proposed_nothing() -> None:
    state, wanted = hearing((ME, RAISE), (1, Decide(1, 9)))
    assert of_kind(wanted, Answer) == []
    assert the_instance(state).proposal is None


def test_first_life_begins_with_nothing() -> None:
    assert REPLICA.step(None, ME, Started()) == (Replica(), (steps.Begun(),))


def test_restart_gives_back_promise_vote_ballot_and_decision() -> None:
    before = Instance(1, promised=4, vote_ballot=3, vote=7, ballot=5, decision=9)
    state, _ = REPLICA.step(None, ME, Restarted(kept(knowing(before))))
    assert state == knowing(before)


def test_restart_forgets_leader_client_and_the_running_ballot() -> None:
    running = Instance(1, own=7, call=1, ballot=5, tries=2, running=True, asked=7, promises=7, votes=1)
    state, _ = REPLICA.step(None, ME, Restarted(kept(knowing(running, leader=ME))))
    assert state == knowing(Instance(1, ballot=5))


def test_restart_with_nothing_durable_begins_with_nothing() -> None:
    assert REPLICA.step(None, ME, Restarted(None)) == (Replica(), (steps.Begun(),))


def test_what_is_durable_holds_every_instance() -> None:
    two = Replica(instances=(Instance(1, promised=1), Instance(2, promised=2)))
    assert kept(two) == (Kept(1, 1, 0, None, None, None), Kept(2, 2, 0, None, None, None))


def test_decisions_travel_on_a_channel_of_their_own() -> None:
    assert PAXOS.apart == (Decide,)
