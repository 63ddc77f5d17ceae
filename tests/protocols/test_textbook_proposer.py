"""The proposer's rules: *Paxos Made Simple*, section 2.2, phases 1a and 2a, and its retries."""

from __future__ import annotations

import pytest

from simulation.protocols import reports
from simulation.protocols.effects import Answer, Effect, Multicast, Persist, SetTimer
from simulation.protocols.inputs import Decision, Propose
from simulation.protocols.textbook import TEXTBOOK, Node
from simulation.protocols.textbook.messages import Accept, Ballot, Nack, Prepare, Promise, Retry
from simulation.protocols.textbook.state import Attempt, Record, State, entry
from tests.protocols.playground import build_machines, of_kind, place

MACHINES = build_machines(TEXTBOOK, 5)
ME = 1
PEERS = (0, 1, 2, 3, 4)
FIRST: Ballot = (1, ME)


def step(state: State, content: object, sender: int = ME) -> tuple[State, tuple[Effect, ...]]:
    after, wanted = MACHINES[ME].step(state, sender, content)
    assert isinstance(after, State)
    return after, wanted


def proposing(value: int = 7) -> State:
    """The state after a client's first call, with ballot ``FIRST`` running."""
    return step(State(), Propose(call=1, instance=1, value=value))[0]


def hearing(state: State, *answers: tuple[int, Promise | Nack]) -> tuple[State, tuple[Effect, ...]]:
    """The state after these (acceptor, answer), and the effects of the last one."""
    wanted: tuple[Effect, ...] = ()
    for acceptor, answer in answers:
        state, wanted = step(state, answer, acceptor)
    return state, wanted


def free(ballot: Ballot = FIRST) -> Promise:
    """A promise of an acceptor that has not voted yet."""
    return Promise(1, ballot, None, None)


def asking() -> State:
    """The state after a quorum of promises: the value is asked for."""
    return hearing(proposing(), (0, free()), (1, free()), (2, free()))[0]


def attempt_of(state: State) -> Attempt:
    return entry(state.attempts, 1, Attempt())


def test_proposal_asks_all_acceptors_for_a_promise() -> None:
    _, wanted = step(State(), Propose(call=1, instance=1, value=7))
    assert Multicast(PEERS, Prepare(1, FIRST)) in wanted


def test_proposal_is_reported_with_its_value() -> None:
    _, wanted = step(State(), Propose(call=1, instance=1, value=7))
    assert wanted[0] == reports.Proposed(1, 7, None)


def test_no_two_processes_start_with_the_same_ballot() -> None:
    call = Propose(call=1, instance=1, value=7)
    ballots = [of_kind(machine.step(State(), 0, call)[1], Prepare)[0].ballot for machine in MACHINES]
    assert len(set(ballots)) == len(MACHINES)


def test_ballot_is_durable_before_it_is_used() -> None:
    state, wanted = step(State(), Propose(call=1, instance=1, value=7))
    assert of_kind(wanted, Persist) == [Persist(state.records)]
    assert place(wanted, Persist) < place(wanted, Prepare)


def test_ballot_is_above_what_the_own_acceptor_promised() -> None:
    promised = State(records=((1, Record(promised=(4, 3))),))
    _, wanted = step(promised, Propose(call=1, instance=1, value=7))
    assert of_kind(wanted, Prepare) == [Prepare(1, (5, ME))]


def test_ballot_is_above_what_an_earlier_life_used() -> None:
    restarted = State(records=((1, Record(round=3)),))
    _, wanted = step(restarted, Propose(call=1, instance=1, value=7))
    assert of_kind(wanted, Prepare) == [Prepare(1, (4, ME))]


def test_second_client_waits_for_the_running_ballot() -> None:
    state, wanted = step(proposing(), Propose(call=2, instance=1, value=8))
    assert wanted == (reports.Proposed(1, 8, None),)
    assert attempt_of(state).waiting == ((1, 7), (2, 8))


def test_proposal_for_another_instance_starts_a_ballot_of_its_own() -> None:
    _, wanted = step(proposing(), Propose(call=2, instance=2, value=8))
    assert of_kind(wanted, Prepare) == [Prepare(2, FIRST)]


def test_proposal_for_a_decided_instance_is_answered_at_once() -> None:
    decided = State(records=((1, Record(decided=9)),))
    state, wanted = step(decided, Propose(call=1, instance=1, value=7))
    assert state == decided
    assert wanted == (reports.Proposed(1, 7, None), Answer(1, Decision(1, 9)))


def test_no_value_is_asked_for_below_a_quorum_of_promises() -> None:
    _, wanted = hearing(proposing(), (0, free()), (2, free()))
    assert of_kind(wanted, Accept) == []


def test_quorum_of_free_acceptors_is_asked_for_the_clients_value() -> None:
    _, wanted = hearing(proposing(value=7), (0, free()), (2, free()), (4, free()))
    assert Multicast(PEERS, Accept(1, FIRST, 7)) in wanted


def test_value_asked_for_is_reported_before_anybody_is_asked() -> None:
    _, wanted = hearing(proposing(value=7), (0, free()), (2, free()), (4, free()))
    assert place(wanted, reports.ValueAsked) < place(wanted, Accept)


def test_vote_in_a_promise_replaces_the_clients_value() -> None:
    voted = Promise(1, FIRST, vote_ballot=(1, 0), vote=9)
    _, wanted = hearing(proposing(value=7), (0, voted), (2, free()), (4, free()))
    assert of_kind(wanted, Accept) == [Accept(1, FIRST, 9)]


