"""Rows in Parquet: what goes in comes out to the byte, and a part is complete or absent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation import InputError
from simulation.sweep import parts as parts_module
from simulation.sweep.ledger import Ledger
from simulation.sweep.parts import Parts
from simulation.sweep.row import COLUMNS, OF_CELL, OF_RUN, Row, encode
from simulation.sweep.work import Work, carry_out
from tests.sweep.sweeping import HERE, Laid

KINDS = {**OF_CELL, **OF_RUN}

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)

BIG = st.integers(0, 2**63 - 1)

INTEGERS = st.integers(0, 2**31 - 1)

OF_TYPE = {
    "VARCHAR": TEXTS,
    "INTEGER": INTEGERS,
    "BIGINT": BIG,
    "MAP(VARCHAR, INTEGER)": st.dictionaries(TEXTS, INTEGERS, max_size=4),
}

CAN_LACK = {"failed_check", "message", "cause", "first_decision_us", "decision_us"}


def row_strategy() -> st.SearchStrategy[Row]:
    """Rows with anything in them that fits; their seeds are set later."""
    columns = {
        name: st.none() | OF_TYPE[kind] if name in CAN_LACK else OF_TYPE[kind]
        for name, kind in OF_RUN.items()
        if name != "seed"
    }
    return st.builds(Row, cell=st.just(0), seed=st.just(0), **columns)


@pytest.fixture
def laid(tmp_path: Path) -> Laid:
    return Laid(tmp_path / "out", ["simple", "simple_2"], 100)


@pytest.fixture
def parts(laid: Laid) -> Iterator[Parts]:
    """Parts of an empty folder."""
    with laid.folder.opened(laid.manifest):
        found = Parts(laid.folder, laid.cells)
        yield found
        found.close()


def there(laid: Laid) -> list[tuple[str, int]]:
    """Scenario and seed of every row that can be asked for."""
    return Ledger(laid.folder).fetch("SELECT scenario, seed FROM runs ORDER BY ALL")


def lines(laid: Laid, cell: int, first: int, end: int) -> tuple[bytes, ...]:
    return carry_out(Work(laid.orders[cell], first, end)).rows


@settings(max_examples=20)
@given(st.lists(row_strategy(), min_size=1, max_size=5))
def test_rows_come_out_of_parquet_to_the_byte(found: list[Row]) -> None:
    written = [encode(_with_seed(row, seed)) for seed, row in enumerate(found)]
    with TemporaryDirectory() as path:
        laid = Laid(Path(path) / "out", ["simple"], 100)
        with laid.folder.opened(laid.manifest):
            parts = Parts(laid.folder, laid.cells)
            parts.add(0, 0, tuple(written))
            parts.write()
            parts.close()
        read = Ledger(laid.folder).fetch(f"SELECT {', '.join(OF_RUN)} FROM runs ORDER BY seed")
    assert [encode(Row(0, *columns)) for columns in read] == written


def test_the_seed_at_the_end_of_all_seeds_comes_out_too(tmp_path: Path) -> None:
    last = (2**63 - 2, 2**63)
    done = simulation.sweep("simple", last, out=tmp_path / "out", **HERE)
    assert simulation.sweep("simple", last, out=tmp_path / "out", **HERE).digest == done.digest


def test_the_columns_have_the_types_that_are_promised(laid: Laid) -> None:
    part = laid.lay(0, 0, 2)
    described = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{part}')").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [(name, KINDS[name]) for name in COLUMNS]


def test_what_runs_of_a_cell_share_is_in_every_row(laid: Laid) -> None:
    laid.lay(1, 0, 2)
    model, cell = laid.cells[1].scenario.model, laid.cells[1]
    shared = "scenario, profile, protocol, participants, overrides, scenario_hash"
    assert set(Ledger(laid.folder).fetch(f"SELECT {shared} FROM runs")) == {
        ("simple_2", model.profile, model.protocol, model.participants, "", cell.text_hash)
    }


def test_rows_that_wait_are_not_there_yet(laid: Laid, parts: Parts) -> None:
    parts.add(0, 0, lines(laid, 0, 0, 3))
    assert (len(parts), there(laid)) == (3, [])


def test_written_rows_are_there_and_wait_no_longer(laid: Laid, parts: Parts) -> None:
    parts.add(0, 0, lines(laid, 0, 0, 3))
    parts.write()
    assert (len(parts), there(laid)) == (0, [("simple", seed) for seed in range(3)])


def test_nothing_makes_no_part(laid: Laid, parts: Parts) -> None:
    parts.write()
    assert laid.folder.parts() == []


def test_pieces_that_follow_each_other_are_one_part(laid: Laid, parts: Parts) -> None:
    for first, end in ((0, 2), (2, 5)):
        parts.add(0, first, lines(laid, 0, first, end))
    parts.add(1, 0, lines(laid, 1, 0, 1))
    parts.write()
    assert len(laid.folder.parts()) == 1
    assert len(there(laid)) == 6


def test_a_gap_begins_another_part(laid: Laid, parts: Parts) -> None:
    parts.add(0, 0, lines(laid, 0, 0, 2))
    parts.add(0, 5, lines(laid, 0, 5, 6))
    parts.write()
    assert len(laid.folder.parts()) == 2
    assert there(laid) == [("simple", 0), ("simple", 1), ("simple", 5)]


def test_a_full_part_is_written_at_once(laid: Laid, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "MOST_ROWS", 3)
    parts.add(0, 0, lines(laid, 0, 0, 3))
    assert len(laid.folder.parts()) == 1


def test_a_part_leaves_nothing_beside_it(laid: Laid) -> None:
    part = laid.lay(0, 0, 2)
    assert [each.name for each in part.parent.iterdir()] == [part.name]


def test_parts_are_numbered_in_the_order_in_which_they_are_written(laid: Laid) -> None:
    laid_parts = [laid.lay(0, seed, seed + 1) for seed in range(3)]
    assert laid.folder.parts() == sorted(laid_parts)


def test_a_part_that_cannot_be_put_in_place_is_not_there(
    laid: Laid, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    parts.add(0, 0, lines(laid, 0, 0, 3))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        parts.write()
    assert list(laid.folder.runs.iterdir()) == []


def _with_seed(row: Row, seed: int) -> Row:
    columns = {name: getattr(row, name) for name in Row.__struct_fields__}
    return Row(**{**columns, "seed": seed})
