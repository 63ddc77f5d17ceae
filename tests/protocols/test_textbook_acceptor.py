"""The acceptor's rules: *Paxos Made Simple*, section 2.2, phases 1b and 2b."""

from __future__ import annotations

from simulation.protocols import reports
from simulation.protocols.effects import Effect, Persist, Send
from simulation.protocols.textbook import TEXTBOOK
from simulation.protocols.textbook.messages import Accept, Accepted, Decide, Nack, Prepare, Promise
from simulation.protocols.textbook.state import Record, State, entry
from tests.protocols.playground import build_machines, of_kind, place

NODE = build_machines(TEXTBOOK, 3)[0]
PROPOSER = 2
FRESH = State()


def remembering(record: Record) -> State:
    """A state that knows ``record`` of instance 1, and waits for a decision if there is none."""
    return State(records=((1, record),), overdue=((1, 0),) if record.decided is None else ())


def step(state: State, message: Prepare | Accept) -> tuple[State, tuple[Effect, ...]]:
    after, wanted = NODE.step(state, PROPOSER, message)
    assert isinstance(after, State)
    return after, wanted


def record_of(state: State, instance: int = 1) -> Record:
    return entry(state.records, instance, Record())


def test_acceptor_promises_the_first_ballot_it_hears_of() -> None:
    _, wanted = step(FRESH, Prepare(1, (1, 2)))
    assert Send(PROPOSER, Promise(1, (1, 2), None, None)) in wanted


def test_acceptor_promises_a_ballot_above_its_promise() -> None:
    state, _ = step(remembering(Record(promised=(1, 1))), Prepare(1, (1, 2)))
    assert record_of(state).promised == (1, 2)


def test_acceptor_refuses_ballot_below_promise() -> None:
    _, wanted = step(remembering(Record(promised=(2, 0))), Prepare(1, (1, 2)))
    assert Send(PROPOSER, Nack(1, (1, 2), promised=(2, 0))) in wanted


def test_refused_prepare_leaves_the_promise_as_it_was() -> None:
    promised = remembering(Record(promised=(2, 0)))
    state, _ = step(promised, Prepare(1, (1, 2)))
    assert state == promised


def test_refusal_is_reported_with_the_promise_that_caused_it() -> None:
    _, wanted = step(remembering(Record(promised=(2, 0))), Prepare(1, (1, 2)))
    assert of_kind(wanted, reports.Refused) == [reports.Refused(1, (1, 2), (2, 0))]


def test_promise_tells_the_last_vote() -> None:
    voted = Record(promised=(1, 1), vote_ballot=(1, 1), vote=7)
    _, wanted = step(remembering(voted), Prepare(1, (2, 2)))
    assert of_kind(wanted, Promise) == [Promise(1, (2, 2), vote_ballot=(1, 1), vote=7)]


def test_promise_does_not_change_the_vote() -> None:
    voted = Record(promised=(1, 1), vote_ballot=(1, 1), vote=7)
    state, _ = step(remembering(voted), Prepare(1, (2, 2)))
    assert (record_of(state).vote_ballot, record_of(state).vote) == ((1, 1), 7)


def test_second_copy_of_a_prepare_gets_no_answer() -> None:
    promised = remembering(Record(promised=(1, 2)))
    assert step(promised, Prepare(1, (1, 2))) == (promised, (reports.PrepareHeard(1, (1, 2), PROPOSER),))


def test_promise_is_durable_before_it_is_sent() -> None:
    _, wanted = step(FRESH, Prepare(1, (1, 2)))
    assert place(wanted, Persist) < place(wanted, Promise)


def test_durable_record_holds_the_promise() -> None:
    state, wanted = step(FRESH, Prepare(1, (1, 2)))
    assert of_kind(wanted, Persist) == [Persist(state.records)]


def test_acceptor_votes_in_the_ballot_it_promised() -> None:
    _, wanted = step(remembering(Record(promised=(1, 2))), Accept(1, (1, 2), 7))
    assert Send(PROPOSER, Accepted(1, (1, 2), 7)) in wanted


def test_acceptor_votes_in_a_ballot_it_never_promised_if_it_is_above() -> None:
    state, _ = step(remembering(Record(promised=(1, 1))), Accept(1, (1, 2), 7))
    assert record_of(state).vote == 7


def test_acceptor_refuses_to_vote_below_its_promise() -> None:
    promised = remembering(Record(promised=(2, 0)))
    state, wanted = step(promised, Accept(1, (1, 2), 7))
    assert state == promised
    assert Send(PROPOSER, Nack(1, (1, 2), promised=(2, 0))) in wanted


def test_vote_is_a_promise_of_its_ballot() -> None:
    state, _ = step(FRESH, Accept(1, (3, 2), 7))
    assert record_of(state).promised == (3, 2)


def test_vote_of_a_higher_ballot_replaces_the_vote() -> None:
    voted = Record(promised=(1, 1), vote_ballot=(1, 1), vote=7)
    state, _ = step(remembering(voted), Accept(1, (2, 2), 8))
    assert (record_of(state).vote_ballot, record_of(state).vote) == ((2, 2), 8)


def test_vote_is_durable_before_it_is_sent() -> None:
    _, wanted = step(FRESH, Accept(1, (1, 2), 7))
    assert place(wanted, Persist) < place(wanted, Accepted)


def test_durable_record_holds_the_vote() -> None:
    state, wanted = step(FRESH, Accept(1, (1, 2), 7))
    assert of_kind(wanted, Persist) == [Persist(state.records)]


def test_second_copy_of_an_accept_gets_the_same_answer_and_changes_nothing() -> None:
    voted = remembering(Record(promised=(1, 2), vote_ballot=(1, 2), vote=7))
    assert step(voted, Accept(1, (1, 2), 7)) == (voted, (Send(PROPOSER, Accepted(1, (1, 2), 7)),))


def test_prepare_for_a_decided_instance_is_answered_with_the_decision() -> None:
    decided = remembering(Record(promised=(2, 0), decided=7))
    state, wanted = step(decided, Prepare(1, (1, 2)))
    assert state == decided
    assert Send(PROPOSER, Decide(1, 7)) in wanted


def test_accept_for_a_decided_instance_is_answered_with_the_decision() -> None:
    decided = remembering(Record(promised=(1, 1), decided=7))
    assert step(decided, Accept(1, (1, 2), 7)) == (decided, (Send(PROPOSER, Decide(1, 7)),))


def test_promise_for_one_instance_binds_no_other() -> None:
    _, wanted = step(remembering(Record(promised=(9, 0))), Prepare(2, (1, 2)))
    assert Send(PROPOSER, Promise(2, (1, 2), None, None)) in wanted
