"""The invariants of ballots, promises and votes, on runs told by hand."""

from __future__ import annotations

from simulation.checks import Held, Violated
from simulation.checks.safety import (
    ballots_rise,
    chosen_value_stays,
    highest_vote_adopted,
    one_value_per_ballot,
    promises_kept,
)
from simulation.protocols.reports import Accepted, BallotStarted, Promised, PromiseHeard, ValueAsked
from tests.checks.telling import Telling

# One value per ballot.


def test_one_value_in_two_ballots_and_two_instances_is_one_value_per_ballot() -> None:
    told = Telling()
    told.says(0, ValueAsked(1, 4, 7), ValueAsked(1, 5, 7), ValueAsked(2, 5, 8))
    told.says(1, Accepted(1, 4, 7), Accepted(1, 5, 7), Accepted(2, 5, 8))
    assert one_value_per_ballot(told.story()) == Held("one value per ballot")


def test_two_leaders_that_ask_for_two_values_in_one_ballot_are_found() -> None:
    told = Telling()
    events = told.says(0, ValueAsked(1, 4, 7)), told.says(1, ValueAsked(1, 4, 8))
    assert one_value_per_ballot(told.story()) == Violated(
        "one value per ballot", "ballot 4 of instance 1 carries 7 at p1 and 8 at p2", events
    )


def test_vote_for_what_its_ballot_did_not_ask_for_is_found() -> None:
    told = Telling()
    events = told.says(0, ValueAsked(1, 4, 7)), told.says(2, Accepted(1, 4, 8))
    assert one_value_per_ballot(told.story()) == Violated(
        "one value per ballot", "ballot 4 of instance 1 carries 7 at p1 and 8 at p3", events
    )


# Promises kept.


def test_vote_in_the_promised_ballot_or_above_keeps_the_promise() -> None:
    told = Telling()
    told.says(0, Promised(1, 4, None, None), Accepted(1, 4, 7), Accepted(1, 6, 8))
    assert promises_kept(told.story()) == Held("promises kept")


def test_vote_below_the_promise_breaks_it() -> None:
    told = Telling()
    events = told.says(0, Promised(1, 4, None, None)), told.says(0, Accepted(1, 3, 7))
    assert promises_kept(told.story()) == Violated(
        "promises kept", "p1 promised ballot 4 of instance 1 and then voted in ballot 3", events
    )


def test_vote_below_an_earlier_and_higher_promise_breaks_it() -> None:
    told = Telling()
    highest = told.says(0, Promised(1, 5, None, None))
    told.says(0, Promised(1, 3, None, None))
    vote = told.says(0, Accepted(1, 4, 7))
    assert promises_kept(told.story()) == Violated(
        "promises kept", "p1 promised ballot 5 of instance 1 and then voted in ballot 4", (highest, vote)
    )


def test_promise_of_another_process_or_instance_binds_nobody_else() -> None:
    told = Telling()
    told.says(1, Promised(1, 4, None, None))
    told.says(0, Promised(2, 4, None, None), Accepted(1, 3, 7))
    assert promises_kept(told.story()) == Held("promises kept")


def test_promise_below_the_own_vote_breaks_what_the_vote_promised() -> None:
    told = Telling()
    events = told.says(0, Accepted(1, 4, 7)), told.says(0, Promised(1, 3, 4, 7))
    assert promises_kept(told.story()) == Violated(
        "promises kept", "p1 voted in ballot 4 of instance 1 and then promised ballot 3", events
    )


def test_promise_that_tells_the_last_vote_is_true() -> None:
    told = Telling()
    told.says(0, Accepted(1, 3, 7), Accepted(1, 4, 8), Promised(1, 5, 4, 8))
    assert promises_kept(told.story()) == Held("promises kept")


def test_promise_that_conceals_a_vote_is_found() -> None:
    told = Telling()
    events = told.says(0, Accepted(1, 3, 7)), told.says(0, Promised(1, 5, None, None))
    assert promises_kept(told.story()) == Violated(
        "promises kept",
        "p1 promised ballot 5 of instance 1 and told no vote as its last; it was a vote for 7 in ballot 3",
        events,
    )


