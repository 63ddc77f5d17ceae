"""The missing seeds in pieces: each handed out once, in order, however the pieces are cut."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulation import load
from simulation.sweep.cells import Cell
from simulation.sweep.seeds import Range, missing
from simulation.sweep.tasks import FIRST, MOST_S, Tasks
from simulation.sweep.work import Order, Work
from tests.sweep.test_seeds import ranges

SCENARIOS = [load("simple", participants=count) for count in (3, 4, 5)]

Wanted = list[tuple[Range, list[Range]]]
"""For every cell the seeds that are asked for and those that are there."""

WANTED = st.lists(st.tuples(ranges(), st.lists(ranges(), max_size=4)), min_size=1, max_size=3)

PACES_S = st.sampled_from([0.0, 1e-4, 0.02, 3.0, 1e6])
"""How long a run may take."""

CUTS = st.fixed_dictionaries(
    {"chunk": st.none() | st.integers(1, 50), "jobs": st.integers(1, 200), "share": st.just(7)}
)


def tasks_of(wanted: Wanted) -> Tasks:
    cells = [Cell(scenario, asked) for scenario, (asked, _) in zip(SCENARIOS, wanted, strict=False)]
    there = {cell.key: covered for cell, (_, covered) in zip(cells, wanted, strict=True)}
    return Tasks(cells, [Order(number, "", "", "", {}, "", "") for number in range(len(cells))], there)


def handed_out(tasks: Tasks, cut: Any, paces_s: list[float]) -> list[Work]:
    """Every piece, each done at the next of these paces before the one after it is cut."""
    found = []
    for number, piece in enumerate(tasks.hand_out(**cut)):
        found.append(piece)
        tasks.learn(piece.order.cell, paces_s[number % len(paces_s)])
    return found


@given(WANTED, CUTS, st.lists(PACES_S, min_size=1, max_size=5))
def test_every_missing_seed_is_handed_out_once_and_in_order(
    wanted: Wanted, cut: Any, paces_s: list[float]
) -> None:
    pieces = handed_out(tasks_of(wanted), cut, paces_s)
    assert [(piece.order.cell, seed) for piece in pieces for seed in range(piece.first, piece.end)] == [
        (number, seed)
        for number, (asked, there) in enumerate(wanted)
        for gap in missing(asked, there)
        for seed in range(*gap)
    ]


@given(WANTED, CUTS, st.lists(PACES_S, min_size=1, max_size=5))
def test_no_piece_is_empty_or_larger_than_asked(wanted: Wanted, cut: Any, paces_s: list[float]) -> None:
    sizes = [piece.end - piece.first for piece in handed_out(tasks_of(wanted), cut, paces_s)]
    assert all(1 <= size <= (cut["chunk"] or size) for size in sizes)


@given(WANTED, CUTS)
def test_what_is_left_is_counted_down_to_nothing(wanted: Wanted, cut: Any) -> None:
    tasks = tasks_of(wanted)
    left = tasks.left
    for piece in tasks.hand_out(**cut):
        left -= piece.end - piece.first
        assert tasks.left == left
    assert left == 0


@given(WANTED)
def test_the_total_counts_what_is_there_too(wanted: Wanted) -> None:
    assert tasks_of(wanted).total == sum(end - first for (first, end), _ in wanted)


@given(WANTED, CUTS)
def test_every_piece_knows_what_is_watched_of_it(wanted: Wanted, cut: Any) -> None:
    pieces = handed_out(tasks_of(wanted), cut, [0.0])
    assert {piece.share for piece in pieces} <= {7}
    assert all(piece.always == wanted[piece.order.cell][0][0] for piece in pieces)


def test_a_cell_that_nobody_knows_yet_is_tried_with_a_few_seeds() -> None:
    piece = next(tasks_of([((0, 1000), [])]).hand_out(chunk=None, jobs=2, share=0))
    assert (piece.first, piece.end) == (0, FIRST)


def test_slow_runs_are_handed_out_one_by_one() -> None:
    pieces = handed_out(tasks_of([((0, 30), [])]), {"chunk": None, "jobs": 2, "share": 0}, [MOST_S * 2])
    assert {piece.end - piece.first for piece in pieces[1:]} == {1}


def test_many_jobs_get_longer_pieces() -> None:
    few, many = (
        handed_out(tasks_of([((0, 10**7), [])]), {"chunk": None, "jobs": jobs, "share": 0}, [1e-3])[1]
        for jobs in (1, 64)
    )
    assert (few.end - few.first, many.end - many.first) == (250, 2000)


def test_towards_the_end_all_finish_together() -> None:
    pieces = handed_out(tasks_of([((0, 108), [])]), {"chunk": None, "jobs": 5, "share": 0}, [1e-3])
    assert pieces[1].end - pieces[1].first == 10
    assert pieces[-1].end - pieces[-1].first == 1
