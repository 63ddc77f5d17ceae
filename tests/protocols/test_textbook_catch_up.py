"""Catching up: *Paxos Made Simple*, section 2.3, where nobody tells what was decided."""

from __future__ import annotations

import pytest

from simulation.protocols.effects import CancelTimer, Effect, Multicast, Send, SetTimer
from simulation.protocols.inputs import Propose
from simulation.protocols.textbook import TEXTBOOK, Node
from simulation.protocols.textbook.messages import (
    Accept,
    Ask,
    Ballot,
    Decide,
    Nack,
    Overdue,
    Prepare,
    Promise,
    Retry,
)
from simulation.protocols.textbook.state import Record, State
from tests.protocols.playground import build_machines, of_kind

ME = 1
NODE = build_machines(TEXTBOOK, 3)[ME]
EVERYBODY = (0, 1, 2)
HEARD: Ballot = (1, 0)
MINE: Ballot = (2, ME)


def hearing(state: State, *inputs: tuple[int, object]) -> tuple[State, tuple[Effect, ...]]:
    """The state after these (sender, input), and the effects of the last one."""
    wanted: tuple[Effect, ...] = ()
    for sender, content in inputs:
        state, wanted = NODE.step(state, sender, content)
    return state, wanted


def waits(wanted: tuple[Effect, ...]) -> list[SetTimer]:
    """The waits for a decision that begin with these effects."""
    return [effect for effect in of_kind(wanted, SetTimer) if effect.timer == Overdue(1)]


def waiting() -> State:
    """A process that has promised somebody else's first ballot and has heard nothing since."""
    return hearing(State(), (0, Prepare(1, HEARD)))[0]


def finishing() -> State:
    """The same after it has asked in vain and begun the ballot ``MINE`` to find out."""
    return hearing(waiting(), (ME, Overdue(1)), (ME, Overdue(1)))[0]


@pytest.mark.parametrize("first", [Prepare(1, HEARD), Accept(1, HEARD, 7)])
def test_acceptor_that_hears_of_a_ballot_waits_for_its_decision(first: object) -> None:
    _, wanted = hearing(State(), (0, first))
    assert len(waits(wanted)) == 1


def test_wait_that_has_begun_is_not_begun_again() -> None:
    _, wanted = hearing(waiting(), (0, Accept(1, HEARD, 7)))
    assert waits(wanted) == []


def test_nobody_waits_for_a_decision_that_is_known() -> None:
    known = State(records=((1, Record(decided=7)),))
    _, wanted = hearing(known, (0, Prepare(1, HEARD)))
    assert waits(wanted) == []


def test_first_wait_in_vain_ends_with_a_question_to_everybody() -> None:
    _, wanted = hearing(waiting(), (ME, Overdue(1)))
    assert Multicast(EVERYBODY, Ask(1)) in wanted


def test_question_disturbs_no_ballot() -> None:
    _, wanted = hearing(waiting(), (ME, Overdue(1)))
    assert of_kind(wanted, Prepare) == []


def test_every_wait_in_vain_is_followed_by_another() -> None:
    for vain in range(1, 5):
        _, wanted = hearing(waiting(), *[(ME, Overdue(1))] * vain)
        assert len(waits(wanted)) == 1


def test_who_knows_the_decision_tells_who_asks() -> None:
    known = State(records=((1, Record(decided=7)),))
    assert hearing(known, (2, Ask(1))) == (known, (Send(2, Decide(1, 7)),))


def test_who_does_not_know_keeps_silent() -> None:
    assert hearing(waiting(), (2, Ask(1))) == (waiting(), ())


def test_question_about_an_unknown_instance_leaves_no_mark() -> None:
    assert hearing(State(), (2, Ask(1))) == (State(), ())


def test_answer_ends_the_wait() -> None:
    state, wanted = hearing(waiting(), (ME, Overdue(1)), (2, Decide(1, 7)))
    assert CancelTimer(Overdue(1)) in wanted
    assert state.overdue == ()


def test_second_wait_in_vain_ends_with_a_ballot() -> None:
    _, wanted = hearing(waiting(), (ME, Overdue(1)), (ME, Overdue(1)))
    assert of_kind(wanted, Prepare) == [Prepare(1, MINE)]


def test_ballot_to_find_out_leaves_the_clients_timer_alone() -> None:
    _, wanted = hearing(waiting(), (ME, Overdue(1)), (ME, Overdue(1)))
    assert Retry(1) not in [effect.timer for effect in of_kind(wanted, SetTimer)]


def test_process_with_a_client_asks_and_leaves_ballots_to_its_client() -> None:
    _, wanted = hearing(waiting(), (ME, Propose(1, 1, 8)), (ME, Overdue(1)), (ME, Overdue(1)))
    assert of_kind(wanted, Prepare) == []
    assert of_kind(wanted, Ask) == [Ask(1)]


def test_ballot_to_find_out_asks_for_the_vote_that_it_finds() -> None:
    voted = Promise(1, MINE, vote_ballot=HEARD, vote=7)
    _, wanted = hearing(finishing(), (0, voted), (2, Promise(1, MINE, None, None)))
    assert of_kind(wanted, Accept) == [Accept(1, MINE, 7)]


def test_ballot_to_find_out_that_finds_no_vote_asks_for_nothing() -> None:
    free = Promise(1, MINE, None, None)
    state, wanted = hearing(finishing(), (0, free), (2, free))
    assert of_kind(wanted, Accept) == []
    assert state.attempts == ()


def test_process_that_found_no_vote_goes_on_waiting() -> None:
    free = Promise(1, MINE, None, None)
    state, wanted = hearing(finishing(), (0, free), (2, free))
    assert state.overdue == ((1, 2),)
    assert of_kind(wanted, CancelTimer) == []


def test_refused_ballot_to_find_out_waits_for_the_next_time() -> None:
    _, wanted = hearing(finishing(), (0, Nack(1, MINE, promised=(5, 2))))
    assert wanted == ()


def test_next_ballot_to_find_out_is_above_what_refused_the_last_one() -> None:
    _, wanted = hearing(finishing(), (0, Nack(1, MINE, promised=(5, 2))), (ME, Overdue(1)))
    assert of_kind(wanted, Prepare) == [Prepare(1, (6, ME))]


def test_client_that_comes_during_a_ballot_to_find_out_gets_one_of_its_own() -> None:
    _, wanted = hearing(finishing(), (ME, Propose(1, 1, 8)))
    assert of_kind(wanted, Prepare) == [Prepare(1, (3, ME))]
    assert Retry(1) in [effect.timer for effect in of_kind(wanted, SetTimer)]


def test_first_wait_is_the_same_for_all() -> None:
    assert isinstance(NODE, Node)
    low, high = NODE.overdue_us(0)
    assert low == high


def test_waits_before_a_ballot_are_random_and_grow_until_their_bound() -> None:
    assert isinstance(NODE, Node)
    ranges = [NODE.overdue_us(in_vain) for in_vain in range(1, 30)]
    assert all(low < high for low, high in ranges)
    assert ranges == sorted(ranges)
    assert ranges[0] < ranges[1]
    assert ranges[-1] == ranges[-2]