@pytest.mark.parametrize("order", [(0, 2), (2, 0)])
def test_vote_of_the_highest_ballot_is_taken_whatever_the_order(order: tuple[int, int]) -> None:
    state = State(records=((1, Record(round=4)),))
    state, _ = step(state, Propose(call=1, instance=1, value=7))
    votes = {
        0: Promise(1, (5, ME), vote_ballot=(2, 4), vote=8),
        2: Promise(1, (5, ME), vote_ballot=(3, 0), vote=9),
    }
    heard = [(acceptor, votes[acceptor]) for acceptor in order]
    _, wanted = hearing(state, *heard, (4, free((5, ME))))
    assert of_kind(wanted, Accept) == [Accept(1, (5, ME), 9)]


def test_second_copy_of_a_promise_is_not_counted() -> None:
    _, wanted = hearing(proposing(), (0, free()), (2, free()), (2, free()))
    assert of_kind(wanted, Accept) == []


def test_promise_of_an_older_ballot_is_not_counted() -> None:
    state, _ = step(proposing(), Retry(1))
    second: Ballot = (2, ME)
    _, wanted = hearing(state, (0, free(second)), (2, free(second)), (4, free(FIRST)))
    assert of_kind(wanted, Accept) == []


def test_promises_counted_in_a_ballot_do_not_count_in_the_next() -> None:
    state, _ = hearing(proposing(), (0, free()), (2, free()))
    state, _ = step(state, Retry(1))
    _, wanted = hearing(state, (4, free((2, ME))))
    assert of_kind(wanted, Accept) == []


def test_late_promise_does_not_ask_a_second_time() -> None:
    state, wanted = hearing(asking(), (4, free()))
    assert state == asking()
    assert of_kind(wanted, Accept) == []


def test_refusal_ends_the_ballot_without_a_new_one() -> None:
    state, wanted = step(proposing(), Nack(1, FIRST, promised=(3, 0)), sender=0)
    assert attempt_of(state).ballot is None
    assert [type(effect) for effect in wanted] == [SetTimer]


def test_refused_ballot_leaves_nothing_behind_but_the_count_and_the_round_it_lost_to() -> None:
    state, _ = hearing(proposing(), (0, free()), (2, Nack(1, FIRST, promised=(3, 0))))
    assert attempt_of(state) == Attempt(waiting=((1, 7),), tries=1, highest=3)


def test_ballot_after_a_refusal_is_above_the_one_that_caused_it() -> None:
    state, _ = step(proposing(), Nack(1, FIRST, promised=(3, 4)), sender=0)
    _, wanted = step(state, Retry(1))
    assert of_kind(wanted, Prepare) == [Prepare(1, (4, ME))]


def test_second_refusal_of_a_ballot_changes_nothing() -> None:
    refused, _ = step(proposing(), Nack(1, FIRST, promised=(3, 0)), sender=0)
    assert step(refused, Nack(1, FIRST, promised=(3, 0)), sender=2) == (refused, ())


def test_refusal_of_an_older_ballot_does_not_end_the_running_one() -> None:
    retried, _ = step(proposing(), Retry(1))
    assert step(retried, Nack(1, FIRST, promised=(3, 0)), sender=0) == (retried, ())


def test_value_is_chosen_anew_in_every_ballot() -> None:
    state, _ = step(asking(), Nack(1, FIRST, promised=(2, 0)), sender=0)
    state, _ = step(state, Retry(1))
    voted = Promise(1, (3, ME), vote_ballot=(2, 0), vote=9)
    _, wanted = hearing(state, (0, voted), (2, free((3, ME))), (4, free((3, ME))))
    assert of_kind(wanted, Accept) == [Accept(1, (3, ME), 9)]


def test_ballot_without_answers_is_given_up_for_a_higher_one() -> None:
    _, wanted = step(proposing(), Retry(1))
    assert of_kind(wanted, Prepare) == [Prepare(1, (2, ME))]


def test_every_ballot_is_guarded_by_a_timer() -> None:
    _, wanted = step(State(), Propose(call=1, instance=1, value=7))
    assert [effect.timer for effect in of_kind(wanted, SetTimer)] == [Retry(1)]


def test_next_ballot_is_given_more_patience_than_the_one_before() -> None:
    first, wanted = step(State(), Propose(call=1, instance=1, value=7))
    _, wanted_again = step(first, Retry(1))
    assert of_kind(wanted_again, SetTimer)[0].low_us > of_kind(wanted, SetTimer)[0].low_us


def test_timer_without_a_waiting_client_does_nothing() -> None:
    assert step(State(), Retry(1)) == (State(), ())


def test_back_off_grows_with_every_try_until_its_bound() -> None:
    node = MACHINES[ME]
    assert isinstance(node, Node)
    highs = [node.back_off_us(tries)[1] for tries in range(1, 30)]
    assert highs == sorted(highs)
    assert highs[0] < highs[1]
    assert highs[-1] == highs[-2]


def test_patience_grows_with_every_try_until_its_bound() -> None:
    node = MACHINES[ME]
    assert isinstance(node, Node)
    lows = [node.patience_us(tries)[0] for tries in range(1, 30)]
    assert lows == sorted(lows)
    assert lows[0] < lows[1]
    assert lows[-1] == lows[-2]
