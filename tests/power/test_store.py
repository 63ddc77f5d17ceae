"""What is kept: finished searches, which are not done again, whatever happened to the file."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from filelock import FileLock

from simulation.errors import InputError
from simulation.power import store
from tests.power.powers import Watching, quick, without_seconds


def interrupted(out: Path, after: int = 5) -> None:
    """A measurement into this folder that somebody ends early."""
    pressed = Watching(after, lambda: signal.raise_signal(signal.SIGINT))
    assert quick(out=out, progress=pressed).stopped


def test_one_that_went_on_says_what_an_undisturbed_one_says(tmp_path: Path) -> None:
    interrupted(tmp_path)
    later = Watching()
    assert without_seconds(quick(out=tmp_path, progress=later)) == without_seconds(quick())
    assert (later.there, later.steps) == (5, 7)


def test_one_that_is_complete_does_nothing_and_says_the_same_to_the_second(tmp_path: Path) -> None:
    first, again = quick(out=tmp_path), Watching()
    assert quick(out=tmp_path, progress=again) == first
    assert (again.there, again.steps) == (12, 0)


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_line_that_was_cut_off_is_done_again(tmp_path: Path, cut: int) -> None:
    interrupted(tmp_path)
    file = tmp_path / store.FILE
    file.write_bytes(file.read_bytes()[:-cut])
    later = Watching()
    assert without_seconds(quick(out=tmp_path, progress=later)) == without_seconds(quick())
    assert later.there == (5 if cut == 1 else 4)
    once_more = Watching()
    quick(out=tmp_path, progress=once_more)
    assert once_more.there == 12


def test_a_file_full_of_rubbish_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_bytes(b"\xff\x00{}\nnull\n[1, 2]\n" + b'{"made_by": "x"}\n')
    assert without_seconds(quick(out=tmp_path)) == without_seconds(quick())


def test_what_other_code_found_is_not_counted(tmp_path: Path) -> None:
    quick(out=tmp_path)
    file = tmp_path / store.FILE
    file.write_text(file.read_text(encoding="utf-8").replace('"made_by":"', '"made_by":"0'), encoding="utf-8")
    again = Watching()
    assert quick(out=tmp_path, progress=again).set_aside == 12
    assert (again.there, again.steps) == (0, 12)


def test_more_repetitions_and_other_strategies_are_added(tmp_path: Path) -> None:
    quick(out=tmp_path)
    more = Watching()
    quick(out=tmp_path, repetitions=7, strategies=["portfolio", "reach"], progress=more)
    assert (more.total, more.there) == (28, 12)


def test_with_another_cap_it_says_what_one_from_the_start_says(tmp_path: Path) -> None:
    for cap in (10, 200, 3):
        assert without_seconds(quick(out=tmp_path, cap=cap)) == without_seconds(quick(cap=cap))


def test_two_judges_are_kept_apart(tmp_path: Path) -> None:
    quick(out=tmp_path)
    assert without_seconds(quick(out=tmp_path, judge="all")) == without_seconds(quick(judge="all"))


def test_a_second_one_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(InputError, match="another measurement is writing"):
        quick(out=tmp_path)


def test_a_folder_with_other_things_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("all of it", encoding="utf-8")
    with pytest.raises(InputError, match=r"not empty: it holds 'thesis\.tex'"):
        quick(out=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"is a file\. A folder is needed"):
        quick(out=tmp_path / "file")