def test_promise_that_tells_an_older_vote_than_the_last_is_found() -> None:
    told = Telling()
    told.says(0, Accepted(1, 3, 7))
    events = told.says(0, Accepted(1, 4, 8)), told.says(0, Promised(1, 5, 3, 7))
    assert promises_kept(told.story()) == Violated(
        "promises kept",
        "p1 promised ballot 5 of instance 1 and told a vote for 7 in ballot 3 as its last;"
        " it was a vote for 8 in ballot 4",
        events,
    )


def test_promise_that_invents_a_vote_is_found() -> None:
    told = Telling()
    promise = told.says(0, Promised(1, 5, 3, 7))
    assert promises_kept(told.story()) == Violated(
        "promises kept",
        "p1 promised ballot 5 of instance 1 and told a vote for 7 in ballot 3 as its last; it was no vote",
        (promise,),
    )


# Ballots rise.


def test_rising_ballots_and_repeated_votes_hold() -> None:
    told = Telling()
    told.says(0, BallotStarted(1, (1, 0)), BallotStarted(1, (2, 0)), BallotStarted(2, (1, 0)))
    told.says(1, Promised(1, (1, 0), None, None), Accepted(1, (1, 0), 7), Accepted(1, (1, 0), 7))
    assert ballots_rise(told.story()) == Held("ballots rise")


def test_ballot_started_twice_is_found() -> None:
    told = Telling()
    events = told.says(0, BallotStarted(1, 4)), told.says(0, BallotStarted(1, 4))
    assert ballots_rise(told.story()) == Violated(
        "ballots rise", "p1: BallotStarted of ballot 4 after ballot 4 of instance 1", events
    )


def test_ballot_promised_twice_is_found() -> None:
    told = Telling()
    events = told.says(0, Promised(1, 4, None, None)), told.says(0, Promised(1, 4, None, None))
    assert ballots_rise(told.story()) == Violated(
        "ballots rise", "p1: Promised of ballot 4 after ballot 4 of instance 1", events
    )


def test_vote_below_an_earlier_vote_is_found() -> None:
    told = Telling()
    events = told.says(0, Accepted(1, 4, 7)), told.says(0, Accepted(1, 3, 7))
    assert ballots_rise(told.story()) == Violated(
        "ballots rise", "p1: Accepted of ballot 3 after ballot 4 of instance 1", events
    )


# A chosen value stays.


def chosen(value: int, ballot: int) -> tuple[Telling, tuple[int, int]]:
    """A run in which two of three processes voted for the value, and the ids of their votes."""
    told = Telling()
    return told, (told.says(0, Accepted(1, ballot, value)), told.says(1, Accepted(1, ballot, value)))


def test_chosen_value_that_is_asked_for_again_stays() -> None:
    told, _ = chosen(7, 4)
    told.says(2, ValueAsked(1, 5, 7))
    assert chosen_value_stays(told.story()) == Held("chosen value stays")


def test_higher_ballot_that_asks_for_another_value_loses_the_chosen_one() -> None:
    told, votes = chosen(7, 4)
    asked = told.says(2, ValueAsked(1, 5, 8))
    assert chosen_value_stays(told.story()) == Violated(
        "chosen value stays",
        "7 was chosen in ballot 4 of instance 1; p3 asked for 8 in ballot 5",
        (*votes, asked),
    )


def test_vote_for_another_value_above_the_chosen_one_tells_of_a_leader_that_died_asking() -> None:
    told, votes = chosen(7, 4)
    vote = told.says(2, Accepted(1, 5, 8))
    assert chosen_value_stays(told.story()) == Violated(
        "chosen value stays",
        "7 was chosen in ballot 4 of instance 1; p3 voted for 8 in ballot 5",
        (*votes, vote),
    )


