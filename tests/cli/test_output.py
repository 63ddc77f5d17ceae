"""Results to stdout in three forms, everything about them to stderr."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import __version__, load, run
from simulation.checks import CHECKS, name_of
from simulation.scenario import names
from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES, with_protocol
from tests.cli.shell import shell

KEYS = {
    "scenario": str,
    "seed": int,
    "protocol": str,
    "profile": str,
    "verdict": str,
    "violations": list,
    "decisions": dict,
    "survivors": list,
    "ballots": int,
    "messages": dict,
    "events": int,
    "virtual_us": int,
    "digest": str,
}
"""The keys of the JSON object of a run that other programs rely on."""


def test_the_log_is_the_default_and_ends_in_the_values(call: Call) -> None:
    said = call("run", "leader_crash_complex", "--seed", "7")
    assert said == call("run", "leader_crash_complex", "--seed", "7", "--format", "log")
    assert said.out == run("leader_crash_complex", 7).log() + "\n"
    assert said.out.splitlines()[-1].startswith("[val: ")


def test_the_seed_is_0_by_default(call: Call) -> None:
    assert call("run", "simple") == call("run", "simple", "--seed", "0")


def test_a_setting_reaches_the_run(call: Call) -> None:
    given = ["--set", "participants=5", "--set", "profile=dist", "--set", "protocol=textbook"]
    said = json.loads(call("run", "simple", *given, "--format", "json").out)
    assert (said["profile"], said["protocol"], len(said["survivors"])) == ("dist", "textbook", 5)


def test_json_is_one_object_with_the_promised_keys_and_types(call: Call) -> None:
    said = json.loads(call("run", "leader_crash_complex", "--seed", "7", "--format", "json").out)
    assert {key: type(said[key]) for key in KEYS} == KEYS
    assert (said["scenario"], said["seed"], said["verdict"]) == ("leader_crash_complex", 7, "pass")
    assert {type(count) for count in said["messages"].values()} == {int}
    assert bytes.fromhex(said["digest"])


def test_json_has_the_decisions_by_instance_and_process(call: Call) -> None:
    said = json.loads(call("run", "simple", "--format", "json").out)
    assert said["decisions"] == {"1": run("simple").decisions[1]}
    assert sorted(said["decisions"]["1"]) == ["p1", "p2", "p3"]


def test_json_has_each_violation_with_its_check_and_events(call: Call, folder: Path) -> None:
    (folder / "loner.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Loner"), encoding="utf-8")
    said = json.loads(call("run", "loner.toml", "--format", "json").out)
    assert said["verdict"] == "fail"
    agreement = next(each for each in said["violations"] if each["check"] == "agreement")
    assert sorted(agreement) == ["check", "events", "message"]
    assert [type(event) for event in agreement["events"]] == [int, int]


def test_the_events_of_a_violation_stand_in_the_record(call: Call, folder: Path) -> None:
    (folder / "loner.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Loner"), encoding="utf-8")
    *events, end = map(json.loads, call("run", "loner.toml", "--format", "jsonl").out.splitlines())
    wanted = next(each["events"] for each in end["violations"] if each["check"] == "agreement")
    proof = [each["content"] for each in events if each.get("id") in wanted]
    assert [each["is"] for each in proof] == ["Decided", "Decided"]
    assert proof[0]["value"] != proof[1]["value"]


def test_jsonl_has_an_object_on_every_line(call: Call) -> None:
    begin, *events, end = map(json.loads, call("run", "simple", "--format", "jsonl").out.splitlines())
    assert (begin["event"], begin["seed"], end["event"]) == ("begin", 0, "end")
    assert len(events) == end["events"] == len(run("simple").trace)
    assert {"id", "time_us", "event", "process", "cause", "content"} <= events[0].keys()


def test_explain_prints_the_plan_and_runs_nothing(call: Call, folder: Path) -> None:
    (folder / "never.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Divides"), encoding="utf-8")
    said = call("run", "never.toml", "--explain", "--seed", "3")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("never, seed 3: 5 participants, order p")


def test_list_names_everything_there_is(call: Call) -> None:
    said = call("list")
    words = [line.split()[0] for line in said.out.splitlines()]
    assert (said.code, said.err) == (0, "")
    assert set(words) >= {*names(), "paxos", "textbook", "local", "dist", "kill", "suspend", "resume"}
    assert all(f"  {name_of(check)} " in said.out for check in CHECKS)


def test_list_has_a_sentence_for_everything(call: Call) -> None:
    entries = [line.split() for line in call("list").out.splitlines() if line.startswith("  ")]
    assert [entry for entry in entries if len(entry) < 4] == []


def test_the_version_is_a_result(capsys: pytest.CaptureFixture[str], call: Call) -> None:
    with pytest.raises(SystemExit) as left:
        call("--version")
    assert (left.value.code, capsys.readouterr().out) == (0, f"simulation {__version__}\n")


def test_the_command_line_prints_what_python_has() -> None:
    said = shell("run", "many_2", "--seed", "5", "--set", "profile=dist")
    assert (said.code, said.out) == (0, run(load("many_2", profile="dist"), 5).log() + "\n")


def test_a_reader_that_has_seen_enough_is_no_mistake() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        said = shell("run", "simple", stdout=pipe)
    assert said == (0, "", f"{run('simple')}\n")


def test_a_reader_that_has_seen_enough_does_not_hide_a_failure(folder: Path) -> None:
    (folder / "loner.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Loner"), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        assert shell("run", "loner.toml", cwd=folder, stdout=pipe).code == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_without_a_traceback() -> None:
    with Path("/dev/full").open("wb") as full:
        said = shell("run", "simple", stdout=full)
    assert said.code == 2
    assert said.err.startswith("simulation: the results cannot be written: ")
    assert len(said.err.splitlines()) == 1


def test_results_are_the_same_bytes_under_any_locale(folder: Path) -> None:
    (folder / "named.toml").write_text('about = "Ça marche?"\n' + EVERYBODY_PROPOSES, encoding="utf-8")
    plain = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    one, other = (
        shell("run", "named.toml", "--format", "jsonl", cwd=folder, environment=environment)
        for environment in ({}, plain)
    )
    assert one.out == other.out
    assert "Ça marche?" in one.out


@pytest.mark.parametrize("closed", ["2>&-", ">&-"])
def test_a_stream_that_is_closed_from_the_start_changes_no_exit_code(closed: str) -> None:
    run = f"{shlex.quote(sys.executable)} -m simulation run simple"
    assert subprocess.run(f"{run} {closed}", shell=True, capture_output=True, check=False).returncode == 0


def test_the_line_of_a_run_counts_what_processes_learned(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "nobody_waits.toml"
    file.write_text('format = 1\nparticipants = 3\n\n[script]\nall = ["propose"]\n', encoding="utf-8")
    assert " PASS · 3 of 3 decided " in call("run", str(file)).err
