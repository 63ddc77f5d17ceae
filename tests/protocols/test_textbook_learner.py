"""The learner's rules: *Paxos Made Simple*, section 2.3, and what clients hear."""

from __future__ import annotations

from simulation.protocols import reports
from simulation.protocols.effects import Answer, CancelTimer, Effect, Multicast, Persist
from simulation.protocols.inputs import Decision, GetDecision, Propose, Undecided
from simulation.protocols.textbook import TEXTBOOK
from simulation.protocols.textbook.messages import Accepted, Ballot, Decide, Nack, Overdue, Retry
from simulation.protocols.textbook.state import Record, State
from tests.protocols.playground import build_machines, of_kind, place

NODE = build_machines(TEXTBOOK, 3)[0]
BALLOT: Ballot = (1, 0)
DECIDED = State(records=((1, Record(decided=7)),))


def hearing(state: State, *inputs: tuple[int, object]) -> tuple[State, tuple[Effect, ...]]:
    """The state after these (sender, input), and the effects of the last one."""
    wanted: tuple[Effect, ...] = ()
    for sender, content in inputs:
        state, wanted = NODE.step(state, sender, content)
    return state, wanted


def vote(ballot: Ballot = BALLOT, value: int = 7) -> Accepted:
    return Accepted(1, ballot, value)


def test_one_vote_decides_nothing() -> None:
    _, wanted = hearing(State(), (0, vote()))
    assert wanted == (reports.AcceptedHeard(1, BALLOT, acceptor=0),)


def test_quorum_of_votes_decides() -> None:
    _, wanted = hearing(State(), (0, vote()), (2, vote()))
    assert of_kind(wanted, reports.Decided) == [reports.Decided(1, 7)]


def test_decision_is_told_to_everybody() -> None:
    _, wanted = hearing(State(), (0, vote()), (2, vote()))
    assert Multicast((0, 1, 2), Decide(1, 7)) in wanted


def test_decision_is_durable_before_it_is_told() -> None:
    state, wanted = hearing(State(), (0, vote()), (2, vote()))
    assert of_kind(wanted, Persist) == [Persist(state.records)]
    assert place(wanted, Persist) < place(wanted, Decide)


def test_second_copy_of_a_vote_is_not_counted() -> None:
    _, wanted = hearing(State(), (2, vote()), (2, vote()))
    assert of_kind(wanted, reports.Decided) == []


def test_votes_of_two_ballots_are_not_added_up_even_for_one_value() -> None:
    _, wanted = hearing(State(), (0, vote((1, 0))), (2, vote((2, 0))))
    assert of_kind(wanted, reports.Decided) == []


def test_late_vote_of_a_lower_ballot_leaves_the_count_alone() -> None:
    counting, _ = hearing(State(), (0, vote((2, 0))))
    assert hearing(counting, (2, vote((1, 0))))[0] == counting


def test_votes_decide_even_where_the_proposer_has_given_the_ballot_up() -> None:
    _, wanted = hearing(
        State(),
        (0, Propose(call=1, instance=1, value=7)),
        (1, Nack(1, BALLOT, promised=(2, 1))),
        (0, vote()),
        (2, vote()),
    )
    assert Answer(1, Decision(1, 7)) in wanted


def test_vote_after_the_decision_is_heard_and_changes_nothing() -> None:
    assert hearing(DECIDED, (1, vote())) == (DECIDED, (reports.AcceptedHeard(1, BALLOT, acceptor=1),))


def test_learner_believes_who_knows_the_decision() -> None:
    state, wanted = hearing(State(), (2, Decide(1, 7)))
    assert state == DECIDED
    assert wanted == (Persist(DECIDED.records), reports.Decided(1, 7), CancelTimer(Overdue(1)))


def test_second_copy_of_a_decision_changes_nothing() -> None:
    assert hearing(DECIDED, (2, Decide(1, 7))) == (DECIDED, ())


def test_decision_answers_all_waiting_clients() -> None:
    calls = [(0, Propose(call=call, instance=1, value=8)) for call in (1, 2)]
    _, wanted = hearing(State(), *calls, (2, Decide(1, 7)))
    assert of_kind(wanted, Answer) == [Answer(1, Decision(1, 7)), Answer(2, Decision(1, 7))]


def test_decision_ends_all_waits_for_it() -> None:
    _, wanted = hearing(State(), (0, Propose(call=1, instance=1, value=8)), (2, Decide(1, 7)))
    assert of_kind(wanted, CancelTimer) == [CancelTimer(Overdue(1)), CancelTimer(Retry(1))]


def test_decision_leaves_nothing_behind_but_the_record() -> None:
    state, _ = hearing(State(), (0, Propose(call=1, instance=1, value=8)), (0, vote()), (2, vote()))
    assert state == State(records=((1, Record(round=1, decided=7)),))


def test_decision_of_one_instance_says_nothing_about_another() -> None:
    assert hearing(DECIDED, (0, GetDecision(call=4, instance=2)))[1] == (Answer(4, Undecided(2)),)


def test_client_who_asks_too_early_hears_that_nothing_is_known() -> None:
    assert hearing(State(), (0, GetDecision(call=4, instance=1))) == (State(), (Answer(4, Undecided(1)),))


def test_client_who_asks_hears_the_decision() -> None:
    assert hearing(DECIDED, (0, GetDecision(call=4, instance=1)))[1] == (Answer(4, Decision(1, 7)),)
