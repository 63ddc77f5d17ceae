"""Mistakes on the command line: exit code 2, nothing on stdout, what is allowed, the nearest word."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call

WRONG = {
    "rn simple": "there is no command 'rn'. Known: run, replay, sweep, check, shrink, power, show, list."
    " Did you mean 'run'?",
    "--seed 7 run simple": "'--seed' comes after the command, as in 'simulation run simple --seed 7'",
    "run": "the following arguments are required: SCENARIO",
    "run simple simple_2": "'simple_2' is one word too many",
    "run simple --sed 7": "there is no option '--sed'. Known: -h, --help, --seed, --set, --format,"
    " --strategy, --explain."
    " Did you mean '--seed'?",
    "run simple --sede=7": "there is no option '--sede'.",
    "run simple --explai": "Did you mean '--explain'?",
    "run simple --seed": "argument --seed: expected one argument",
    "run simple --seed seven": "--seed: 'seven' is no whole number from 0 to 2**128 - 1, such as 7",
    "run simple --seed -1": "--seed: '-1' is no whole number",
    "run simple --seed 1.5": "--seed: '1.5' is no whole number",
    "run simple --seed 1_000": "--seed: '1_000' is no whole number",
    f"run simple --seed {2**128}": f"seed: is {2**128}; a whole number from 0 to 2**128 - 1 is needed",
    f"run simple --seed {'9' * 5000}": "is no whole number from 0 to 2**128 - 1",
    "run simple --format jsom": "--format: is 'jsom'. Known: log, json, jsonl. Did you mean 'json'?",
    "run simple --explain --format json": "--explain: prints the plan in words, and has no --format",
    "run simpel": "scenario: there is no 'simpel'. Did you mean 'simple'? Known: ",
    "run nowhere/simple.toml": "there is no file 'nowhere/simple.toml' in 'nowhere'. Did you mean 'simple'?",
    "run simple --set participants": "--set: 'participants' is not KEY=VALUE, such as participants=5",
    "run simple --set =5": "--set: '=5' is not KEY=VALUE, such as participants=5",
    "run simple --set participantz=5": "--set participantz: no such key. Known: ",
    "run simple --set participants=three": "--set participants: is 'three'. A whole number from 1 to 1000",
    "run simple --set participants=0": "--set participants: is 0. A whole number from 1 to 1000.",
    "run simple --set profile=locl": "--set profile: is 'locl'. Known: local, dist. Did you mean 'local'?",
    "run simple --set protocol=paxs": "--set protocol: there is no 'paxs'. Known: paxos, textbook, or "
    "'package.module:Class' for one of your own. Did you mean 'paxos'?",
    "run simple --set protocol=nowhere:Mine": "--set protocol: 'nowhere:Mine' cannot be imported:"
    " ModuleNotFoundError: No module named 'nowhere'.",
    "run simple --set protocol=tests.cli.machines:Mine": "'tests.cli.machines:Mine' cannot be imported: ",
    "run simple --set protocol=json:loads": "'json:loads' is neither a subclass of",
    "replay": "the following arguments are required: RECORD",
    "replay simple --seed 7": "--seed and --set go with a scenario and --digest; a record has its own",
    "replay simple --set participants=5": "--seed and --set go with a scenario and --digest",
    "replay simple --digest 7g": "--digest: '7g' is no digest: 8 to 32 digits from 0 to 9 and a to f",
    "replay simpel --digest 01234567": "scenario: there is no 'simpel'. Did you mean 'simple'?",
    "list simple": "'simple' is one word too many",
    "list --format json": "there is no option '--format'.",
}
"""By command line, a part of what has to be said."""


@pytest.mark.parametrize("line", WRONG, ids=lambda line: line[:50])
def test_a_mistake_is_told_on_stderr_with_exit_code_2(line: str, call: Call) -> None:
    said = call(*line.split(" "))
    assert (said.code, said.out) == (2, "")
    assert WRONG[line] in said.err
    assert "Traceback" not in said.err


def test_a_mistake_in_the_options_ends_in_where_the_help_is(call: Call) -> None:
    assert call("run", "simple", "--sed", "7").err.splitlines()[-1] == "See 'simulation run --help'."


def test_no_command_at_all_gives_the_help_with_exit_code_2(call: Call) -> None:
    said = call()
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("simulation: no command was given\n\nusage: simulation ")
    for command in ("run", "replay", "list"):
        assert f"\n    {command} " in said.err


@pytest.mark.parametrize("line", ["-h", "--help", "run -h", "run simple --help", "replay -h", "list -h"])
def test_help_is_a_result_with_exit_code_0(line: str, call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call(*line.split(" "))
    said = capsys.readouterr()
    assert (left.value.code, said.err) == (0, "")
    assert said.out.startswith("usage: simulation ")


@pytest.mark.parametrize(
    "line",
    [
        "run simple --seed 3 --format json",
        "run --format json --seed 3 simple",
        "run --seed=3 simple --format=json",
    ],
)
def test_options_may_stand_before_or_after_the_scenario(line: str, call: Call) -> None:
    said = call(*line.split(" "))
    assert said == call("run", "--seed", "3", "simple", "--format", "json")
    assert said.code == 0
