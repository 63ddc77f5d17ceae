"""What an exploration explores, on protocols small enough to know everything about them."""

from __future__ import annotations

import pytest

from simulation.errors import HarnessError, InputError
from simulation.explore import Crashes, Delivers, explore
from simulation.protocols import Machine, find_protocol
from tests.explore import toys
from tests.explore.plain import PlainWorld


def violated(machine: type[Machine], **bounds: int) -> bool:
    return explore(toys.protocol(machine), attempts=1, **bounds).violation is not None


def test_votes_that_are_never_taken_back_choose_one_value() -> None:
    assert not violated(toys.VotesOnce)


def test_every_situation_of_three_votes_is_counted() -> None:
    exploration = explore(
        toys.protocol(toys.VotesOnce), proposers=1, attempts=1, symmetric=False, forgetful=False
    )
    assert exploration.states == 1 + 2**3


def test_of_situations_that_differ_in_names_only_one_is_counted() -> None:
    exploration = explore(toys.protocol(toys.VotesOnce), proposers=1, attempts=1, forgetful=False)
    assert exploration.states == 1 + 4


def test_the_shortest_way_is_found_breadth_first() -> None:
    exploration = explore(
        toys.protocol(toys.ForgetsItsVote), attempts=1, crashes=2, order="breadth", forgetful=False
    )
    assert exploration.violation is not None
    assert len(exploration.violation.moves) == 7


def test_without_a_crash_nobody_forgets() -> None:
    assert not violated(toys.ForgetsItsVote)


def test_one_crash_turns_one_vote() -> None:
    assert violated(toys.ForgetsItsVote, crashes=1)


def test_what_is_durable_comes_back_after_a_crash() -> None:
    assert not violated(toys.VotesOnce, crashes=2)


def test_a_crash_in_the_middle_of_a_handler_is_found() -> None:
    assert violated(toys.VotesBeforeItIsDurable, crashes=1)


def test_a_crash_in_the_middle_is_told_with_what_it_interrupts() -> None:
    violation = explore(toys.protocol(toys.VotesBeforeItIsDurable), attempts=1, crashes=1).violation
    assert violation is not None
    (crash,) = [move for move in violation.moves if isinstance(move, Crashes)]
    assert isinstance(crash.during, Delivers)


def test_a_crash_in_the_middle_happens_on_plain_machines_too() -> None:
    protocol = toys.protocol(toys.VotesBeforeItIsDurable)
    violation = explore(protocol, attempts=1, crashes=1).violation
    assert violation is not None
    assert PlainWorld(protocol).play(violation) == {1, 2}


def test_a_message_arrives_once() -> None:
    assert not violated(toys.DecidesOnTheSecondCopy)


def test_two_duplicates_make_two_second_copies() -> None:
    assert violated(toys.DecidesOnTheSecondCopy, duplicates=2)


def test_a_duplicate_happens_on_plain_machines_too() -> None:
    protocol = toys.protocol(toys.DecidesOnTheSecondCopy)
    violation = explore(protocol, attempts=1, duplicates=2).violation
    assert violation is not None
    assert PlainWorld(protocol).play(violation) == {1, 2}


def test_a_counterexample_has_one_line_for_each_move() -> None:
    violation = explore(toys.protocol(toys.ForgetsItsVote), attempts=1, crashes=1).violation
    assert violation is not None
    assert len(violation.words) == len(violation.moves)


def test_a_bound_on_states_makes_it_incomplete() -> None:
    assert not explore(toys.protocol(toys.VotesOnce), forgetful=False, most_states=10).complete


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    explore(
        find_protocol("textbook"),
        attempts=1,
        symmetric=False,
        forgetful=False,
        most_states=20_001,
        on_progress=lambda states, transitions: told.append((states, transitions)),
    )
    assert [states for states, _ in told] == [10_000, 20_000]


def test_a_protocol_that_puts_acceptors_in_order_is_not_explored_as_symmetric() -> None:
    with pytest.raises(HarnessError, match="symmetric=False"):
        explore(toys.protocol(toys.SortsAcceptors), attempts=1)


def test_a_protocol_that_puts_acceptors_in_order_is_explored_without_symmetry() -> None:
    assert explore(toys.protocol(toys.SortsAcceptors), attempts=1, symmetric=False).complete


def test_a_state_in_which_addresses_cannot_be_found_is_refused() -> None:
    with pytest.raises(HarnessError, match="range"):
        explore(toys.protocol(toys.Counts), attempts=1)


def test_a_protocol_of_two_machines_is_refused() -> None:
    with pytest.raises(InputError, match="2 machines in each process"):
        explore(find_protocol("paxos"))


@pytest.mark.parametrize("bound", ["acceptors", "proposers", "attempts", "crashes", "duplicates"])
def test_a_bound_below_its_least_is_refused(bound: str) -> None:
    with pytest.raises(InputError, match=bound):
        explore(find_protocol("textbook"), **{bound: -1})


def test_an_unknown_network_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match="'copies', 'set'"):
        explore(find_protocol("textbook"), network="sets")
