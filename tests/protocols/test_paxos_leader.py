"""The leader of the seed's protocol: states in, effects out, in the order of the log's lines."""

from __future__ import annotations

import pytest

from simulation.protocols import reports as steps
from simulation.protocols.effects import Die, Multicast, Persist
from simulation.protocols.inputs import Propose, Restarted
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.leader import KILL_BEFORE_DECISION
from simulation.protocols.paxos.messages import (
    Accept,
    Accepted,
    Again,
    Decide,
    Leader,
    Prepare,
    Prepared,
    Proposal,
)
from simulation.protocols.paxos.state import Instance, Replica, kept
from tests.protocols.playground import of_kind, place
from tests.protocols.replicas import (
    EVERYBODY,
    ME,
    REPLICA,
    asking,
    course,
    free,
    hearing,
    knowing,
    leading,
    promised,
    the_instance,
)

OTHER = 1


def test_new_leader_prints_its_name_then_the_ballot_then_asks_then_resets() -> None:
    _, wanted = hearing((ME, Leader(ME)), state=knowing(Instance(1, own=7)))
    assert course(wanted) == [
        steps.LeaderNamed(ME),
        steps.BallotStarted(1, 1),
        Multicast(EVERYBODY, Prepare(1, 1)),
        reports.BallotReset(1),
    ]


def test_follower_prints_the_leader_and_sends_nothing() -> None:
    _, wanted = hearing((ME, Leader(OTHER)), state=knowing(Instance(1, own=7)))
    assert course(wanted) == [steps.LeaderNamed(OTHER)]


def test_new_leader_begins_a_ballot_for_every_undecided_instance_in_their_order() -> None:
    state = Replica(instances=(Instance(1), Instance(2, decision=9), Instance(3)))
    _, wanted = hearing((ME, Leader(ME)), state=state)
    assert of_kind(wanted, Prepare) == [Prepare(1, 1), Prepare(3, 1)]


def test_ballot_is_one_above_what_the_own_acceptor_promised() -> None:
    _, wanted = hearing((ME, Leader(ME)), state=knowing(Instance(1, promised=1)))
    assert of_kind(wanted, Prepare) == [Prepare(1, 2)]


def test_two_leaders_may_start_the_same_ballot() -> None:
    _, wanted = hearing((ME, Leader(ME)), state=knowing(Instance(1)))
    assert of_kind(wanted, Prepare) == [Prepare(1, 1)]


def test_ballot_is_durable_before_it_is_used() -> None:
    state, wanted = hearing((ME, Leader(ME)), state=knowing(Instance(1)))
    assert of_kind(wanted, Persist) == [Persist(kept(state))]
    assert place(wanted, Persist) < place(wanted, Prepare)


def test_ballot_of_an_earlier_life_is_not_started_again() -> None:
    state, _ = REPLICA.step(None, ME, Restarted(kept(leading(own=7))))
    _, wanted = hearing((ME, Leader(ME)), state=state)
    assert of_kind(wanted, Prepare) == [Prepare(1, 2)]


def test_promise_asked_for_in_an_earlier_life_is_not_counted() -> None:
    state, _ = REPLICA.step(None, ME, Restarted(kept(promised())))
    assert course(hearing((OTHER, free()), state=state)[1]) == [steps.PromiseHeard(1, 1, None, None, OTHER)]


def test_promise_is_printed_then_counted_in_two_lines() -> None:
    _, wanted = hearing((OTHER, free()), state=promised())
    assert course(wanted) == [
        steps.PromiseHeard(1, 1, None, None, OTHER),
        reports.PromiseCounting(1),
        reports.PromiseCounted(participants=3, count=1, value_asked=False),
    ]


def test_quorum_of_promises_has_the_value_asked_for_and_then_printed() -> None:
    _, wanted = hearing((ME, free()), (OTHER, free()), state=promised(own=7))
    assert course(wanted)[2:] == [
        reports.PromiseCounted(participants=3, count=2, value_asked=False),
        Multicast(EVERYBODY, Accept(1, 1, 7)),
        steps.ValueAsked(1, 1, 7),
    ]


def test_promise_after_the_quorum_is_counted_and_asks_for_nothing() -> None:
    _, wanted = hearing((2, free()), state=asking())
    assert course(wanted)[2:] == [reports.PromiseCounted(participants=3, count=3, value_asked=True)]


def test_second_copy_of_a_promise_is_printed_and_not_counted() -> None:
    _, wanted = hearing((OTHER, free()), (OTHER, free()), state=promised())
    assert course(wanted) == [steps.PromiseHeard(1, 1, None, None, OTHER)]


