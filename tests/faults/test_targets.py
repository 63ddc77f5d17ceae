"""Whom a fault hits: resolved when it fires, by one written rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from simulation.faults import Target, resolve

LEADER = Target("leader", leader=True)
SPARE = Target("spare", processes=(4, 0, 3))
P2 = Target("p2", processes=(1,))


class Town(Struct):
    """Five processes: who is dead, whom each names leader, what ballot each has started."""

    dead: tuple[int, ...] = ()
    named: dict[int, int] = {}
    ballots: dict[int, Any] = {}

    def alive(self) -> Sequence[int]:
        return [process for process in range(5) if process not in self.dead]

    def believed_leader(self, process: int) -> int | None:
        return self.named.get(process)

    def highest_ballot(self, process: int) -> Any:
        return self.ballots.get(process)


def everybody_names(leader: int) -> dict[int, int]:
    return dict.fromkeys(range(5), leader)


def test_a_name_means_its_process() -> None:
    assert resolve(P2, Town()) == (1,)


def test_a_name_means_its_process_even_when_that_is_dead() -> None:
    assert resolve(P2, Town(dead=(1,))) == (1,)


def test_a_role_means_all_its_processes_in_the_order_of_the_role() -> None:
    assert resolve(SPARE, Town()) == (4, 0, 3)


def test_of_a_target_that_is_drawn_all_are_possible_and_nobody_is_certain() -> None:
    drawn = Target("any of spare", processes=(4, 0, 3), drawn=True)
    assert (resolve(drawn, Town()), drawn.certain, SPARE.certain) == ((4, 0, 3), (), (4, 0, 3))


def test_the_leader_is_who_believes_that_it_leads() -> None:
    assert resolve(LEADER, Town(named=everybody_names(2))) == (2,)


def test_nobody_leads_at_first() -> None:
    assert resolve(LEADER, Town()) == ()


def test_nobody_leads_while_the_named_one_does_not_know_it() -> None:
    assert resolve(LEADER, Town(named={0: 2, 1: 2})) == ()


def test_nobody_leads_while_everybody_names_a_dead_one() -> None:
    assert resolve(LEADER, Town(dead=(2,), named=everybody_names(2))) == ()


def test_a_dead_believer_does_not_lead() -> None:
    assert resolve(LEADER, Town(dead=(0,), named={0: 0, 1: 1, 2: 1})) == (1,)


def test_the_leader_moves_with_the_belief() -> None:
    town = Town(named=everybody_names(2))
    before = resolve(LEADER, town)
    town.named = everybody_names(4)
    assert (before, resolve(LEADER, town)) == ((2,), (4,))


def test_of_two_believers_the_higher_ballot_leads() -> None:
    assert resolve(LEADER, Town(named={0: 0, 3: 3}, ballots={0: 1, 3: 2})) == (3,)


def test_of_two_believers_the_one_that_started_a_ballot_leads() -> None:
    assert resolve(LEADER, Town(named={0: 0, 3: 3}, ballots={3: 1})) == (3,)


def test_of_two_believers_with_equal_ballots_the_lower_number_leads() -> None:
    assert resolve(LEADER, Town(named={0: 0, 3: 3}, ballots={0: 2, 3: 2})) == (0,)


def test_of_two_believers_without_ballots_the_lower_number_leads() -> None:
    assert resolve(LEADER, Town(named={1: 1, 3: 3})) == (1,)


def test_who_started_a_high_ballot_and_follows_now_does_not_lead() -> None:
    assert resolve(LEADER, Town(named={0: 3, 3: 3}, ballots={0: 9, 3: 1})) == (3,)


def test_where_nobody_names_a_leader_the_highest_ballot_leads() -> None:
    assert resolve(LEADER, Town(ballots={1: (1, 1), 2: (2, 2), 3: (2, 0)})) == (2,)


def test_where_nobody_names_a_leader_a_dead_ones_ballot_does_not_count() -> None:
    assert resolve(LEADER, Town(dead=(2,), ballots={1: (1, 1), 2: (2, 2)})) == (1,)


def test_where_nobody_names_a_leader_and_nobody_started_a_ballot_nobody_leads() -> None:
    assert resolve(LEADER, Town(dead=(2,), ballots={2: (2, 2)})) == ()


@given(
    st.sets(st.integers(0, 4)),
    st.dictionaries(st.integers(0, 4), st.integers(0, 4)),
    st.dictionaries(st.integers(0, 4), st.integers(0, 2)),
)
def test_at_most_one_leads_and_it_lives(
    dead: set[int], named: dict[int, int], ballots: dict[int, int]
) -> None:
    town = Town(tuple(dead), named, ballots)
    leaders = resolve(LEADER, town)
    assert len(leaders) <= 1
    assert set(leaders) <= set(town.alive())
