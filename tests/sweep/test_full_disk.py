"""No room left: the sweep says so, what was written stays, and with room again the rest is done."""

from __future__ import annotations

from pathlib import Path

import pytest

import simulation
from tests.sweep import driver
from tests.sweep.sweeping import HERE, mutant, rows

resource = pytest.importorskip("resource", reason="this system does not limit the size of files")

WRONG = mutant("INVENTS_A_VALUE", "simple")


def starved(out: Path, *options: str) -> tuple[int, str, str]:
    """How a sweep ended whose files may have no more than ``room`` bytes from some run on."""
    with driver.start(out, *options) as sweeping:
        said, err = sweeping.communicate(timeout=180)
    return sweeping.returncode, said, err


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(0, id="no room at all"),
        pytest.param(300, id="no room for the lines of a part"),
        pytest.param(2000, id="room for the lines and not for the part"),
    ],
)
def test_a_full_disk_is_told_and_nothing_is_lost(room: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, err = starved(out, "--seeds=20", "--chunk=1", "--full-after=8", f"--room={room}")
    assert (code, err) == (2, "")
    assert "cannot be written: " in said
    assert "start the same command again" in " ".join(said.split())
    undisturbed = simulation.sweep("simple", 20, **HERE)
    kept = simulation.read_sweep(out)
    assert 5 <= len(kept) <= 8
    assert rows(kept) == rows(undisturbed)[: len(kept)]
    again = simulation.sweep("simple", 20, out=out, **HERE)
    assert (again.ran, rows(again)) == (20 - len(kept), rows(undisturbed))
    assert [file.suffix for file in (out / "runs").iterdir() if file.suffix != ".parquet"] == []


def test_a_disk_that_is_full_for_records_keeps_the_rows(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("--mutant=INVENTS_A_VALUE", "--seeds=4", "--fresh=60", "--full-after=4", "--room=8000")
    code, said, err = starved(out, *options)
    assert (code, err) == (2, "")
    assert "simple-0-seed-0.jsonl cannot be written: File too large" in said
    assert len(simulation.read_sweep(out)) == 4
    again = simulation.sweep(WRONG, 4, out=out, **HERE)
    assert again.ran == 0
    assert [simulation.replay(failure.record or "").seed for failure in again.failures] == [0, 1, 2, 3]


def test_a_disk_that_is_full_from_the_beginning_is_told(tmp_path: Path) -> None:
    program = (
        "import resource, simulation; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        f" simulation.sweep('simple', 3, out={str(tmp_path / 'out')!r}, jobs=1, watch=0)"
    )
    said = driver.python("-c", program)
    assert "simulation.errors.InputError: --out: " in said.stderr
    assert simulation.sweep("simple", 3, out=tmp_path / "out", **HERE).ran == 3