def test_promise_that_overtook_the_own_prepare_is_printed_as_such_and_put_off() -> None:
    state, wanted = hearing((OTHER, free()), state=leading(own=7))
    assert course(wanted) == [
        steps.PromiseHeard(1, 1, None, None, OTHER),
        reports.PromiseDeferred(1, 1),
    ]
    assert the_instance(state).promises == 0


def test_promise_that_was_put_off_is_printed_again_and_counted() -> None:
    _, wanted = hearing((ME, Again(OTHER, free())), state=promised())
    assert course(wanted) == [
        steps.PromiseHeard(1, 1, None, None, OTHER),
        reports.PromiseCounting(1),
        reports.PromiseCounted(participants=3, count=1, value_asked=False),
    ]


def test_promise_put_off_for_an_older_ballot_is_not_counted_in_the_new_one() -> None:
    newer, _ = hearing((ME, Leader(ME)), state=promised())
    state, wanted = hearing((ME, Again(OTHER, free(1))), state=newer)
    assert course(wanted) == [steps.PromiseHeard(1, 1, None, None, OTHER)]
    assert state == newer


def test_promise_is_not_put_off_for_ever_once_the_decision_is_known() -> None:
    decided, _ = hearing((OTHER, Decide(1, 9)), state=leading(own=7))
    _, wanted = hearing((ME, Again(OTHER, free())), state=decided)
    assert of_kind(wanted, reports.PromiseDeferred) == []


@pytest.mark.parametrize(
    ("own", "relayed", "asked"),
    [(7, None, 7), (7, 8, 7), (None, 8, 8)],
    ids=["own value", "own value before a relayed one", "relayed value without an own one"],
)
def test_value_asked_for_where_nobody_has_voted(own: int | None, relayed: int | None, asked: int) -> None:
    _, wanted = hearing((ME, free()), (OTHER, free()), state=promised(own, relayed))
    assert of_kind(wanted, Accept) == [Accept(1, 1, asked)]


def test_last_relayed_value_is_asked_for_where_several_were() -> None:
    state, _ = hearing((2, Proposal(1, 9)), state=promised(own=None, relayed=8))
    _, wanted = hearing((ME, free()), (OTHER, free()), state=state)
    assert of_kind(wanted, Accept) == [Accept(1, 1, 9)]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_highest_vote_among_the_promises_wins_in_any_order(order: tuple[int, int]) -> None:
    votes = {1: Prepared(1, 4, vote_ballot=1, vote=8), 2: Prepared(1, 4, vote_ballot=2, vote=9)}
    state, _ = hearing((ME, Leader(ME)), (ME, Prepare(1, 4)), state=knowing(Instance(1, promised=3, own=7)))
    _, wanted = hearing(*[(acceptor, votes[acceptor]) for acceptor in order], state=state)
    assert of_kind(wanted, Accept) == [Accept(1, 4, 9)]


def test_leader_without_a_value_keeps_its_promises() -> None:
    state, wanted = hearing((ME, free()), (OTHER, free()), state=promised(own=None))
    assert of_kind(wanted, Accept) == []
    assert the_instance(state).promises.bit_count() == 2


def test_leader_without_a_value_goes_on_when_one_arrives() -> None:
    state, _ = hearing((ME, free()), (OTHER, free()), state=promised(own=None))
    _, wanted = hearing((2, Proposal(1, 9)), state=state)
    assert course(wanted) == [Multicast(EVERYBODY, Accept(1, 1, 9)), steps.ValueAsked(1, 1, 9)]


def test_proposal_starts_a_ballot_where_the_leader_has_nothing_to_do() -> None:
    _, wanted = hearing((ME, Leader(ME)), (OTHER, Proposal(1, 8)))
    assert course(wanted) == [
        reports.InstanceCreated(1),
        steps.BallotStarted(1, 1),
        Multicast(EVERYBODY, Prepare(1, 1)),
        reports.BallotReset(1),
    ]


def test_proposal_during_a_ballot_starts_no_other() -> None:
    _, wanted = hearing((OTHER, Proposal(1, 8)), state=promised())
    assert of_kind(wanted, Prepare) == []


def test_own_client_of_a_leader_starts_a_ballot_by_its_relay() -> None:
    _, wanted = hearing((ME, Leader(ME)), (ME, Propose(1, 1, 7)), (ME, Proposal(1, 7)))
    assert of_kind(wanted, Prepare) == [Prepare(1, 1)]


