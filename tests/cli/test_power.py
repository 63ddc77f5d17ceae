"""``simulation power`` as users have it: a table or an object, exit codes, going on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.planted import BUGS
from simulation.power import door
from tests.cli.conftest import Call
from tests.cli.shell import PROJECT, shell

HERE = ("--jobs", "1", "--control-runs", "20")

SOON = ("--bug", "hides-its-vote", "--bug", "votes-in-a-tie", "--repetitions", "6", "--cap", "200", *HERE)


def test_0_with_a_line_per_bug_and_one_per_control(call: Call) -> None:
    said = call("power", *SOON)
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].split()[:4] == ["planted", "bug", "strategy", "found"]
    assert lines[1].startswith("hides-its-vote  portfolio  6 of 6 ")
    assert lines[2].endswith("  invented")
    assert [line.split() for line in lines[4:]] == [
        ["control", "strategy", "runs", "false", "alarms"],
        ["textbook", "portfolio", "20", "0"],
        ["shares-ballots", "portfolio", "20", "0"],
    ]
    assert said.err == "2 of 2 found · 0 false alarms in 40 runs of controls · judged by outcome\n"


def test_0_for_a_bug_that_is_not_found_and_its_name(call: Call) -> None:
    said = call("power", "--bug", "vote-is-no-promise", "--repetitions", "2", "--cap", "3", *HERE)
    assert (said.code, said.out.splitlines()[1].split()) == (
        0,
        ["vote-is-no-promise", "portfolio", "0", "of", "2", ">", "3", "-", "-", "-"],
    )
    assert said.err.startswith("0 of 1 found · never within 3 runs: vote-is-no-promise · ")


def test_1_for_a_false_alarm_and_the_command_that_repeats_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CONTROLS", (BUGS[0],))
    said = call("power", *SOON)
    assert said.code == 1
    command = said.err.splitlines()[-1].removeprefix("repeat the first false alarm with: simulation ")
    again = call(*command.split(" "))
    assert (again.code, "chosen" in again.err) == (1, True)


def test_the_object_has_every_repetition(call: Call) -> None:
    said = call("power", *SOON, "--format", "json")
    found = json.loads(said.out)
    assert list(found) == ["judge", "cap", "repetitions", "cells", "controls", "false_alarms", "stopped"]
    cell, control = found["cells"][0], found["controls"][0]
    assert list(cell) == [
        "bug",
        "title",
        "violates",
        "needs",
        "invented",
        "strategy",
        "repetitions",
        "found",
        "share",
        "median_runs",
        "interval_runs",
        "median_seconds",
        "interval_seconds",
        "searches",
    ]
    assert list(cell["interval_runs"]) == ["low", "high"]
    assert list(cell["searches"][0]) == ["repetition", "runs", "seconds", "seed", "check"]
    assert len(cell["searches"]) == 6
    assert list(control) == ["control", "title", "strategy", "runs", "false_alarms", "alarms"]


def test_strategies_are_measured_side_by_side(call: Call) -> None:
    said = call("power", *SOON, "--strategy", "uniform", "--strategy", "reach")
    assert [line.split()[:2] for line in said.out.splitlines()[1:3]] == [
        ["hides-its-vote", "uniform"],
        ["hides-its-vote", "reach"],
    ]


def test_a_matrix_has_a_column_a_strategy_and_says_who_found_what(call: Call) -> None:
    bugs = [word for name in ("hides-its-vote", "votes-in-a-tie") for word in ("--bug", name)]
    strategies = ("--strategy", "uniform", "--strategy", "reach")
    said = call("power", *bugs, *HERE, *strategies, "--repetitions", "2", "--cap", "40", "--format", "matrix")
    assert said.out.splitlines() == [
        "planted bug      uniform  reach",
        "hides-its-vote  > 40 (1)      5",
        "votes-in-a-tie        12      8",
        "",
        "runs, median; in brackets how many of 2 searches found it, where not all did",
    ]


def test_a_bug_that_no_search_found_was_never_found(call: Call) -> None:
    said = call("power", "--bug", "vote-is-no-promise", "--cap", "3", *HERE, "--format", "matrix")
    assert said.out.splitlines()[1].split() == ["vote-is-no-promise", "never"]


def test_the_same_command_again_does_only_what_is_missing(call: Call) -> None:
    first = call("power", *SOON, "--out", "kept")
    again = call("power", *SOON, "--out", "kept")
    assert (again.code, again.out) == (0, first.out)
    assert again.err == f"14 of 14 searches are there already, 12 found something\n{first.err}"


def test_searches_by_other_code_are_counted_apart(call: Call, folder: Path) -> None:
    call("power", *SOON, "--out", "kept")
    kept = folder / "kept" / "trials.jsonl"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"made_by":"', '"made_by":"0'), encoding="utf-8")
    said = call("power", *SOON, "--out", "kept")
    assert said.err.endswith("\n14 searches in kept were made by other code and are not counted\n")


def test_processes_say_what_one_says(tmp_path: Path) -> None:
    asked = ("power", "--bug", "refuses-its-promise", "--repetitions", "3", "--control-runs", "0")
    outs = [
        json.loads(shell(*asked, "--format", "json", "--jobs", jobs, cwd=tmp_path).out)["cells"]
        for jobs in ("1", "2")
    ]
    one, two = ([each["seed"] for each in cells[0]["searches"]] for cells in outs)
    assert one == two


def test_130_after_ctrl_c_with_what_there_is_and_the_same_command_goes_on(tmp_path: Path) -> None:
    asked = ["power", "--jobs", "2", "--repetitions", "9000", "--out", "kept", "--bug", "hides-its-vote"]
    command = [sys.executable, "-m", "simulation", *asked]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as measuring:
        kept = tmp_path / "kept" / "trials.jsonl"
        while not kept.exists():
            assert measuring.poll() is None, measuring.communicate()
        os.killpg(measuring.pid, signal.SIGINT)
        out, err = measuring.communicate(timeout=180)
    assert (measuring.returncode, "Traceback" in err) == (130, False)
    assert out.startswith("planted bug ")
    assert "\ninterrupted: not every search is there. The same command goes on.\n" in f"\n{err}"
    assert kept.read_text(encoding="utf-8").count("\n") > 0


WRONG = {
    "--bug hides-its-votes": "bug: there is no planted bug 'hides-its-votes'. Known: votes-for-anything, ",
    "--bug textbok": "there is no planted bug 'textbok'.",
    "--strategy portfolo": "strategy: there is no 'portfolo'.",
    "--judge outcom": "--judge: is 'outcom'. Known: outcome, all. Did you mean 'outcome'?",
    "--cap 0": "--cap: '0' is no whole number from 1 on",
    "--cap 2000000": "cap: is 2000000. A whole number from 1 to 1,000,000.",
    "--control-runs -1": "--control-runs: '-1' is no whole number from 0 on",
    "--repetitions ten": "--repetitions: 'ten' is no whole number from 1 on",
    "duel": "'duel' is one word too many",
    "--format log": "--format: is 'log'. Known: table, matrix, json.",
}
"""By what is asked for, a part of what has to be said."""


@pytest.mark.parametrize("line", WRONG)
def test_2_for_what_there_is_not(line: str, call: Call) -> None:
    said = call("power", *line.split(" "))
    assert (said.code, said.out) == (2, "")
    assert WRONG[line] in said.err


def test_a_name_that_is_nearly_right_is_told(call: Call) -> None:
    assert "Did you mean 'hides-its-vote'?" in call("power", "--bug", "hides-its-votes").err
