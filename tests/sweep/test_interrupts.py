"""Ctrl-C is a wish: what is done is kept, nobody prints a traceback, and the same call goes on."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation.sweep import records
from simulation.sweep.folder import write_whole
from simulation.sweep.interrupts import ASKING, Interrupts, listening, undisturbed, unless_asked
from tests.sweep import driver, family
from tests.sweep.sweeping import HERE, Steps, mutant, rows, seeds


def press() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


def twice() -> None:
    """Ctrl-C, by somebody in a hurry."""
    press()
    press()


@pytest.mark.parametrize("how", [HERE, {"jobs": 2, "watch": 0}, {"jobs": 1, "watch": 1}], ids=repr)
def test_the_sweep_returns_with_what_there_is(how: dict[str, Any]) -> None:
    done = simulation.sweep("simple", 40, chunk=2, progress=Steps(10, press), **how)
    assert done.stopped == "interrupted"
    assert 10 <= len(done) < 40
    assert rows(done) == rows(simulation.sweep("simple", 40, **HERE))[: len(done)]


def test_the_same_call_goes_on(tmp_path: Path) -> None:
    first = simulation.sweep("simple", 20, chunk=2, out=tmp_path, progress=Steps(10, press), **HERE)
    second = simulation.sweep("simple", 20, out=tmp_path, **HERE)
    assert (first.ran + second.ran, second.stopped) == (20, "")
    assert rows(second) == rows(simulation.sweep("simple", 20, **HERE))


def test_the_second_one_ends_it_at_once_and_written_rows_stay(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        simulation.sweep("simple", 20, chunk=2, out=tmp_path, progress=Steps(10, twice), **HERE)
    assert seeds(simulation.sweep("simple", 20, out=tmp_path, **HERE)) == list(range(20))


@pytest.mark.parametrize("pressed", [press, twice])
def test_afterwards_ctrl_c_is_what_it_was_before(pressed: Any) -> None:
    before = signal.getsignal(signal.SIGINT)
    with suppress(KeyboardInterrupt):
        simulation.sweep("simple", 20, chunk=2, progress=Steps(4, pressed), **HERE)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_under_way_is_broken_off_by_the_first_one_even_if_it_tries_to_go_on() -> None:
    def stubborn() -> str:
        with suppress(KeyboardInterrupt):
            press()
        return "went on"

    with Interrupts() as interrupts:
        assert unless_asked(str, 7) == "7"
        assert unless_asked(stubborn) is None
        assert interrupts.asked


def test_what_is_not_to_be_disturbed_ends_first() -> None:
    done = []

    def closing() -> None:
        with undisturbed():
            twice()
            done.append("closed")

    with Interrupts():
        press()
        with pytest.raises(KeyboardInterrupt):
            closing()
    assert done == ["closed"]


def test_a_ctrl_c_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            press()
        assert not interrupts.asked
    finally:
        signal.signal(signal.SIGINT, before)


def test_while_listening_a_polite_kill_is_a_wish_too_and_afterwards_it_is_what_it_was() -> None:
    before = [signal.getsignal(number) for number in ASKING]
    with listening() as came, Interrupts() as interrupts:
        signal.raise_signal(signal.SIGTERM)
        assert (came, interrupts.asked) == ([signal.SIGTERM], True)
    assert [signal.getsignal(number) for number in ASKING] == before


def test_only_the_second_one_raises() -> None:
    with Interrupts() as interrupts:
        press()
        assert interrupts.asked
        with pytest.raises(KeyboardInterrupt):
            press()


def test_ctrl_c_during_the_last_run_stops_nothing() -> None:
    done = simulation.sweep("simple", 10, chunk=10, progress=Steps(10, press), **HERE)
    assert (len(done), done.stopped) == (10, "")


def test_ctrl_c_while_records_are_made_returns_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(path: Path, content: bytes) -> None:
        write_whole(path, content)
        if "seed-1" in path.name:
            press()

    monkeypatch.setattr(records, "write_whole", pressed)
    try:
        done = simulation.sweep(mutant("INVENTS_A_VALUE", "simple"), 4, **HERE)
    except KeyboardInterrupt:
        pytest.fail("all four runs are lost")
    assert len(done) == 4


def test_in_a_thread_a_sweep_leaves_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    with ThreadPoolExecutor(1) as elsewhere:
        done = elsewhere.submit(simulation.sweep, "simple", 5, **HERE).result()
    assert (len(done), signal.getsignal(signal.SIGINT)) == (5, before)


@family.needs_proc
def test_a_whole_terminal_is_interrupted_and_only_the_sweep_says_something(tmp_path: Path) -> None:
    options = ("--jobs=2", "--watch=0.5", "--seeds=2000", "--chunk=2", "--wait-after=20")
    with driver.start(tmp_path / "out", *options, start_new_session=True) as sweeping:
        driver.until(sweeping, "waiting")
        others = family.children(sweeping.pid)
        os.killpg(sweeping.pid, signal.SIGINT)
        out, err = sweeping.communicate("\n", timeout=180)
    assert err == ""
    assert out.startswith("ended: interrupted, ")
    assert sweeping.returncode == 0
    assert family.wait_until(lambda: all(map(family.is_over, others)))
    kept = simulation.read_sweep(tmp_path / "out")
    assert rows(kept) == rows(simulation.sweep("simple", len(kept), **HERE))
