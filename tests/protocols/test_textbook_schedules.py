"""The textbook protocol under arbitrary schedules: safe in every storm, live in the calm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.protocols import reports
from simulation.protocols.inputs import Decision
from simulation.protocols.registry import Protocol
from simulation.protocols.textbook import TEXTBOOK, Node
from simulation.protocols.textbook.messages import (
    Accept,
    Accepted,
    Ballot,
    Decide,
    Nack,
    Overdue,
    Prepare,
    Promise,
)
from simulation.protocols.textbook.state import Attempt, HeardPromise, Record, State
from tests.protocols.playground import Playground
from tests.protocols.storms import MANY, SEEDS, SHARES, SIZES, chosen, learned, proposed, stormed


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_no_two_values_are_chosen_or_learned(seed: int, size: int, trouble: float, crashes: float) -> None:
    world = stormed(TEXTBOOK, size, seed, trouble=trouble, crashes=crashes)
    assert len(chosen(world) | learned(world)) <= 1


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_what_is_learned_was_proposed(seed: int, size: int, trouble: float, crashes: float) -> None:
    world = stormed(TEXTBOOK, size, seed, trouble=trouble, crashes=crashes)
    assert learned(world) <= proposed(world)


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_process_ever_uses_a_ballot_twice(seed: int, size: int, crashes: float) -> None:
    started = stormed(TEXTBOOK, size, seed, crashes=crashes).said(reports.BallotStarted)
    assert len(started) == len(set(started))


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_ballot_asks_for_two_values(seed: int, size: int, crashes: float) -> None:
    asked = stormed(TEXTBOOK, size, seed, crashes=crashes).said(reports.ValueAsked)
    assert len(asked) == len({report.ballot for report in asked})


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_acceptor_votes_below_a_promise_of_any_of_its_lives(seed: int, size: int, crashes: float) -> None:
    world = stormed(TEXTBOOK, size, seed, crashes=crashes)
    for process in range(size):
        highest: Ballot = (0, 0)
        for promise_or_vote in promises_and_votes(world, process):
            assert promise_or_vote.ballot >= highest
            highest = promise_or_vote.ballot


def promises_and_votes(world: Playground, process: int) -> list[Any]:
    kinds = (reports.Promised, reports.Accepted)
    return [report for address, report in world.reported if address == process and isinstance(report, kinds)]


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_every_client_is_answered_once_the_storm_is_over(
    seed: int, size: int, trouble: float, crashes: float
) -> None:
    world = stormed(TEXTBOOK, size, seed, trouble=trouble, crashes=crashes)
    # A client's call dies with its process, so the dead live again and everybody proposes.
    world.wake()
    calls = [world.propose(process, 200 + process) for process in range(size)]
    assert world.calm(until=lambda: all(call in world.answers for call in calls))
    assert len({world.answers[call] for call in calls}) == 1


@MANY
@given(seed=SEEDS, size=SIZES)
def test_decision_outlives_the_death_of_everybody(seed: int, size: int) -> None:
    world = Playground(TEXTBOOK, size, seed)
    world.propose(0, 7)
    world.deliver_all()
    for process in range(size):
        world.kill(process)
    for process in range(size):
        world.restart(process)
    assert world.decisions() == dict.fromkeys(range(size), 7)


@MANY
@given(seed=SEEDS, size=SIZES, instances=st.integers(2, 6))
def test_instances_are_decided_without_regard_to_each_other(seed: int, size: int, instances: int) -> None:
    world = Playground(TEXTBOOK, size, seed)
    calls = {world.propose(i % size, 100 + i, instance=i): i for i in range(instances)}
    assert world.calm(until=lambda: all(call in world.answers for call in calls))
    assert {world.answers[call] for call in calls} == {Decision(i, 100 + i) for i in range(instances)}


def test_proposer_overtaken_between_its_phases_is_answered_all_the_same() -> None:
    world = Playground(TEXTBOOK, 3)
    calls = [world.propose(0, 7)]
    while world.waiting(Accept) == []:
        world.deliver()
    calls.append(world.propose(1, 8))
    while world.waiting(Prepare):
        world.deliver(world.waiting(Prepare)[0])
    world.deliver_all()
    assert world.said(reports.Refused) != []
    assert world.calm(until=lambda: all(call in world.answers for call in calls))


def test_refused_proposer_keeps_quiet_until_its_timer_fires() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    world.propose(1, 8)
    while world.waiting(Nack) == []:
        world.deliver()
    world.deliver_all()
    assert [report.ballot for report in world.said(reports.BallotStarted)] == [(1, 0), (1, 1)]


def test_proposer_without_a_quorum_decides_as_soon_as_there_is_one() -> None:
    world = Playground(TEXTBOOK, 3)
    world.kill(1)
    world.kill(2)
    call = world.propose(0, 7)
    world.deliver_all()
    world.restart(2)
    assert world.calm(until=lambda: call in world.answers)


def test_next_ballot_finds_the_value_of_a_learner_that_died_before_it_told() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    while len(world.waiting(Accepted)) < 2:
        world.deliver()
    world.kill(0)
    call = world.propose(1, 8)
    assert world.calm(until=lambda: call in world.answers)
    assert world.answers[call] == Decision(1, 7)


def test_proposer_that_missed_the_decision_is_told_when_it_asks_for_promises() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    while world.waiting(Decide) == []:
        world.deliver()
    for index in reversed(world.waiting(Decide)):
        world.lose(index)
    call = world.propose(1, 8)
    world.deliver_all()
    assert world.answers[call] == Decision(1, 7)


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_who_took_part_learns_what_was_chosen_though_no_client_asks_again(
    seed: int, size: int, trouble: float, crashes: float
) -> None:
    world = stormed(TEXTBOOK, size, seed, trouble=trouble, crashes=crashes)
    assume(chosen(world))
    # Clients give up with the storm: every process begins another life without them.
    for process in range(size):
        world.kill(process)
    world.wake()
    assert world.calm(until=lambda: all(map(knows_all_it_took_part_in, world.states)))


def knows_all_it_took_part_in(state: State) -> bool:
    return all(record.decided is not None for _, record in state.records)


def test_decision_told_to_some_reaches_the_others_without_another_ballot() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    while len(world.waiting(Decide)) < 2:
        world.deliver()
    world.lose(world.waiting(Decide)[-1])
    world.deliver_all()
    world.kill(0)
    world.fire(2, Overdue(1))
    world.deliver_all()
    assert world.decisions() == {1: 7, 2: 7}
    assert len(world.said(reports.BallotStarted)) == 1


def test_decision_told_to_nobody_is_found_by_those_who_voted() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    while len(world.waiting(Accepted)) < 3:
        world.deliver()
    world.kill(0)
    world.deliver_all()
    for _ in range(2):
        world.fire(1, Overdue(1))
        world.deliver_all()
    assert world.decisions() == {1: 7, 2: 7}


def test_nothing_is_decided_where_the_only_proposer_died_before_any_vote() -> None:
    world = Playground(TEXTBOOK, 3)
    world.propose(0, 7)
    while len(world.waiting(Promise)) < 3:
        world.deliver()
    world.kill(0)
    for _ in range(5):
        world.fire(1, Overdue(1))
        world.deliver_all()
    assert world.decisions() == {}


class VotesForAnything(Node):
    """Phase 2b without its condition."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        return True


class ForgetsToPromise(Node):
    """Phase 1b without remembering the promise."""

    def promised(self, record: Record, ballot: Ballot) -> Record:
        return record


class KeepsItsVoteSecret(Node):
    """Phase 1b without telling the last vote."""

    def last_vote(self, record: Record) -> tuple[Ballot | None, int | None]:
        return None, None


class AsksForItsOwnValue(Node):
    """Phase 2a without P2c."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        return attempt.waiting[0][1] if attempt.waiting else None


class TakesOnePromiseTooFew(Node):
    """Phase 2a with quorums that need not meet."""

    def promise_quorum(self) -> int:
        return super().promise_quorum() - 1


@pytest.mark.parametrize(
    "wrong",
    [VotesForAnything, ForgetsToPromise, KeepsItsVoteSecret, AsksForItsOwnValue, TakesOnePromiseTooFew],
)
def test_storms_tell_a_wrong_protocol(wrong: type[Node]) -> None:
    protocol = Protocol(name="wrong", about="", components=(wrong,))
    worlds = (stormed(protocol, 3, seed) for seed in range(1_000))
    assert any(len(chosen(world) | learned(world)) > 1 for world in worlds)
