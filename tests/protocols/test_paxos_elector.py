"""The elector: the smallest name among those alive one tick ago, told when it changes."""

from __future__ import annotations

import pytest

from simulation.protocols.effects import Multicast, Send, SetTimer
from simulation.protocols.inputs import Restarted, Started
from simulation.protocols.paxos import PAXOS, Elector
from simulation.protocols.paxos.elector import PERIOD_US, Election, by_rank
from simulation.protocols.paxos.messages import Alive, Heartbeat, Leader, Tick
from simulation.protocols.reports import LeaderNamed
from tests.protocols.playground import Playground, build_machines, of_kind

PROCESSES = 11
ELECTORS = build_machines(PAXOS, PROCESSES)[PROCESSES:]
ELECTOR = ELECTORS[4]
EVERYBODY = tuple(range(PROCESSES, 2 * PROCESSES))


def named(name: str) -> int:
    """The process of this name."""
    return ELECTOR.config.names.index(name)


def period(state: Election, *alive: str) -> tuple[Election, list[int]]:
    """One period in which these answer, and its tick: the state, and whom the tick announces."""
    for name in alive:
        state, _ = ELECTOR.step(state, PROCESSES + named(name), Alive())
    state, wanted = ELECTOR.step(state, ELECTOR.config.address, Tick())
    return state, [message.process for message in of_kind(wanted, Leader)]


def test_names_are_ordered_as_text() -> None:
    names = tuple(f"p{number}" for number in range(1, 12))
    assert [names[process] for process in by_rank(names)][:5] == ["p1", "p10", "p11", "p2", "p3"]


@pytest.mark.parametrize(
    ("alive", "elected"),
    [(("p2", "p1"), "p1"), (("p2", "p11", "p10"), "p10"), (("p9", "p2", "p11"), "p11"), (("p9", "p3"), "p3")],
)
def test_smallest_name_of_those_that_answered_is_elected(alive: tuple[str, ...], elected: str) -> None:
    assert period(Election(), *alive)[1] == [named(elected)]


def test_elector_knows_its_peers_by_name_only() -> None:
    assert Elector.finds_peers_by_name


def test_first_tick_comes_one_period_after_the_start() -> None:
    _, wanted = ELECTOR.step(None, ELECTOR.config.address, Started())
    assert wanted == (SetTimer(Tick(), PERIOD_US, PERIOD_US),)


def test_every_tick_asks_all_and_sets_the_next_one() -> None:
    _, wanted = ELECTOR.step(Election(), ELECTOR.config.address, Tick())
    assert wanted == (Multicast(EVERYBODY, Heartbeat()), SetTimer(Tick(), PERIOD_US, PERIOD_US))


def test_leader_is_announced_to_the_own_replica_alone() -> None:
    state, _ = ELECTOR.step(Election(), PROCESSES, Alive())
    _, wanted = ELECTOR.step(state, ELECTOR.config.address, Tick())
    assert [effect for effect in wanted if isinstance(effect, Send)] == [Send(4, Leader(0))]


def test_nobody_is_announced_at_the_first_tick_for_nobody_has_answered_yet() -> None:
    assert period(Election()) == (Election(), [])


def test_same_leader_is_not_announced_twice() -> None:
    state, _ = period(Election(), "p1", "p2")
    assert period(state, "p1", "p2")[1] == []


def test_leader_that_stopped_answering_is_replaced() -> None:
    state, _ = period(Election(), "p1", "p2")
    assert period(state, "p2")[1] == [named("p2")]


def test_smaller_name_that_appears_is_announced() -> None:
    state, _ = period(Election(), "p2")
    assert period(state, "p1", "p2")[1] == [named("p1")]


def test_silence_of_all_changes_nothing() -> None:
    state, _ = period(Election(), "p2")
    state, announced = period(state)
    assert announced == []
    assert period(state, "p2")[1] == []


def test_answer_counts_for_one_tick_only() -> None:
    state, _ = period(Election(), "p1", "p2")
    assert state.alive == 0


def test_answers_of_one_process_count_once() -> None:
    assert period(Election(), "p3", "p3")[1] == [named("p3")]


def test_heartbeat_is_answered() -> None:
    assert ELECTOR.step(Election(), PROCESSES, Heartbeat())[1] == (Send(PROCESSES, Alive()),)


def test_restarted_elector_has_announced_nobody() -> None:
    state, wanted = ELECTOR.step(None, ELECTOR.config.address, Restarted(None))
    assert state == Election()
    assert wanted == (SetTimer(Tick(), PERIOD_US, PERIOD_US),)


def tick_everywhere(world: Playground) -> None:
    """The ticks of all live electors, then every message that they cause."""
    for address in range(world.participants, 2 * world.participants):
        if (address, Tick()) in world.timers:
            world.fire(address, Tick())
    world.deliver_all()


def test_process_that_died_since_the_last_tick_is_announced_and_then_replaced() -> None:
    world = Playground(PAXOS, 3)
    tick_everywhere(world)
    world.kill(0)
    tick_everywhere(world)
    assert world.said(LeaderNamed, process=1) == [LeaderNamed(0)]
    tick_everywhere(world)
    assert world.said(LeaderNamed, process=1) == [LeaderNamed(0), LeaderNamed(1)]


def test_process_that_died_before_the_first_answers_is_never_announced() -> None:
    world = Playground(PAXOS, 3)
    world.kill(0)
    for _ in range(3):
        tick_everywhere(world)
    assert world.said(LeaderNamed, process=1) == [LeaderNamed(1)]


def test_leader_that_lives_again_leads_again() -> None:
    world = Playground(PAXOS, 3)
    world.kill(0)
    tick_everywhere(world)
    tick_everywhere(world)
    world.restart(0)
    tick_everywhere(world)
    tick_everywhere(world)
    assert world.said(LeaderNamed, process=1) == [LeaderNamed(1), LeaderNamed(0)]
