"""A piece of work: seeds in, rows out, and the same rows when it is done again."""

from __future__ import annotations

import os
import pickle

import msgspec
import pytest

import simulation
from simulation import HarnessError, InputError
from simulation.sweep import work
from simulation.sweep.cells import Cell, cells
from simulation.sweep.row import Row
from simulation.sweep.work import (
    Order,
    Watched,
    Work,
    carry_out,
    order_of,
    record,
    rehearse,
    retell,
    watch,
)
from tests.sweep.sweeping import mutant


def ordered(cell: Cell, number: int = 0) -> Order:
    return order_of(number, cell)


@pytest.fixture(scope="module")
def order() -> Order:
    return ordered(cells(["simple"], 10)[0], number=3)


def row(line: bytes) -> Row:
    return msgspec.json.decode(line, type=Row)


def test_a_row_comes_back_for_every_seed_in_order(order: Order) -> None:
    done = carry_out(Work(order, 4, 9))
    assert [row(line).seed for line in done.rows] == [4, 5, 6, 7, 8]


def test_rows_carry_the_number_of_their_cell(order: Order) -> None:
    assert {row(line).cell for line in carry_out(Work(order, 0, 2)).rows} == {3}


def test_a_row_is_that_of_the_run(order: Order) -> None:
    (line,) = carry_out(Work(order, 7, 8)).rows
    assert row(line).digest == simulation.run("simple", 7).digest


def test_verdicts_are_told_by_their_first_letters() -> None:
    found = {
        letter: carry_out(Work(ordered(cells([scenario], 2)[0]), 0, 2)).verdicts
        for letter, scenario in {
            "p": "simple",
            "f": mutant("NEVER_DECIDES", "simple"),
            "u": simulation.load("simple", limit="200ms"),
        }.items()
    }
    assert found == {"p": "pp", "f": "ff", "u": "uu"}


def test_overrides_travel_with_the_work() -> None:
    (cell,) = cells(["simple"], 2, {"participants": [5]})
    (line,) = carry_out(Work(ordered(cell), 1, 2)).rows
    assert row(line).digest == simulation.run(simulation.load("simple", participants=5), 1).digest


def test_work_travels_between_machines(order: Order) -> None:
    work = Work(order, 0, 3, share=2**62, always=0)
    done = carry_out(pickle.loads(pickle.dumps(work)))
    assert pickle.loads(pickle.dumps(done)).rows == carry_out(work).rows


def test_nothing_is_watched_where_no_share_is_asked_for(order: Order) -> None:
    assert carry_out(Work(order, 0, 20)).watched == ()


def test_a_whole_share_is_everything(order: Order) -> None:
    watched = carry_out(Work(order, 2, 6, share=2**64)).watched
    assert [(each.seed, each.first) for each in watched] == [(2, 2), (3, 2), (4, 2), (5, 2)]


def test_the_seed_that_is_always_watched_is(order: Order) -> None:
    assert [each.seed for each in carry_out(Work(order, 0, 20, always=11)).watched] == [11]


def test_what_comes_out_the_same_is_no_difference(order: Order) -> None:
    assert watch(carry_out(Work(order, 0, 3, share=2**64)).watched) is None


def test_one_byte_is_a_difference_and_comes_with_its_record(order: Order) -> None:
    first, second = carry_out(Work(order, 0, 2, share=2**64)).watched
    other = Watched(first.order, first.first, first.seed, first.row.replace(b"pass", b"fail"))
    difference = watch((other, second))
    assert difference is not None
    assert (difference.watched, difference.row) == (other, first.row)
    assert len(difference.record) == simulation.run("simple", 0).events + 2


def test_a_run_is_told_once_more_after_those_before_it(order: Order) -> None:
    (line,) = carry_out(Work(order, 5, 6)).rows
    again, told = retell(Watched(order, 2, 5, line))
    assert (again, len(told)) == (line, simulation.run("simple", 5).events + 2)


def test_a_record_ends_in_a_newline(order: Order) -> None:
    digest, text = record(order, 3)
    assert digest == simulation.run("simple", 3).digest
    assert text.endswith("}\n")


def test_a_rehearsal_runs_nothing_and_tells_where_it_was(order: Order) -> None:
    never = ordered(cells([simulation.load("simple", protocol="tests.cli.machines:Divides")], 1)[0])
    assert rehearse((order, never)) == os.getpid()


def test_a_worker_with_other_code_is_refused(order: Order) -> None:
    other = msgspec.structs.replace(order, code="0" * 16)
    with pytest.raises(InputError, match="a worker has other code of this package, or of 'paxos'"):
        carry_out(Work(other, 0, 1))


def test_a_protocol_that_is_not_there_is_refused() -> None:
    (cell,) = cells(["simple"], 1)
    other = msgspec.structs.replace(ordered(cell), protocol="nowhere.at.all:Thing")
    with pytest.raises(InputError, match="cannot be imported"):
        rehearse((msgspec.structs.replace(other, code="1" * 16),))


def test_whatever_a_run_raises_names_the_run() -> None:
    scenario = simulation.load("simple", participants=4, protocol="tests.cli.machines:Divides")
    (cell,) = cells([scenario], 9)
    done = carry_out(Work(ordered(cell), 5, 6))
    assert isinstance(done.error, HarnessError)
    assert str(done.error).startswith("simple, seed 5: ")
    assert "--seed 5 --set participants=4" in str(done.error)


def test_a_piece_that_takes_too_long_hands_back_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    times_s = iter(range(0, 1000, 2))
    monkeypatch.setattr(work.clock, "now", lambda: float(next(times_s)))
    (cell,) = cells(["simple"], 9)
    done = carry_out(Work(ordered(cell), 0, 9))
    assert (0 < len(done.rows) < 9, done.error) == (True, None)
