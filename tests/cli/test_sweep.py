"""``simulation sweep`` as users have it: results on stdout, exit codes, commands that repeat, going on."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

import simulation
from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES, FAULT_IN_THE_VOID, with_protocol
from tests.cli.shell import PROJECT, shell

HERE = ("--jobs", "1", "--watch", "0")
"""In this process alone: nothing has to be started."""


@pytest.fixture
def files(folder: Path) -> Path:
    """The current folder, with a file for each way to end."""
    texts = {
        "agrees": EVERYBODY_PROPOSES.replace('"propose"', '"propose until commit"'),
        "loner": with_protocol(EVERYBODY_PROPOSES, "Loner"),
        "divides": with_protocol(EVERYBODY_PROPOSES, "Divides"),
        "gossip": with_protocol(EVERYBODY_PROPOSES, "Gossip"),
        "void": FAULT_IN_THE_VOID,
        "own": EVERYBODY_PROPOSES.replace('"propose"', '"propose until commit"')
        + '\n[sweep]\nseeds = "5:9"\ngrid = { profile = ["local", "dist"] }\n',
    }
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def as_json(call: Call, *arguments: str) -> dict[str, Any]:
    """The object that a sweep in this process prints."""
    found: dict[str, Any] = json.loads(call("sweep", *arguments, *HERE, "--format", "json").out)
    return found


@pytest.mark.usefixtures("files")
def test_0_when_every_run_passes_with_a_table_and_a_line(call: Call) -> None:
    said = call("sweep", "agrees.toml", "--seeds", "0:5", *HERE)
    head, row = said.out.splitlines()
    assert (said.code, head.split()[:3], row.split()[:4]) == (
        0,
        ["scenario", "profile", "runs"],
        ["agrees", "local", "5", "5"],
    )
    assert said.err.startswith("5 runs · 5 pass · 0 fail · 0 unknown · ")


@pytest.mark.usefixtures("files")
def test_1_when_a_run_fails_ending_in_the_command_that_repeats_it(call: Call) -> None:
    said = call("sweep", "agrees.toml", "loner.toml", "--seeds", "0:3", *HERE)
    command = shlex.split(said.err.splitlines()[-1].removeprefix("repeat the first failure with: "))
    again = call(*command[1:])
    assert (said.code, again.code) == (1, 1)
    assert "violated: agreement: " in again.err


@pytest.mark.usefixtures("files")
def test_failures_are_grouped_by_cause_each_with_its_shortest_run(call: Call) -> None:
    said = call("sweep", "loner.toml", "--seeds", "0:7", *HERE)
    assert "7 failures, 1 cause:\n  7 x agreement: P decided # and P decided # as instance #" in said.out
    (shortest,) = re.findall(r"the shortest, \d+ events: simulation (.*)", said.out)
    assert call(*shlex.split(shortest)).code == 1


@pytest.mark.usefixtures("files")
def test_3_when_a_machine_raises_naming_the_run(call: Call) -> None:
    said = call("sweep", "divides.toml", "--seeds", "4:6", *HERE)
    assert (said.code, said.out) == (3, "")
    assert "divides, seed 4: " in said.err
    assert "the run alone: simulation run divides.toml --seed 4" in said.err


def test_3_when_a_run_is_not_the_same_twice_naming_the_first_event(files: Path) -> None:
    said = shell("sweep", "gossip.toml", "--seeds", "0:60", "--jobs", "1", "--watch", "1", cwd=files)
    assert (said.code, said.out) == (3, "")
    assert "not the same twice: gossip, seed " in said.err
    assert re.search(r"the runs agree for \d+ events, and then differ:\n  recorded: \{", said.err)


@pytest.mark.usefixtures("files")
def test_4_when_runs_tell_nothing(call: Call) -> None:
    said = call("sweep", "void.toml", "--seeds", "0:3", *HERE)
    assert said.code == 4
    assert "3 runs that tell nothing, 1 cause:\n  3 x did what it says: did not happen: fault" in said.out
    assert said.err.splitlines()[-1].startswith("repeat with: simulation run void.toml --seed ")


@pytest.mark.usefixtures("files")
def test_the_files_own_seeds_and_grid_are_swept(call: Call) -> None:
    found = as_json(call, "own.toml")
    assert (found["runs"], [cell["profile"] for cell in found["cells"]]) == (8, ["dist", "local"])


@pytest.mark.usefixtures("files")
def test_what_is_typed_goes_before_the_files_own(call: Call) -> None:
    found = as_json(call, "own.toml", "--seeds", "0:3", "--set", "profile=dist")
    assert (found["runs"], [cell["profile"] for cell in found["cells"]]) == (3, ["dist"])


@pytest.mark.usefixtures("files")
def test_values_of_a_grid_may_have_commas_of_their_own(call: Call) -> None:
    found = as_json(call, "agrees.toml", "--seeds", "0:2", "--grid", "values=[1,2,3,4,5],[5,4,3,2,1]")
    assert [cell["overrides"] for cell in found["cells"]] == ["'values=[1,2,3,4,5]'", "'values=[5,4,3,2,1]'"]


def test_the_object_has_what_other_programs_rely_on(call: Call, files: Path) -> None:
    found = as_json(call, "loner.toml", "--seeds", "0:2", "--out", "kept")
    assert {"runs", "passed", "failed", "unknown", "failures", "seconds", "runs_per_second", "digest"} <= set(
        found
    )
    first = found["failures"][0]
    assert (first["scenario"], first["seed"], first["check"]) == ("loner", 0, "agreement")
    assert call("replay", first["record"]).code == 1


def test_the_digest_is_that_of_the_digests_of_all_runs_in_order(call: Call) -> None:
    names = ("leader_crash_simple", "simple")
    runs = [simulation.run(name, seed) for name in names for seed in range(3)]
    digest = blake2b("".join(run.digest for run in runs).encode(), digest_size=16).hexdigest()
    assert as_json(call, "simple", "leader_crash_simple", "--seeds", "0:3")["digest"] == digest


def test_two_jobs_print_what_one_prints(tmp_path: Path) -> None:
    one, two = (
        shell("sweep", "simple", "many_1", "--seeds", "0:30", "--jobs", jobs, cwd=tmp_path)
        for jobs in ("1", "2")
    )
    assert (one.code, one.out) == (two.code, two.out)


def test_the_same_command_again_does_only_what_is_missing(call: Call) -> None:
    call("sweep", "simple", "--seeds", "0:6", "--out", "kept", *HERE)
    said = call("sweep", "simple", "--seeds", "0:9", "--out", "kept", *HERE)
    assert said.err.startswith("6 of 9 runs are there already, 0 failed\n9 runs · 9 pass")


def test_a_sweep_stops_after_so_many_failures_the_same_however_it_is_cut(call: Call, files: Path) -> None:
    outs = [
        call("sweep", "loner.toml", "--seeds", "0:30", "--stop-after", "4", "--chunk", chunk, *HERE)
        for chunk in ("1", "7")
    ]
    assert outs[0].out == outs[1].out
    assert "stopped after 4 failures: 4 of 30 runs are there." in outs[0].err


def test_ctrl_c_shows_what_there_is_and_the_same_command_goes_on(tmp_path: Path) -> None:
    arguments = ["sweep", "leader_crash_complex", "--seeds", "0:3000", "--jobs", "2", "--out", str(tmp_path)]
    sweeping = subprocess.Popen(
        [sys.executable, "-m", "simulation", *arguments, "--chunk", "5"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with sweeping:
        _until_something_is_there(tmp_path, sweeping)
        sweeping.send_signal(signal.SIGINT)
        out, err = sweeping.communicate(timeout=180)
    assert (sweeping.returncode, "Traceback" in err) == (130, False)
    assert out.startswith("scenario ")
    assert "runs are there. The same command goes on." in err
    assert len(simulation.read_sweep(tmp_path)) > 0


def _until_something_is_there(folder: Path, sweeping: subprocess.Popen[str]) -> None:
    while not list(folder.glob("runs/*.parquet")):
        assert sweeping.poll() is None, sweeping.communicate()


def test_a_pipe_that_closes_early_is_no_trouble(tmp_path: Path) -> None:
    command = (
        f"{shlex.quote(sys.executable)} -m simulation sweep simple --seeds 0:5 --jobs 1 --watch 0 | head -1"
    )
    done = subprocess.run(command, shell=True, cwd=PROJECT, capture_output=True, text=True)
    assert (done.stdout.split()[0], "Traceback" in done.stderr) == ("scenario", False)


RAISES_AT_27 = ("--set", "protocol=tests.cli.machines:Rare", "--seeds", "0:40")


@pytest.mark.parametrize("chunk", ["1", "40"])
def test_runs_before_one_whose_machine_raises_are_kept_however_they_are_cut(call: Call, chunk: str) -> None:
    said = call("sweep", "simple", *RAISES_AT_27, "--out", "kept", "--chunk", chunk, *HERE)
    there = simulation.read_sweep("kept")
    (seed,) = re.findall(r"simple, seed (\d+): ", said.err)
    assert (said.code, len(there)) == (3, int(seed))
    assert 0 < len(there) < 40


def test_a_folder_that_no_system_takes_is_told(call: Call) -> None:
    said = call("sweep", "simple", "--seeds", "0:5", "--out", "x" * 300, *HERE)
    assert (said.code, "cannot be used: File name too long" in said.err) == (2, True)


def test_a_table_and_a_key_inside_it_are_not_both_set(call: Call) -> None:
    settings = ("--set", "network.delay=1ms", "--set", 'network={delay="300ms"}')
    said = call("sweep", "simple", "--seeds", "0:5", *settings, *HERE)
    assert (said.code, said.out) == (2, "")
    assert "is set as a whole, and 'network.delay' in it too. Set one of them." in said.err


def test_another_file_of_the_name_of_an_installed_scenario_is_not_taken_for_it(
    call: Call, folder: Path
) -> None:
    (folder / "simple.toml").write_text(EVERYBODY_PROPOSES, encoding="utf-8")
    protocol = "protocol=tests.mutants.catalogue:NEVER_DECIDES"
    said = call("sweep", "simple", "--seeds", "0:1", "--set", protocol, *HERE)
    assert f"simulation run simple --seed 0 --set {protocol}" in said.err


def test_the_command_names_a_file_as_this_call_does(
    call: Call, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("sweep", "loner.toml", "--seeds", "0:1", "--out", "kept", *HERE)
    (files / "below").mkdir()
    monkeypatch.chdir(files / "below")
    said = call("sweep", "../loner.toml", "--seeds", "0:1", "--out", "../kept", *HERE)
    assert said.err.splitlines()[-1].endswith("simulation run ../loner.toml --seed 0")


def test_values_of_a_grid_may_be_nested_or_quoted(call: Call) -> None:
    found = as_json(call, "simple", "--seeds", "0:1", "--grid", "about='a, b','c'")
    assert [cell["runs"] for cell in found["cells"]] == [1, 1]
