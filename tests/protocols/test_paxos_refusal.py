"""A leader that is refused: it gives the ballot up, tells everybody and tries again later."""

from __future__ import annotations

from simulation.protocols import reports as steps
from simulation.protocols.effects import CancelTimer, Effect, Multicast, SetTimer
from simulation.protocols.paxos.messages import (
    Abandoned,
    Accepted,
    Decide,
    Leader,
    Nack,
    Overdue,
    Prepare,
    Prepared,
    Proposal,
    Retry,
)
from simulation.protocols.paxos.state import Replica
from tests.protocols.playground import of_kind
from tests.protocols.replicas import EVERYBODY, ME, REPLICA, asking, free, hearing, promised, the_instance

OTHER = 1
REFUSAL = Nack(1, 1, promised=4)


def refused() -> Replica:
    """The state of a leader whose ballot 1 was refused by who has promised 4."""
    return hearing((OTHER, REFUSAL), state=promised())[0]


def retries(wanted: tuple[Effect, ...]) -> list[SetTimer]:
    return [effect for effect in of_kind(wanted, SetTimer) if effect.timer == Retry(1)]


def test_first_refusal_ends_the_ballot_and_everybody_is_told() -> None:
    _, wanted = hearing((OTHER, REFUSAL), state=promised())
    assert Multicast(EVERYBODY, Abandoned(1)) in wanted


def test_second_refusal_of_a_ballot_changes_nothing() -> None:
    assert hearing((2, REFUSAL), state=refused()) == (refused(), ())


def test_refused_leader_tries_again_after_a_random_while() -> None:
    _, wanted = hearing((OTHER, REFUSAL), state=promised())
    [wait] = retries(wanted)
    assert 0 < wait.low_us < wait.high_us


def test_while_before_the_next_try_grows_until_its_bound() -> None:
    highs = [REPLICA.retry_us(tries)[1] for tries in range(1, 30)]
    assert highs == sorted(highs)
    assert highs[0] < highs[1]
    assert highs[-1] == highs[-2]


def test_refused_process_that_no_longer_leads_does_not_try_again() -> None:
    state, _ = hearing((ME, Leader(OTHER)), state=promised())
    _, wanted = hearing((OTHER, REFUSAL), state=state)
    assert retries(wanted) == []


def test_next_ballot_is_above_the_promise_that_refused_the_last_one() -> None:
    _, wanted = hearing((ME, Retry(1)), state=refused())
    assert of_kind(wanted, Prepare) == [Prepare(1, 5)]


def test_refusal_by_an_equal_ballot_of_another_leader_is_answered_with_the_next_one() -> None:
    _, wanted = hearing((OTHER, Nack(1, 1, promised=1)), (ME, Retry(1)), state=promised())
    assert of_kind(wanted, Prepare) == [Prepare(1, 2)]


def test_refusal_is_no_promise_of_the_own_acceptor() -> None:
    _, wanted = hearing((2, Prepare(1, 4)), state=refused())
    assert of_kind(wanted, Prepared) == [Prepared(1, 4, None, None)]


def test_refusal_of_an_older_ballot_does_not_end_the_running_one() -> None:
    newer, _ = hearing((ME, Leader(ME)), state=promised())
    assert hearing((OTHER, REFUSAL), state=newer) == (newer, ())


def test_refusal_after_the_decision_changes_nothing() -> None:
    decided, _ = hearing((2, Decide(1, 7)), state=promised())
    assert hearing((OTHER, REFUSAL), state=decided) == (decided, ())


def test_promises_of_a_refused_ballot_are_printed_and_not_counted() -> None:
    _, wanted = hearing((2, free()), state=refused())
    assert wanted == (steps.PromiseHeard(1, 1, None, None, 2),)


def test_votes_for_a_refused_ballot_are_printed_and_not_counted() -> None:
    state, _ = hearing((ME, Accepted(1, 1)), (OTHER, REFUSAL), state=asking())
    _, wanted = hearing((2, Accepted(1, 1)), state=state)
    assert wanted == (steps.AcceptedHeard(1, 1, 2),)


def test_proposal_to_a_refused_leader_waits_for_its_timer() -> None:
    state, wanted = hearing((OTHER, Proposal(1, 8)), state=refused())
    assert of_kind(wanted, Prepare) == []
    assert the_instance(state).relayed == 8


def test_timer_of_a_leader_that_no_longer_leads_starts_nothing() -> None:
    _, wanted = hearing((ME, Leader(OTHER)), (ME, Retry(1)), state=refused())
    assert wanted == ()


def test_timer_after_the_decision_starts_nothing() -> None:
    _, wanted = hearing((2, Decide(1, 7)), (ME, Retry(1)), state=refused())
    assert wanted == ()


def test_leader_that_is_named_again_forgets_the_timer() -> None:
    _, wanted = hearing((ME, Leader(ME)), state=refused())
    assert CancelTimer(Retry(1)) in wanted


def test_refused_leader_still_waits_for_the_decision() -> None:
    _, wanted = hearing((ME, Overdue(1)), state=refused())
    assert of_kind(wanted, Prepare) == [Prepare(1, 5)]