def test_lower_ballot_and_other_instance_may_ask_for_other_values() -> None:
    told, _ = chosen(7, 4)
    told.says(2, ValueAsked(1, 3, 8), ValueAsked(2, 5, 8))
    assert chosen_value_stays(told.story()) == Held("chosen value stays")


def test_value_that_only_a_minority_voted_for_may_be_replaced() -> None:
    told = Telling()
    told.says(0, Accepted(1, 4, 7))
    told.says(2, ValueAsked(1, 5, 8))
    assert chosen_value_stays(told.story()) == Held("chosen value stays")


# The highest vote is adopted.


def test_value_may_be_asked_for_once_a_quorum_promised_without_votes() -> None:
    told = Telling()
    told.says(0, PromiseHeard(1, 4, None, None, 0), PromiseHeard(1, 4, None, None, 2), ValueAsked(1, 4, 7))
    assert highest_vote_adopted(told.story()) == Held("highest vote adopted")


def test_highest_of_several_votes_may_be_asked_for() -> None:
    told = Telling()
    told.says(0, PromiseHeard(1, 4, 2, 6, 0), PromiseHeard(1, 4, 3, 7, 2), ValueAsked(1, 4, 7))
    assert highest_vote_adopted(told.story()) == Held("highest vote adopted")


def test_promise_that_is_not_needed_for_a_quorum_need_not_be_counted() -> None:
    told = Telling()
    told.says(0, PromiseHeard(1, 4, None, None, 0), PromiseHeard(1, 4, None, None, 1))
    told.says(0, PromiseHeard(1, 4, 3, 8, 2), ValueAsked(1, 4, 7))
    assert highest_vote_adopted(told.story()) == Held("highest vote adopted")


def test_lower_vote_must_not_be_asked_for() -> None:
    told = Telling()
    heard = told.says(0, PromiseHeard(1, 4, 2, 6, 0)), told.says(0, PromiseHeard(1, 4, 3, 7, 2))
    asked = told.says(0, ValueAsked(1, 4, 6))
    assert highest_vote_adopted(told.story()) == Violated(
        "highest vote adopted",
        "p1 asked for 6 in ballot 4 of instance 1: of 2 promises 1 told a higher vote for another value,"
        " and the rest is no quorum of 2",
        (*heard, asked),
    )


def test_own_value_must_not_be_asked_for_where_a_vote_was_told() -> None:
    told = Telling()
    heard = told.says(0, PromiseHeard(1, 4, None, None, 0)), told.says(0, PromiseHeard(1, 4, 3, 7, 2))
    asked = told.says(0, ValueAsked(1, 4, 1))
    assert highest_vote_adopted(told.story()) == Violated(
        "highest vote adopted",
        "p1 asked for 1 in ballot 4 of instance 1: of 2 promises 1 told a higher vote for another value,"
        " and the rest is no quorum of 2",
        (*heard, asked),
    )


def test_promise_of_one_acceptor_heard_twice_counts_once() -> None:
    told = Telling()
    told.says(0, PromiseHeard(1, 4, None, None, 2))
    heard = told.says(0, PromiseHeard(1, 4, None, None, 2))
    asked = told.says(0, ValueAsked(1, 4, 1))
    assert highest_vote_adopted(told.story()) == Violated(
        "highest vote adopted",
        "p1 asked for 1 in ballot 4 of instance 1: of 1 promises 0 told a higher vote for another value,"
        " and the rest is no quorum of 2",
        (heard, asked),
    )


def test_promises_of_an_older_ballot_and_of_another_proposer_do_not_count() -> None:
    told = Telling()
    told.says(0, PromiseHeard(1, 3, None, None, 0), PromiseHeard(1, 3, None, None, 1))
    told.says(1, PromiseHeard(1, 4, None, None, 0), PromiseHeard(1, 4, None, None, 1))
    asked = told.says(0, ValueAsked(1, 4, 1))
    assert highest_vote_adopted(told.story()) == Violated(
        "highest vote adopted",
        "p1 asked for 1 in ballot 4 of instance 1: of 0 promises 0 told a higher vote for another value,"
        " and the rest is no quorum of 2",
        (asked,),
    )
