"""A sweep that ends early, by a limit or by Ctrl-C, and goes on; and folders in which none may go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

import simulation
from tests.cli.conftest import Call
from tests.cli.shell import PROJECT, Said, shell
from tests.cli.sweeps import AGREES, FAILING, HERE, PRESSES_CTRL_C, SOME_FAIL, everything_in, found, object_of

LONG = ("leader_crash_complex", "--seeds", "0:100000")
"""Nobody waits for its end."""


@pytest.fixture
def ctrl_c(folder: Path) -> Path:
    """The current folder, with a scenario whose user presses Ctrl-C in its second run."""
    (folder / "mine.py").write_text(PRESSES_CTRL_C, encoding="utf-8")
    (folder / "mine.toml").write_text('protocol = "mine:Mine"\n' + AGREES, encoding="utf-8")
    return folder


@pytest.mark.parametrize("way", ["--chunk 1", "--chunk 4", "--chunk 1000", "--jobs 2 --watch 0 --chunk 3"])
def test_a_sweep_stops_at_the_same_failure_whoever_did_it_and_however_it_was_cut(
    way: str, call: Call
) -> None:
    asked = (*SOME_FAIL, "--seeds", "0:200", "--stop-after", "3")
    said = found(call, *asked, *(() if "--jobs" in way else HERE), *way.split(" "))
    assert [each["seed"] for each in said["failures"]] == FAILING[:3]
    assert said["runs"] == FAILING[2] + 1


def test_a_sweep_that_stopped_goes_on_to_a_later_failure(call: Call) -> None:
    asked = (*SOME_FAIL, "--seeds", "0:200", "--out", "kept", *HERE)
    call("sweep", *asked, "--stop-after", "3")
    said = call("sweep", *asked, "--stop-after", "5", "--format", "json")
    assert [each["seed"] for each in object_of(said)["failures"]] == FAILING[:5]
    assert said.err.startswith("6 of 200 runs are there already, 3 failed\n")


def test_a_limit_that_is_not_reached_changes_nothing(call: Call) -> None:
    asked = (*SOME_FAIL, "--seeds", "0:12", *HERE)
    limited = found(call, *asked, "--stop-after", "40", "--max-seconds", "600")
    assert (limited["stopped"], limited["digest"]) == ("", found(call, *asked)["digest"])


def test_a_sweep_ends_after_so_many_seconds_and_says_how_far_it_came(call: Call) -> None:
    said = call("sweep", *LONG, "--max-seconds", "0.5", "--format", "json", "--chunk", "2", *HERE)
    runs = object_of(said)["runs"]
    assert (said.code, 0 < runs < 100_000) == (0, True)
    assert f"stopped after 0.5 s: {runs:,} of 100,000 runs are there." in said.err


def test_after_so_many_seconds_the_same_command_goes_on(call: Call) -> None:
    asked = (*LONG, "--max-seconds", "0.5", "--format", "json", "--chunk", "2", "--out", "kept", *HERE)
    first, second = call("sweep", *asked), call("sweep", *asked)
    there, more = object_of(first)["runs"], object_of(second)["runs"]
    assert second.err.startswith(f"{there:,} of 100,000 runs are there already, 0 failed\n")
    assert there < more


def test_130_after_ctrl_c_with_what_there_is(ctrl_c: Path) -> None:
    said = shell("sweep", "mine.toml", "--seeds", "0:3", "--chunk", "1", *HERE, cwd=ctrl_c)
    assert (said.code, said.out.splitlines()[1].split()[:3]) == (130, ["mine", "local", "1"])
    assert "\ninterrupted: 1 of 3 runs are there. With --out the same command would go on.\n" in said.err


def test_ctrl_c_does_not_hide_the_failure_before_it(ctrl_c: Path) -> None:
    (ctrl_c / "mine.py").write_text(PRESSES_CTRL_C.replace("Mine(Node)", "Mine(Loner)"), encoding="utf-8")
    said = shell("sweep", "mine.toml", "--seeds", "0:3", "--chunk", "1", *HERE, cwd=ctrl_c)
    assert said.err.splitlines()[-1] == "repeat the first failure with: simulation run mine.toml --seed 0"


def test_the_same_command_goes_on_after_every_ctrl_c_until_nothing_is_missing(ctrl_c: Path) -> None:
    asked = ("sweep", "mine.toml", "--seeds", "0:3", "--chunk", "1", "--out", "kept", *HERE)
    said = [shell(*asked, cwd=ctrl_c) for _ in range(3)]
    assert [each.code for each in said] == [130, 130, 0]
    assert [each.err.partition(" runs")[0] for each in said[1:]] == ["1 of 3", "2 of 3"]


def test_a_run_that_never_ends_is_broken_off_and_those_before_it_are_kept(ctrl_c: Path) -> None:
    endless = "while True:\n                    signal.raise_signal(signal.SIGINT)"
    text = PRESSES_CTRL_C.replace("signal.raise_signal(signal.SIGINT)", endless)
    (ctrl_c / "mine.py").write_text(text, encoding="utf-8")
    said = shell("sweep", "mine.toml", "--seeds", "0:30", "--out", "kept", *HERE, cwd=ctrl_c)
    assert (said.code, "Traceback" in said.err, len(simulation.read_sweep(ctrl_c / "kept"))) == (
        130,
        False,
        1,
    )


def interrupted(*arguments: str, cwd: Path) -> Said:
    """The sweep, to whose processes the terminal sends Ctrl-C once it has said what is there already."""
    sweeping = subprocess.Popen(
        [sys.executable, "-m", "simulation", "sweep", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        start_new_session=True,
        text=True,
    )
    assert sweeping.stderr is not None
    first = sweeping.stderr.readline()
    os.killpg(sweeping.pid, signal.SIGINT)
    out, err = sweeping.communicate(timeout=180)
    return Said(sweeping.returncode, out, first + err)


def test_a_sweep_by_processes_that_was_interrupted_goes_on_as_if_it_was_not(call: Call, folder: Path) -> None:
    name, out = "leader_crash_complex", ("--out", "kept")
    call("sweep", name, "--seeds", "0:2", *out, *HERE)
    way = ("--jobs", "2", "--watch", "0", "--chunk", "4", "--format", "json")
    cut = interrupted(name, "--seeds", "0:100000", *way, *out, cwd=folder)
    there = object_of(cut)["runs"]
    assert (cut.code, "Traceback" in cut.err) == (130, False)
    assert f"\ninterrupted: {there:,} of 100,000 runs are there. The same command goes on.\n" in cut.err
    more = (name, "--seeds", f"0:{there + 5}", *HERE)
    assert found(call, *more, *out)["digest"] == found(call, *more)["digest"]


def test_a_sweep_that_is_complete_says_so_and_does_nothing(call: Call, folder: Path) -> None:
    first = call("sweep", *SOME_FAIL, "--seeds", "0:6", "--out", "kept", *HERE)
    before = everything_in(folder / "kept")
    again = call("sweep", *SOME_FAIL, "--seeds", "0:6", "--out", "kept", *HERE)
    assert (again.code, again.out) == (first.code, first.out)
    assert again.err.startswith("6 of 6 runs are there already, 3 failed\n6 runs · ")
    assert everything_in(folder / "kept") == before


def test_fewer_seeds_than_are_there_are_told_alone(call: Call) -> None:
    call("sweep", *SOME_FAIL, "--seeds", "0:12", "--out", "kept", *HERE)
    kept = found(call, *SOME_FAIL, "--seeds", "4:6", "--out", "kept", *HERE)
    assert [each["seed"] for each in kept["failures"]] == [4, 5]
    assert kept["digest"] == found(call, *SOME_FAIL, "--seeds", "4:6", *HERE)["digest"]


def test_scenarios_may_come_in_another_order(call: Call) -> None:
    call("sweep", "simple", "simple_2", "--seeds", "0:3", "--out", "kept", *HERE)
    said = call("sweep", "simple_2", "simple", "--seeds", "0:3", "--out", "kept", *HERE)
    assert (said.code, said.err.partition(",")[0]) == (0, "6 of 6 runs are there already")


REFUSED = {
    "another scenario": (
        ("simple_2", "--seeds", "0:3"),
        "holds results of simple, and this sweep is of simple_2. Choose another folder.",
    ),
    "one scenario more": (
        ("simple", "simple_2", "--seeds", "0:3"),
        "holds results of simple, and this sweep is of simple, simple_2. Choose another folder.",
    ),
    "another setting": (
        ("simple", "--seeds", "0:3", "--set", "profile=dist"),
        "holds results of simple, and this sweep is of simple profile=dist. Choose another folder.",
    ),
}
"""By title, what is asked of a folder with results of ``simple``, and what has to be said."""


@pytest.mark.parametrize("title", REFUSED)
def test_what_would_mix_results_is_refused_and_nothing_is_touched(
    title: str, call: Call, folder: Path
) -> None:
    asked, words = REFUSED[title]
    call("sweep", "simple", "--seeds", "0:3", "--out", "kept", *HERE)
    before = everything_in(folder / "kept")
    said = call("sweep", *asked, "--out", "kept", *HERE)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"simulation: --out: {folder / 'kept'} {words}\n"
    assert everything_in(folder / "kept") == before


def test_results_of_other_code_of_a_protocol_are_not_mixed(ctrl_c: Path) -> None:
    asked = ("sweep", "mine.toml", "--seeds", "0:3", "--out", "kept", *HERE)
    shell(*asked, cwd=ctrl_c)
    (ctrl_c / "mine.py").write_text(PRESSES_CTRL_C + "\n# better now\n", encoding="utf-8")
    said = shell(*asked, cwd=ctrl_c)
    assert (said.code, said.out) == (2, "")
    assert "holds results of 'mine' by other code: the package, or its protocol, was changed" in said.err


def test_a_second_sweep_into_the_same_folder_is_refused(call: Call, folder: Path) -> None:
    call("sweep", "simple", "--seeds", "0:3", "--out", "kept", *HERE)
    with FileLock(folder / "kept" / ".lock"):
        said = call("sweep", "simple", "--seeds", "0:6", "--out", "kept", *HERE)
    assert (said.code, said.out) == (2, "")
    assert f"another sweep is writing into {folder / 'kept'}. Wait for it" in said.err


def test_a_damaged_part_is_named_and_without_it_the_same_command_mends_it(call: Call, folder: Path) -> None:
    asked = ("sweep", "simple", "--seeds", "0:6", "--out", "kept", *HERE)
    whole = call(*asked)
    (part,) = (folder / "kept" / "runs").iterdir()
    part.write_bytes(part.read_bytes()[:100])
    said = call(*asked)
    assert (said.code, said.out) == (2, "")
    assert f"{part}: is damaged: " in said.err
    part.unlink()
    assert call(*asked).out == whole.out
