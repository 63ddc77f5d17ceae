"""What the parts of a folder hold: which seeds are there, and what is damaged."""

from __future__ import annotations

import os
import shutil
from hashlib import blake2b
from pathlib import Path

import duckdb
import pytest

import simulation
from simulation import InputError
from simulation.sweep import ledger
from simulation.sweep.folder import Folder
from simulation.sweep.ledger import Ledger
from tests.sweep.sweeping import HERE, Laid, rows

A, B = ("simple", ""), ("simple_2", "")


@pytest.fixture
def laid(tmp_path: Path) -> Laid:
    return Laid(tmp_path / "out", ["simple", "simple_2"], 20)


def again(laid: Laid) -> simulation.Sweep:
    """The sweep of this folder, once more."""
    return simulation.sweep(["simple", "simple_2"], 20, out=laid.folder.path, **HERE)


def rewritten(part: Path, where: str) -> None:
    """The part with the rows only that fit."""
    other = part.with_name("other")
    duckdb.sql(f"COPY (SELECT * FROM read_parquet('{part}') WHERE {where}) TO '{other}' (FORMAT parquet)")
    other.replace(part)


def test_of_an_empty_folder_nothing_is_covered(laid: Laid) -> None:
    assert Ledger(laid.folder).covered() == {}


def test_the_ranges_of_all_parts_are_covered(laid: Laid) -> None:
    for place in ((0, 0, 3), (1, 5, 6), (0, 7, 9)):
        laid.lay(*place)
    covered = Ledger(laid.folder).covered()
    assert {key: sorted(there) for key, there in covered.items()} == {A: [(0, 3), (7, 9)], B: [(5, 6)]}


def test_only_the_gaps_are_run(laid: Laid) -> None:
    for place in ((0, 0, 3), (1, 5, 6), (0, 7, 9)):
        laid.lay(*place)
    done = again(laid)
    assert (done.ran, rows(done)) == (34, rows(simulation.sweep(["simple", "simple_2"], 20, **HERE)))


@pytest.mark.parametrize("keep", [0, 3, 100, -1, -20])
def test_a_part_that_was_cut_is_named(keep: int, laid: Laid) -> None:
    laid.lay(1, 0, 2)
    part = laid.lay(0, 0, 3)
    part.write_bytes(part.read_bytes()[:keep])
    with pytest.raises(InputError, match="Remove the file; the same command makes its runs anew") as raised:
        again(laid)
    assert str(part) in str(raised.value)


def test_a_part_that_was_cut_is_named_by_whoever_reads_it(laid: Laid) -> None:
    part = laid.lay(0, 0, 3)
    part.write_bytes(part.read_bytes()[:-20])
    with pytest.raises(InputError) as raised:
        repr(simulation.read_sweep(laid.folder.path))
    assert str(part) in str(raised.value)


def test_a_part_of_another_kind_is_named(laid: Laid) -> None:
    part = laid.lay(0, 0, 3)
    duckdb.sql(f"COPY (SELECT 1 AS one) TO '{part}' (FORMAT parquet)")
    with pytest.raises(InputError) as raised:
        again(laid)
    assert str(part) in str(raised.value)


def test_a_part_that_is_removed_is_made_anew(laid: Laid) -> None:
    whole = rows(again(laid))
    laid.folder.parts()[0].unlink()
    done = again(laid)
    assert (done.ran, rows(done)) == (40, whole)


def test_a_part_that_is_there_twice_is_named(laid: Laid) -> None:
    part = laid.lay(0, 0, 3)
    copy = part.with_name("part-000000007.parquet")
    shutil.copy(part, copy)
    with pytest.raises(InputError) as raised:
        again(laid)
    assert str(copy) in str(raised.value) or str(part) in str(raised.value)


def test_parts_that_overlap_are_named(laid: Laid) -> None:
    first, second = laid.lay(0, 0, 5), laid.lay(0, 4, 7)
    with pytest.raises(InputError, match="part") as raised:
        Ledger(laid.folder).covered()
    assert str(first) in str(raised.value) or str(second) in str(raised.value)


def test_a_part_with_a_hole_is_named(laid: Laid) -> None:
    part = laid.lay(0, 0, 5)
    rewritten(part, "seed != 2")
    with pytest.raises(InputError) as raised:
        Ledger(laid.folder).covered()
    assert str(part) in str(raised.value)


def test_seeds_of_two_scenarios_do_not_overlap(laid: Laid) -> None:
    laid.lay(0, 0, 3)
    laid.lay(1, 0, 3)
    assert Ledger(laid.folder).covered() == {A: [(0, 3)], B: [(0, 3)]}


def test_the_digest_is_that_of_all_digests_in_key_order(laid: Laid) -> None:
    done = again(laid)
    digests = done.query("SELECT digest FROM runs ORDER BY scenario, overrides, seed").fetchall()
    joined = "".join(digest for (digest,) in digests)
    assert done.digest == blake2b(joined.encode(), digest_size=16).hexdigest()


def test_the_digest_does_not_depend_on_the_blocks_it_is_computed_in(
    laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = again(laid).digest
    monkeypatch.setattr(ledger, "_BLOCK", 3)
    assert Ledger(laid.folder).digest() == whole


def test_other_programs_can_ask_while_a_part_is_being_written(
    laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def looking(file: int) -> None:
        for half in set(laid.folder.runs.iterdir()) - set(laid.folder.parts()):
            whole = half.read_bytes()
            half.write_bytes(whole[:100])
            seen.append(duckdb.sql(f"SELECT count(*) FROM '{laid.folder.runs}/*.parquet'").fetchall())
            half.write_bytes(whole)

    laid.lay(0, 0, 3)
    monkeypatch.setattr(os, "fsync", looking)
    laid.lay(0, 3, 5)
    assert seen[0] == [(3,)]


def test_asking_for_one_cell_tells_of_no_other(laid: Laid) -> None:
    again(laid)
    found = Ledger(Folder(laid.folder.path), {B: (2, 4)}).fetch(
        "SELECT scenario, seed FROM runs ORDER BY ALL"
    )
    assert found == [("simple_2", 2), ("simple_2", 3)]
