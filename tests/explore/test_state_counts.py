"""The search comes to exactly the states that TLC comes to: models of tlaplus/Examples.

Their numbers are those that the examples' own manifests state. Depth is TLC's, too: the
number of states on the longest of all shortest ways.
"""

from __future__ import annotations

import pytest

from simulation.explore import Exploration, explore
from tests.explore.models.single_decree import (
    Paxos,
    PaxosOfOneValue,
    PaxosOfThreeBallots,
    Phase1b,
    protocol,
)
from tests.explore.models.two_phase import TWO_PHASE


def paxos(machine: type[Paxos], acceptors: int) -> Exploration:
    return explore(
        protocol(machine),
        acceptors=acceptors,
        proposers=1,
        attempts=1,
        network="set",
        order="breadth",
        symmetric=False,
        forgetful=False,
        at_once=(Phase1b,),
    )


def two_phase() -> Exploration:
    return explore(
        TWO_PHASE,
        acceptors=3,
        proposers=1,
        attempts=1,
        network="set",
        order="breadth",
        symmetric=False,
        forgetful=False,
        acceptors_wait=True,
    )


def test_paxos_of_three_acceptors_and_two_values_has_the_states_that_tlc_counts() -> None:
    assert paxos(Paxos, 3).states == 3_921


def test_paxos_of_three_acceptors_and_two_values_is_as_deep_as_tlc_says() -> None:
    assert paxos(Paxos, 3).depth == 17


def test_paxos_of_one_acceptor_and_one_value_has_the_states_that_tlc_counts() -> None:
    assert paxos(PaxosOfOneValue, 1).states == 25


def test_paxos_of_one_acceptor_and_one_value_is_as_deep_as_tlc_says() -> None:
    assert paxos(PaxosOfOneValue, 1).depth == 9


def test_two_phase_commit_has_the_states_that_tlc_counts() -> None:
    assert two_phase().states == 288


def test_two_phase_commit_is_as_deep_as_tlc_says() -> None:
    assert two_phase().depth == 11


def test_no_order_of_events_breaks_the_model_of_paxos() -> None:
    assert paxos(Paxos, 3).violation is None


@pytest.mark.slow
def test_paxos_of_three_ballots_has_the_states_that_an_independent_search_counts() -> None:
    assert paxos(PaxosOfThreeBallots, 3).states == 185_369
