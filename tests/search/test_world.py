"""A world in which nothing happens by itself."""

from __future__ import annotations

import pytest

from simulation.cluster.clients import TimedOut
from simulation.protocols.reports import BallotStarted, Decided
from simulation.search.moves import Ask, Deliver, Fire, Kill, Restart
from simulation.search.world import MOST_MOVES, StormOver
from simulation.trace.record import CONTENT, TIME
from tests.search.stage import FIRST, SECOND, duel, letters


def test_nothing_is_on_its_way_before_anybody_asks() -> None:
    assert duel().pending == []


def test_only_who_has_something_to_propose_can_be_asked() -> None:
    world = duel()
    assert [process for process in range(5) if world.askable(process)] == [FIRST, SECOND]


def test_a_question_is_sent_to_those_who_vote_and_waits() -> None:
    world = duel()
    world.ask(FIRST)
    assert [letter.destination for letter in letters(world, "Prepare")] == [0, 1, 2]


def test_a_broadcast_is_known_as_one() -> None:
    world = duel()
    world.ask(FIRST)
    assert all(letter.broadcast for letter in world.fresh)


def test_who_waits_for_an_answer_cannot_be_asked_again() -> None:
    world = duel()
    world.ask(FIRST)
    assert not world.askable(FIRST)


def test_who_gives_up_is_content_with_what_it_asked_for() -> None:
    world = duel()
    world.ask(FIRST)
    wanted = world.callers.wants(FIRST)
    world.give_up(FIRST)
    assert world.callers.wants(FIRST) == wanted[1:]
    assert isinstance(world.cluster.trace.records[-1][CONTENT], TimedOut)


def test_who_waits_for_nothing_can_give_up_what_it_would_have_proposed() -> None:
    world = duel()
    wanted = world.callers.wants(FIRST)
    world.give_up(FIRST)
    assert world.callers.wants(FIRST) == wanted[1:]


def test_what_a_move_reports_is_what_it_said() -> None:
    world = duel()
    world.ask(FIRST)
    assert [type(record[CONTENT]) for record in world.reports(BallotStarted)] == [BallotStarted]


def test_a_message_arrives_once() -> None:
    world = duel()
    world.ask(FIRST)
    world.deliver(letters(world, "Prepare")[0])
    assert [letter.destination for letter in letters(world, "Prepare")] == [1, 2]


def test_a_message_that_is_kept_is_still_on_its_way() -> None:
    world = duel()
    world.ask(FIRST)
    prepare = letters(world, "Prepare")[0]
    world.deliver(prepare, keep=True)
    assert prepare in world.pending


def test_a_message_that_is_kept_arrives_again() -> None:
    world = duel()
    world.ask(FIRST)
    prepare = letters(world, "Prepare")[0]
    world.deliver(prepare, keep=True)
    world.deliver(prepare)
    heard = [record for record in world.cluster.trace if type(record[CONTENT]).__name__ == "PrepareHeard"]
    assert len(heard) == 2


def test_a_message_that_has_arrived_and_is_sent_again_arrives_again() -> None:
    world = duel()
    world.ask(FIRST)
    prepare = letters(world, "Prepare")[0]
    world.deliver(prepare)
    world.send_again(prepare)
    assert prepare in world.arrivals()
    world.deliver(prepare)
    heard = [record for record in world.cluster.trace if type(record[CONTENT]).__name__ == "PrepareHeard"]
    assert len(heard) == 2


def test_every_record_has_a_number_of_its_own_even_that_of_a_copy() -> None:
    world = duel()
    world.ask(FIRST)
    prepare = letters(world, "Prepare")[0]
    for _ in range(3):
        world.deliver(prepare, keep=True)
    numbers = [record[2] for record in world.cluster.trace]
    assert len(numbers) == len(set(numbers))


def test_time_never_runs_back() -> None:
    world = duel()
    world.ask(FIRST)
    while world.pending:
        world.deliver(world.pending[-1])
    times = [record[TIME] for record in world.cluster.trace]
    assert times == sorted(times)


def test_messages_in_order_decide() -> None:
    world = duel()
    world.ask(FIRST)
    while world.pending:
        world.deliver(world.pending[0])
    decided = [record for record in world.cluster.trace if isinstance(record[CONTENT], Decided)]
    assert [record[CONTENT].value for record in decided] == [4] * 4


def test_who_dies_forgets_the_call_and_can_be_asked_in_the_next_life() -> None:
    world = duel()
    world.ask(FIRST)
    world.kill(FIRST)
    assert not world.askable(FIRST)
    world.restart(FIRST)
    assert world.askable(FIRST)


def test_a_retry_is_a_timer_that_is_set() -> None:
    world = duel()
    world.ask(FIRST)
    (retry,) = world.timers()
    world.fire(retry)
    assert [letter.name[0] for letter in letters(world, "Prepare")] == [1, 2] * 3


def test_a_message_that_is_lost_is_no_longer_on_its_way() -> None:
    world = duel()
    world.ask(FIRST)
    world.lose(letters(world, "Prepare")[0])
    assert [letter.destination for letter in world.fresh] == [1, 2]


def test_moves_are_written_down_with_the_names_of_messages() -> None:
    world = duel()
    world.ask(FIRST)
    world.deliver(letters(world, "Prepare")[1])
    world.kill(0)
    world.restart(0)
    (retry,) = [entry for entry in world.timers() if entry[6] == FIRST]
    world.fire(retry)
    assert world.moves == [
        Ask(1, FIRST),
        Deliver(1, FIRST, 1, "Prepare"),
        Kill(0),
        Restart(2, 0),
        Fire(3, FIRST, "Retry(instance=1)"),
    ]


def test_where_order_is_kept_only_the_first_of_a_channel_can_arrive() -> None:
    world = duel(**{"network.fifo": True})
    world.ask(FIRST)
    (retry,) = world.timers()
    world.fire(retry)
    assert [letter.name[0] for letter in world.arrivals()] == [1, 1, 1]


def test_where_no_order_is_kept_every_message_can_arrive() -> None:
    world = duel()
    world.ask(FIRST)
    (retry,) = world.timers()
    world.fire(retry)
    assert [letter.name[0] for letter in world.arrivals()] == [1, 1, 1, 2, 2, 2]


def test_a_storm_has_a_bound() -> None:
    world = duel()
    world.ask(FIRST)
    prepare = letters(world, "Prepare")[0]
    for _ in range(MOST_MOVES - 1):
        world.deliver(prepare, keep=True)
    with pytest.raises(StormOver):
        world.deliver(prepare)
