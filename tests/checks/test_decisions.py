"""Agreement, validity, and the quorum behind a decision, on runs told by hand."""

from __future__ import annotations

from simulation.checks import Held, Violated
from simulation.checks.safety import agreement, quorum_behind_decision, validity
from simulation.protocols.inputs import Decision
from simulation.protocols.reports import Accepted, Decided
from tests.checks.telling import Telling


def test_equal_decisions_agree() -> None:
    told = Telling()
    told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    assert agreement(told.story()) == Held("agreement")


def test_decisions_of_different_instances_need_not_agree() -> None:
    told = Telling()
    told.says(0, Decided(1, 7))
    told.says(0, Decided(2, 8))
    assert agreement(told.story()) == Held("agreement")


def test_different_decisions_disagree() -> None:
    told = Telling()
    told.proposes(2, 1, 7)
    first = told.says(0, Decided(1, 7))
    told.says(1, Decided(1, 7))
    second = told.says(2, Decided(1, 8))
    assert agreement(told.story()) == Violated(
        "agreement", "p1 decided 7 and p3 decided 8 as instance 1", (first, second)
    )


def test_process_that_changes_its_mind_disagrees_with_itself() -> None:
    told = Telling()
    events = told.says(1, Decided(1, 7)), told.says(1, Decided(1, 8))
    assert agreement(told.story()) == Violated(
        "agreement", "p2 decided 7 and p2 decided 8 as instance 1", events
    )


def test_client_that_is_told_another_value_disagrees() -> None:
    told = Telling()
    events = told.says(1, Decided(1, 7)), told.tells_client(2, Decision(1, 8))
    assert agreement(told.story()) == Violated(
        "agreement", "p2 decided 7 and the client of p3 was told 8 as instance 1", events
    )


def test_decision_of_a_proposed_value_is_valid() -> None:
    told = Telling()
    told.proposes(2, 1, 7)
    told.says(0, Decided(1, 7))
    assert validity(told.story()) == Held("validity")


def test_decision_of_what_nobody_proposed_is_not_valid() -> None:
    told = Telling()
    told.proposes(2, 1, 7)
    decided = told.says(0, Decided(1, 8))
    assert validity(told.story()) == Violated(
        "validity", "p1 decided 8 as instance 1: nobody had proposed that", (decided,)
    )


def test_decision_of_what_was_proposed_for_another_instance_is_not_valid() -> None:
    told = Telling()
    told.proposes(2, 2, 7)
    decided = told.says(0, Decided(1, 7))
    assert validity(told.story()) == Violated(
        "validity", "p1 decided 7 as instance 1: nobody had proposed that", (decided,)
    )


def test_decision_of_what_was_proposed_only_afterwards_is_not_valid() -> None:
    told = Telling()
    decided = told.says(0, Decided(1, 7))
    told.proposes(2, 1, 7)
    assert validity(told.story()) == Violated(
        "validity", "p1 decided 7 as instance 1: nobody had proposed that", (decided,)
    )


def test_decision_behind_the_votes_of_a_quorum_holds() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.says(2, Accepted(1, 4, 7))
    told.says(1, Decided(1, 7))
    assert quorum_behind_decision(told.story()) == Held("quorum behind decision")


def test_votes_of_different_ballots_are_no_quorum() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.says(2, Accepted(1, 5, 7))
    decided = told.says(1, Decided(1, 7))
    assert quorum_behind_decision(told.story()) == Violated(
        "quorum behind decision",
        "p2 decided 7 as instance 1; 1 had voted for it in one ballot, a quorum is 2",
        (decided,),
    )


def test_one_acceptor_voting_twice_is_no_quorum() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7), Accepted(1, 4, 7))
    decided = told.says(1, Decided(1, 7))
    assert quorum_behind_decision(told.story()) == Violated(
        "quorum behind decision",
        "p2 decided 7 as instance 1; 1 had voted for it in one ballot, a quorum is 2",
        (decided,),
    )


def test_votes_cast_after_the_decision_are_too_late() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    decided = told.says(1, Decided(1, 7))
    told.says(2, Accepted(1, 4, 7))
    assert quorum_behind_decision(told.story()) == Violated(
        "quorum behind decision",
        "p2 decided 7 as instance 1; 1 had voted for it in one ballot, a quorum is 2",
        (decided,),
    )


def test_votes_for_another_value_or_instance_do_not_count() -> None:
    told = Telling(5)
    told.says(0, Accepted(1, 4, 7), Accepted(2, 4, 8))
    told.says(2, Accepted(1, 4, 7), Accepted(2, 4, 8))
    told.says(3, Accepted(2, 4, 8))
    decided = told.says(1, Decided(1, 8))
    assert quorum_behind_decision(told.story()) == Violated(
        "quorum behind decision",
        "p2 decided 8 as instance 1; 0 had voted for it in one ballot, a quorum is 3",
        (decided,),
    )


def test_client_that_is_told_before_a_quorum_voted_was_told_too_early() -> None:
    told = Telling()
    early = told.tells_client(1, Decision(1, 7))
    told.says(0, Accepted(1, 4, 7))
    told.says(2, Accepted(1, 4, 7))
    assert quorum_behind_decision(told.story()) == Violated(
        "quorum behind decision",
        "the client of p2 was told 7 as instance 1; 0 had voted for it in one ballot, a quorum is 2",
        (early,),
    )
