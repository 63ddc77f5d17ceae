"""A run as a table, where pandas is; and how to get it where it is not."""

from __future__ import annotations

import sys

import pytest

import simulation


@pytest.fixture(scope="module")
def run() -> simulation.Run:
    return simulation.run("simple", seed=3)


def test_a_frame_has_a_row_for_each_event(run: simulation.Run) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install -e '.[test]'")
    frame = run.frame()
    assert (len(frame), frame.index.name, frame.index.is_unique) == (run.events, "id", True)
    assert list(frame.columns) == ["time_us", "event", "process", "source", "cause", "content", "detail"]


def test_a_frame_can_be_asked_for_the_decisions(run: simulation.Run) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install -e '.[test]'")
    frame = run.frame()
    decided = frame[(frame.event == "report") & (frame.content == "Decided")]
    found = {row.process: row.detail["value"] for row in decided.itertuples()}
    assert found == run.decisions[1]


def test_times_in_a_frame_are_whole_microseconds_that_never_fall(run: simulation.Run) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install -e '.[test]'")
    times = run.frame().time_us
    assert times.dtype.kind == "i"
    assert times.is_monotonic_increasing


def test_without_pandas_a_frame_says_how_to_install_it(
    run: simulation.Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(simulation.InputError, match=r"^a frame needs pandas: pip install '.*'"):
        run.frame()


def test_without_pandas_everything_else_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert simulation.run("simple", seed=3).verdict == "pass"