def test_vote_is_printed() -> None:
    _, wanted = hearing((OTHER, Accepted(1, 1)), state=asking())
    assert wanted == (steps.AcceptedHeard(1, 1, OTHER),)


def test_quorum_of_votes_is_told_to_everybody_once() -> None:
    state, wanted = hearing((ME, Accepted(1, 1)), (OTHER, Accepted(1, 1)), state=asking())
    heard, kept, told = wanted
    assert (heard, told) == (steps.AcceptedHeard(1, 1, OTHER), Multicast(EVERYBODY, Decide(1, 7)))
    assert isinstance(kept, Persist), "a decision is durable before anybody hears of it"
    assert hearing((2, Accepted(1, 1)), state=state)[1] == (steps.AcceptedHeard(1, 1, 2),)


def test_leader_knows_the_decision_before_its_own_word_of_it_arrives() -> None:
    state, _ = hearing((ME, Accepted(1, 1)), (OTHER, Accepted(1, 1)), state=asking())
    assert the_instance(state).decision == 7


def test_second_copy_of_a_vote_is_not_counted() -> None:
    _, wanted = hearing((OTHER, Accepted(1, 1)), (OTHER, Accepted(1, 1)), state=asking())
    assert of_kind(wanted, Decide) == []


def test_vote_in_an_older_ballot_is_printed_and_not_counted() -> None:
    newer, _ = hearing((ME, Leader(ME)), state=asking())
    state, wanted = hearing((OTHER, Accepted(1, 1)), state=newer)
    assert wanted == (steps.AcceptedHeard(1, 1, OTHER),)
    assert state == newer


def test_votes_after_a_decision_from_elsewhere_decide_nothing_again() -> None:
    decided, _ = hearing((ME, Accepted(1, 1)), (2, Decide(1, 7)), state=asking())
    _, wanted = hearing((OTHER, Accepted(1, 1)), state=decided)
    assert wanted == (steps.AcceptedHeard(1, 1, OTHER),)


def test_leader_told_to_dies_with_a_quorum_of_votes_and_tells_nobody() -> None:
    state = asking(action=KILL_BEFORE_DECISION)
    _, wanted = hearing((ME, Accepted(1, 1)), (OTHER, Accepted(1, 1)), state=state)
    assert wanted == (
        steps.AcceptedHeard(1, 1, OTHER),
        reports.DyingUndecided(1, 7),
        Die(KILL_BEFORE_DECISION),
    )


def test_leader_told_to_die_before_the_decision_lives_once_it_knows_one() -> None:
    state, _ = hearing((ME, Accepted(1, 1)), (2, Decide(1, 7)), state=asking(action=KILL_BEFORE_DECISION))
    _, wanted = hearing((OTHER, Accepted(1, 1)), state=state)
    assert of_kind(wanted, Die) == []


def test_leader_that_is_named_again_begins_a_higher_ballot_with_nothing_counted() -> None:
    counted, _ = hearing((OTHER, Accepted(1, 1)), state=asking())
    state, wanted = hearing((ME, Leader(ME)), state=counted)
    assert of_kind(wanted, Prepare) == [Prepare(1, 2)]
    found = the_instance(state)
    assert (found.asked, found.promises, found.votes) == (None, 0, 0)


def test_vote_reported_to_an_older_ballot_is_not_asked_for_in_the_new_one() -> None:
    voted = Prepared(1, 4, vote_ballot=1, vote=8)
    state, _ = hearing((ME, Leader(ME)), (ME, Prepare(1, 4)), state=knowing(Instance(1, promised=3, own=7)))
    state, _ = hearing((OTHER, voted), (ME, Leader(ME)), (ME, Prepare(1, 5)), state=state)
    _, wanted = hearing((ME, free(5)), (2, free(5)), state=state)
    assert of_kind(wanted, Accept) == [Accept(1, 5, 7)]


def test_ballot_of_a_leader_that_no_longer_leads_goes_on() -> None:
    state, _ = hearing((ME, Leader(OTHER)), (ME, Accepted(1, 1)), state=asking())
    _, wanted = hearing((OTHER, Accepted(1, 1)), state=state)
    assert of_kind(wanted, Decide) == [Decide(1, 7)]


def test_leader_that_no_longer_leads_starts_no_ballot() -> None:
    _, wanted = hearing((ME, Leader(OTHER)), (2, Proposal(2, 8)), state=asking())
    assert of_kind(wanted, Prepare) == []
