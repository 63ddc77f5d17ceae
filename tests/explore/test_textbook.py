"""The textbook protocol explored: it holds, and what is broken in it is found."""

from __future__ import annotations

from functools import cache

import pytest

from simulation.explore import Counterexample, Exploration, explore
from simulation.explore.search import search
from simulation.explore.setting import Setting
from simulation.planted import acceptor, learner, proposer
from simulation.protocols.textbook import TEXTBOOK, Node
from tests.explore import toys
from tests.explore.plain import PlainWorld
from tests.mutants import textbook as mutants

SEEN_WITHOUT_FAULTS = [
    acceptor.VotesForAnything,
    acceptor.ComparesWithItsVote,
    mutants.PromisesAnything,
    acceptor.ForgetsItsPromise,
    acceptor.HidesItsVote,
    proposer.IgnoresReportedVotes,
    proposer.AdoptsMajoritiesOnly,
    proposer.QuorumOfHalf,
    proposer.SharesBallotsAndPromisesTwice,
    learner.DecidesWithoutQuorum,
]
"""What breaks agreement without crash or duplicate, with one attempt of each proposer."""

RARE = [
    acceptor.VoteIsNoPromise,
    acceptor.KeepsItsFirstVote,
    proposer.AdoptsTheLowestVote,
    proposer.CountsStalePromises,
]
"""The same with a second attempt. ``CountsAcrossBallots`` is found too, in some minutes."""

EVERY = [
    *SEEN_WITHOUT_FAULTS,
    *[pytest.param(mutant, marks=pytest.mark.slow) for mutant in RARE],
]


@cache
def explored(machine: type[Node]) -> Exploration:
    return explore(toys.protocol(machine), attempts=2)


def found(machine: type[Node]) -> Counterexample:
    violation = explored(machine).violation
    assert violation is not None
    return violation


@cache
def correct(attempts: int, proposers: int = 2) -> Exploration:
    return explore(TEXTBOOK, proposers=proposers, attempts=attempts)


def test_two_proposers_with_one_attempt_each_always_agree() -> None:
    assert correct(1).violation is None


def test_two_proposers_with_one_attempt_each_are_explored_to_the_end() -> None:
    assert correct(1).complete


def test_two_proposers_with_one_attempt_each_come_to_this_many_states() -> None:
    assert correct(1).states == 546


def test_one_proposer_with_two_attempts_comes_to_this_many_states() -> None:
    assert correct(2, proposers=1).states == 257


def test_one_proposer_with_one_attempt_comes_to_this_many_states_without_reductions() -> None:
    everything = explore(TEXTBOOK, proposers=1, attempts=1, symmetric=False, forgetful=False)
    assert everything.states == 597


@pytest.mark.slow
def test_a_second_attempt_of_one_of_two_comes_to_this_many_states() -> None:
    bounds = Setting(TEXTBOOK, attempts=(1, 2))
    assert search(bounds, most_states=50_000, on_progress=None).states == 7_929


def test_the_same_exploration_comes_to_the_same() -> None:
    assert explore(TEXTBOOK, attempts=1) == correct(1)


@pytest.mark.parametrize("machine", EVERY)
def test_a_broken_rule_is_found(machine: type[Node]) -> None:
    assert found(machine).violated == "agreement: 1 and 2 are both chosen or decided"


@pytest.mark.parametrize("machine", EVERY)
def test_a_counterexample_happens_on_plain_machines_too(machine: type[Node]) -> None:
    assert PlainWorld(toys.protocol(machine)).play(found(machine)) == {1, 2}


@pytest.mark.parametrize("machine", EVERY)
def test_a_broken_rule_is_found_soon(machine: type[Node]) -> None:
    assert explored(machine).work < 150_000


def test_a_value_that_nobody_proposed_is_found() -> None:
    assert found(mutants.InventsAValue).violated.startswith("validity: 999")


def test_ballots_that_two_share_are_no_violation() -> None:
    assert explore(toys.protocol(proposer.SharesBallots), attempts=1).violation is None


@pytest.mark.parametrize("machine", [Node, *SEEN_WITHOUT_FAULTS, *RARE])
def test_reductions_change_no_verdict(machine: type[Node]) -> None:
    reduced = explore(toys.protocol(machine), acceptors=2, attempts=1)
    everything = explore(toys.protocol(machine), acceptors=2, attempts=1, symmetric=False, forgetful=False)
    assert (reduced.violation is None) == (everything.violation is None)


@pytest.mark.parametrize("machine", [toys.ForgetsItsRecords, toys.ForgetsItsPromises])
@pytest.mark.slow
def test_what_a_restart_forgets_is_found_with_one_crash(machine: type[Node]) -> None:
    assert explore(toys.protocol(machine), attempts=1, crashes=1).violation is not None


@pytest.mark.parametrize("machine", [toys.CountsPromisesTwice, toys.CountsVotesTwice])
@pytest.mark.slow
def test_what_is_counted_twice_is_found_with_one_duplicate(machine: type[Node]) -> None:
    assert explore(toys.protocol(machine), attempts=1, duplicates=1).violation is not None


def test_a_crash_does_no_harm_to_one_proposer() -> None:
    exploration = explore(TEXTBOOK, proposers=1, attempts=1, crashes=1)
    assert (exploration.complete, exploration.violation) == (True, None)
