"""Results in the order in which work was handed out, whoever finishes first and whoever dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import HarnessError
from simulation.sweep import flow
from simulation.sweep.crew import Here
from simulation.sweep.flow import MOST_DEATHS, in_order
from simulation.sweep.work import Done, Work
from tests.sweep.crews import ORDER, Puppets, counted, done, pieces

Moves = list[tuple[str, int]]


@pytest.fixture(autouse=True, scope="module")
def nobody_waits() -> Iterator[None]:
    """What is not done is looked at again at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "LOOK_S", 0)
        yield


def seeds_of(crew: Puppets, count: int, tick: Callable[[], bool]) -> list[int]:
    """The seeds of all results, in the order in which they come. ``tick`` is called at every look."""
    return [piece.first for piece, _ in in_order(iter(pieces(count)), crew, tick)]


def playing(crew: Puppets, moves: Moves) -> Callable[[], bool]:
    """Makes one move at every look at which work is under way, then finishes piece after piece."""
    left = iter(moves)

    def tick() -> bool:
        if crew.pending:
            what, number = next(left, ("finish", 0))
            crew.kill() if what == "kill" else getattr(crew, what)(number)
        return False

    return tick


@given(
    st.integers(0, 25),
    st.integers(1, 8),
    st.lists(st.tuples(st.just("finish"), st.integers(0, 7)), max_size=60),
)
def test_any_order_of_finishing_gives_the_order_of_handing_out(count: int, ahead: int, moves: Moves) -> None:
    crew = Puppets(ahead)
    assert seeds_of(crew, count, playing(crew, moves)) == list(range(count))


@given(
    st.integers(1, 20),
    st.integers(1, 6),
    st.lists(st.tuples(st.sampled_from(["finish", "finish", "finish", "kill", "cancel"]), st.integers(0, 5))),
)
def test_whoever_dies_no_result_is_lost_or_doubled(count: int, ahead: int, moves: Moves) -> None:
    crew, deaths = Puppets(ahead), 0
    survivable = []
    for move in moves:
        deaths += move[0] != "finish"
        if move[0] == "finish" or deaths < MOST_DEATHS:
            survivable.append(move)
    assert seeds_of(crew, count, playing(crew, survivable)) == list(range(count))


@given(st.integers(0, 25), st.integers(1, 8), st.lists(st.tuples(st.just("finish"), st.integers(0, 7))))
def test_no_more_than_agreed_is_under_way(count: int, ahead: int, moves: Moves) -> None:
    crew = Puppets(ahead)
    seeds_of(crew, count, playing(crew, moves))
    assert crew.most_at_once == min(ahead, count)


def test_every_result_comes_with_its_own_work() -> None:
    crew = Puppets(4)
    moves = [("finish", 3), ("finish", 1), ("finish", 2)]
    for piece, result in in_order(iter(pieces(6)), crew, playing(crew, moves)):
        assert result == done(piece)


def test_work_is_cut_no_earlier_than_it_is_handed_out() -> None:
    crew, taken = Puppets(3), list[Work]()
    results = in_order(counted(pieces(10), taken), crew, playing(crew, []))
    next(results)
    assert len(taken) == 3
    next(results)
    assert len(taken) == 4


def test_a_death_is_followed_by_new_workers_and_all_that_was_under_way() -> None:
    crew = Puppets(3)
    assert seeds_of(crew, 3, playing(crew, [("kill", 0)])) == [0, 1, 2]
    assert crew.renewed == 1
    assert [piece.first for piece in crew.handed] == [0, 1, 2, 0, 1, 2]


def test_a_pool_that_is_found_broken_is_replaced_too() -> None:
    crew = Puppets(2)
    crew.broken_at_submit = 1
    assert seeds_of(crew, 4, playing(crew, [])) == [0, 1, 2, 3]
    assert crew.renewed == 1


def test_work_that_kills_everybody_is_itself_to_blame() -> None:
    crew = Puppets(2)
    with pytest.raises(HarnessError, match=f"{MOST_DEATHS} workers in a row died under somewhere, seeds 0:1"):
        seeds_of(crew, 4, playing(crew, [("kill", 0)] * 99))


def test_deaths_that_are_far_apart_are_bad_luck() -> None:
    crew = Puppets(1)
    unlucky = [("kill", 0), ("finish", 0)] * 10
    assert seeds_of(crew, 10, playing(crew, unlucky)) == list(range(10))


def test_what_the_work_raises_is_raised_and_the_rest_taken_back() -> None:
    crew = Puppets(3)
    tick = playing(crew, [("finish", 2)])

    def fails() -> bool:
        crew.fail(ValueError("of the work")) if len(crew.pending) == 2 else tick()
        return False

    with pytest.raises(ValueError, match="of the work"):
        seeds_of(crew, 9, fails)
    assert crew.pending == []


def test_after_a_stop_what_is_ready_comes_and_the_rest_is_taken_back() -> None:
    crew = Puppets(3)
    tick, seen = playing(crew, []), list[int]()
    for piece, _ in in_order(iter(pieces(9)), crew, lambda: tick() or len(seen) >= 3):
        seen.append(piece.first)
    assert seen == list(range(len(seen)))
    assert 3 <= len(seen) < 6
    assert crew.pending == []


def test_what_was_not_done_of_a_piece_is_done_before_the_next() -> None:
    def half(piece: Work) -> Done:
        upto = piece.first + max(1, (piece.end - piece.first) // 2)
        return Done(tuple(b"%d" % seed for seed in range(piece.first, upto)), "p", (), 1.0)

    class Hasty(Here):
        def submit(self, function: Any, *arguments: Any) -> Future[Any]:
            return super().submit(half, *arguments)

    work = [Work(ORDER, 0, 5), Work(ORDER, 5, 9)]
    rows = [row for _, done in in_order(iter(work), Hasty()) for row in done.rows]
    assert rows == [b"%d" % seed for seed in range(9)]


def test_a_stop_at_the_beginning_hands_nothing_out() -> None:
    crew = Puppets(3)
    assert seeds_of(crew, 9, lambda: True) == []
    assert crew.handed == []


@pytest.mark.parametrize("name", ["KilledWorker", "FutureCancelledError"])
def test_deaths_are_known_by_their_names_in_dask(name: str) -> None:
    assert flow.died(type(name, (Exception,), {})())


def test_an_error_of_the_work_is_no_death() -> None:
    assert [flow.died(error) for error in (ValueError(), HarnessError(), BrokenExecutor())] == [
        False,
        False,
        True,
    ]
