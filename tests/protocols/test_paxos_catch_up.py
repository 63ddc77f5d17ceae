"""A decision that is overdue: followers ask their leader, leaders begin again."""

from __future__ import annotations

import pytest

from simulation.protocols.effects import CancelTimer, Effect, Send, SetTimer
from simulation.protocols.inputs import Propose
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.messages import (
    Accept,
    Accepted,
    Ask,
    Decide,
    Leader,
    Overdue,
    Prepare,
    Proposal,
)
from simulation.protocols.paxos.state import Instance, Replica
from tests.protocols.playground import of_kind
from tests.protocols.replicas import ME, REPLICA, asking, course, free, hearing, knowing, promised

LEADER = 2
FOLLOWER = 1
LED = Replica(leader=LEADER)
DECIDED = knowing(Instance(1, decision=9), leader=ME)


def waits(wanted: tuple[Effect, ...]) -> list[SetTimer]:
    """The waits for a decision that begin with these effects."""
    return [effect for effect in of_kind(wanted, SetTimer) if effect.timer == Overdue(1)]


def test_replica_that_learns_who_leads_waits_for_every_missing_decision() -> None:
    state = Replica(instances=(Instance(1), Instance(2, decision=9)))
    _, wanted = hearing((ME, Leader(LEADER)), state=state)
    assert [effect.timer for effect in of_kind(wanted, SetTimer)] == [Overdue(1)]


@pytest.mark.parametrize(
    "first",
    [Propose(1, 1, 7), Proposal(1, 7), Prepare(1, 1), Accept(1, 1, 7)],
    ids=lambda content: type(content).__name__,
)
def test_replica_with_a_leader_waits_for_the_decision_of_what_it_hears_of_first(first: object) -> None:
    _, wanted = hearing((1, first), state=LED)
    assert len(waits(wanted)) == 1


def test_leader_waits_for_the_decision_of_its_ballot() -> None:
    _, wanted = hearing((ME, Leader(ME)), state=knowing(Instance(1)))
    assert len(waits(wanted)) == 1


def test_follower_asks_its_leader_and_waits_again() -> None:
    _, wanted = hearing((ME, Overdue(1)), state=knowing(Instance(1), leader=LEADER))
    assert of_kind(wanted, Ask) == [Ask(1, None)]
    assert len(waits(wanted)) == 1


@pytest.mark.parametrize(
    ("instance", "value"),
    [
        (Instance(1, own=7, relayed=8), 7),
        (Instance(1, relayed=8), 8),
        (Instance(1, promised=1, vote_ballot=1, vote=9), 9),
    ],
    ids=["its own", "the last relayed", "its vote"],
)
def test_question_brings_the_value_that_a_leader_may_have_missed(instance: Instance, value: int) -> None:
    _, wanted = hearing((ME, Overdue(1)), state=knowing(instance, leader=LEADER))
    assert wanted[0] == Send(LEADER, Ask(1, value))


def test_leader_whose_decision_is_overdue_begins_a_higher_ballot() -> None:
    _, wanted = hearing((ME, Overdue(1)), state=promised())
    assert of_kind(wanted, Prepare) == [Prepare(1, 2)]


def test_leader_waits_longer_for_every_further_ballot_until_the_bound() -> None:
    waited = [REPLICA.overdue_us(tries) for tries in range(1, 30)]
    assert waited == sorted(waited)
    assert waited[0] < waited[1]
    assert waited[-1] == waited[-2]


def test_wait_without_a_leader_ends_in_silence() -> None:
    assert hearing((ME, Overdue(1)), state=knowing(Instance(1))) == (knowing(Instance(1)), ())


def test_decision_ends_the_wait() -> None:
    _, wanted = hearing((LEADER, Decide(1, 9)), state=knowing(Instance(1), leader=LEADER))
    assert CancelTimer(Overdue(1)) in wanted


def test_leader_that_has_not_heard_its_own_word_says_it_to_itself_again() -> None:
    state, _ = hearing((ME, Accepted(1, 1)), (FOLLOWER, Accepted(1, 1)), state=asking())
    _, wanted = hearing((ME, Overdue(1)), state=state)
    assert course(wanted) == [Send(ME, Decide(1, 7))]


def test_who_knows_the_decision_tells_who_asks() -> None:
    assert hearing((FOLLOWER, Ask(1, None)), state=DECIDED) == (DECIDED, (Send(FOLLOWER, Decide(1, 9)),))


def test_leader_in_a_ballot_keeps_silent_when_asked() -> None:
    _, wanted = hearing((FOLLOWER, Ask(1, 8)), state=promised())
    assert wanted == ()


def test_question_does_not_replace_a_relayed_value() -> None:
    state, _ = hearing((FOLLOWER, Ask(1, 8)), state=promised(own=None, relayed=9))
    _, wanted = hearing((ME, free()), (1, free()), state=state)
    assert of_kind(wanted, Accept) == [Accept(1, 1, 9)]


def test_leader_that_missed_the_relay_begins_with_the_value_of_the_question() -> None:
    _, wanted = hearing((ME, Leader(ME)), (FOLLOWER, Ask(1, 8)))
    assert course(wanted)[0] == reports.InstanceCreated(1)
    assert of_kind(wanted, Prepare) == [Prepare(1, 1)]


def test_question_without_a_value_begins_nothing_that_the_leader_has_never_heard_of() -> None:
    state, _ = hearing((ME, Leader(ME)))
    assert hearing((FOLLOWER, Ask(1, None)), state=state) == (state, ())


def test_follower_that_does_not_know_keeps_silent() -> None:
    state = knowing(Instance(1), leader=LEADER)
    assert hearing((FOLLOWER, Ask(1, 8)), state=state) == (state, ())
