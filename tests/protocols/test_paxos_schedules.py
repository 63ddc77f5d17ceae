"""The seed's protocol under arbitrary schedules: safe whoever believes to lead, live in the calm.

In these storms there are no electors: any process may be told at any time that any process
leads, itself included. So several lead at once, with ballots that are not unique.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.protocols import reports
from simulation.protocols.inputs import Abort, Decision
from simulation.protocols.paxos import PAXOS, PaxosReplica
from simulation.protocols.paxos.messages import Leader, Overdue
from simulation.protocols.paxos.state import Instance, Replica
from simulation.protocols.registry import Protocol
from tests.protocols.playground import Playground
from tests.protocols.storms import MANY, SEEDS, SHARES, SIZES, chosen, learned, proposed, stormed

REPLICAS = Protocol(name="replicas", about="", components=(PaxosReplica,))


def unled(
    protocol: Protocol = REPLICAS,
    *,
    size: int,
    seed: int,
    trouble: float = 0.15,
    crashes: float = 0.02,
    actions: tuple[str | None, ...] = (None,),
) -> Playground:
    """Seven storms; before each, some client proposes, and two processes learn who leads."""
    world = Playground(protocol, size, seed)
    for value in range(100, 107):
        process = world.random.randrange(size)
        if world.alive[process]:
            world.propose(process, value, action=world.random.choice(actions))
        for _ in range(2):
            believer = world.random.randrange(size)
            world.give(believer, Leader(world.random.choice([believer, world.random.randrange(size)])))
        world.storm(25, trouble=trouble, crashes=crashes)
    return world


def settled(world: Playground) -> Playground:
    """The same world when all live again and have been told that process 0 leads."""
    world.wake()
    for process in range(world.participants):
        world.give(process, Leader(0))
    return world


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_no_two_values_are_chosen_or_learned(seed: int, size: int, trouble: float, crashes: float) -> None:
    world = unled(size=size, seed=seed, trouble=trouble, crashes=crashes, actions=(None, *PAXOS.actions))
    assert len(chosen(world) | learned(world)) <= 1


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_what_is_learned_was_proposed(seed: int, size: int, trouble: float, crashes: float) -> None:
    world = unled(size=size, seed=seed, trouble=trouble, crashes=crashes)
    assert learned(world) <= proposed(world)


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_process_ever_starts_a_ballot_twice(seed: int, size: int, crashes: float) -> None:
    world = unled(size=size, seed=seed, crashes=crashes, actions=(None, *PAXOS.actions))
    for process in range(size):
        started = [report.ballot for report in world.said(reports.BallotStarted, process)]
        assert started == sorted(set(started))


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_two_values_are_asked_for_in_one_ballot_though_several_start_it(
    seed: int, size: int, crashes: float
) -> None:
    asked = unled(size=size, seed=seed, crashes=crashes).said(reports.ValueAsked)
    assert len(asked) == len({report.ballot for report in asked})


@MANY
@given(seed=SEEDS, size=SIZES, crashes=SHARES)
def test_no_acceptor_promises_twice_or_votes_below_a_promise_of_any_life(
    seed: int, size: int, crashes: float
) -> None:
    world = unled(size=size, seed=seed, crashes=crashes)
    for process in range(size):
        highest = 0
        for step in promises_and_votes(world, process):
            assert step.ballot > highest if isinstance(step, reports.Promised) else step.ballot >= highest
            highest = step.ballot


def promises_and_votes(world: Playground, process: int) -> list[Any]:
    kinds = (reports.Promised, reports.Accepted)
    return [report for address, report in world.reported if address == process and isinstance(report, kinds)]


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_every_client_is_answered_once_all_follow_one_leader(
    seed: int, size: int, trouble: float, crashes: float
) -> None:
    world = settled(unled(size=size, seed=seed, trouble=trouble, crashes=crashes))
    calls = [world.propose(process, 200 + process) for process in range(size)]
    assert world.calm(until=lambda: all(call in world.answers for call in calls))


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_whoever_has_heard_of_an_instance_learns_its_decision_once_all_follow_one_leader(
    seed: int, size: int, trouble: float, crashes: float
) -> None:
    world = settled(unled(size=size, seed=seed, trouble=trouble, crashes=crashes))
    world.propose(size - 1, 200)
    assert world.calm(until=lambda: all(map(knows_what_it_heard_of, world.states)))


def knows_what_it_heard_of(state: Replica) -> bool:
    return all(instance.decision is not None for instance in state.instances)


@MANY
@given(seed=SEEDS, size=SIZES, trouble=SHARES, crashes=SHARES)
def test_whoever_knows_a_leader_and_an_undecided_instance_waits_for_its_decision(
    seed: int, size: int, trouble: float, crashes: float
) -> None:
    world = unled(size=size, seed=seed, trouble=trouble, crashes=crashes, actions=(None, *PAXOS.actions))
    for process in range(size):
        state = world.states[process]
        if state is not None and state.leader is not None:
            undecided = [instance for instance in state.instances if instance.decision is None]
            assert {(process, Overdue(instance.number)) for instance in undecided} <= world.timers.keys()


@MANY
@given(seed=SEEDS, size=st.sampled_from([3, 5]), crashes=SHARES)
def test_storms_with_electors_choose_one_value(seed: int, size: int, crashes: float) -> None:
    world = stormed(PAXOS, size, seed, trouble=0.4, crashes=crashes)
    assert len(chosen(world) | learned(world)) <= 1


@MANY
@given(seed=SEEDS, size=SIZES)
def test_electors_bring_every_client_an_answer_after_the_storm(seed: int, size: int) -> None:
    world = stormed(PAXOS, size, seed, trouble=0.4, crashes=0.05)
    # The storm may have lost what an elector told its own replica, and it tells only changes.
    for process in range(size):
        world.kill(process)
    world.wake()
    calls = [world.propose(process, 200 + process) for process in range(size)]
    assert world.calm(until=lambda: all(call in world.answers for call in calls))
    assert {type(world.answers[call]) for call in calls} <= {Decision, Abort}


class PromisesAgain(PaxosReplica):
    """Promises a ballot that it has promised already, maybe to somebody else."""

    def may_promise(self, instance: Instance, ballot: int) -> bool:
        return ballot >= instance.promised


class VotesForAnything(PaxosReplica):
    """Phase 2b without its condition."""

    def may_vote(self, instance: Instance, ballot: int) -> bool:
        return True


class AsksForItsOwnValue(PaxosReplica):
    """Phase 2a without looking at the votes among the promises."""

    def choose_value(self, instance: Instance) -> int | None:
        return instance.proposal


@pytest.mark.parametrize("wrong", [PromisesAgain, VotesForAnything, AsksForItsOwnValue])
def test_storms_tell_a_wrong_protocol(wrong: type[PaxosReplica]) -> None:
    protocol = Protocol(name="wrong", about="", components=(wrong,))
    worlds = (unled(protocol, size=3, seed=seed) for seed in range(2_000))
    assert any(len(chosen(world) | learned(world)) > 1 for world in worlds)
