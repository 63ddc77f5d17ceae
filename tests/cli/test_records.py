"""Replay: the same again from the record alone, or the first event that differs, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulation import load, run
from simulation.replay import record_lines
from simulation.trace.trace import FORMAT
from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES, with_protocol
from tests.cli.shell import shell

Lines = list[str]


@pytest.fixture(scope="module")
def lines() -> Lines:
    """The record of a run, by line."""
    return list(record_lines(run("simple", seed=3)))


@pytest.fixture
def record(folder: Path) -> Callable[[Lines], str]:
    """Writes a record into the current folder and gives its name."""

    def written(lines: Lines) -> str:
        (folder / "run.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return "run.jsonl"

    return written


def changed(line: str, **values: Any) -> str:
    """The line with other values."""
    return json.dumps({**json.loads(line), **values}, separators=(",", ":"), ensure_ascii=False)


def replayed_elsewhere(call: Call, folder: Path, *which: str, form: str) -> Any:
    """How a replay ends in an empty folder, of a run that was recorded in another."""
    (folder / "record").write_text(call("run", *which, "--format", form).out, encoding="utf-8")
    (folder / "empty").mkdir()
    return shell("replay", "../record", cwd=folder / "empty")


def test_a_record_is_replayed_event_by_event(call: Call, record: Any, lines: Lines) -> None:
    said = call("replay", record(lines))
    digest = json.loads(lines[-1])["digest"]
    assert said == (
        0,
        f"{run('simple', seed=3)}\n",
        f"replayed: {len(lines) - 2} events, the same digest {digest}\n",
    )


def test_a_run_is_recorded_in_the_same_bytes_every_time(call: Call) -> None:
    first = call("run", "leader_crash_complex", "--seed", "7", "--format", "jsonl")
    assert call("run", "leader_crash_complex", "--seed", "7", "--format", "jsonl") == first


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_record_needs_no_scenario_file(call: Call, folder: Path, form: str) -> None:
    (folder / "mine.toml").write_text(EVERYBODY_PROPOSES, encoding="utf-8")
    assert "the same digest" in replayed_elsewhere(call, folder, "mine.toml", "--seed", "5", form=form).err


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_record_keeps_what_was_set(call: Call, folder: Path, form: str) -> None:
    settings = ["--set", "participants=5", "--set", "network.delay=1..2ms", "--set", "profile=dist"]
    said = replayed_elsewhere(call, folder, "simple", *settings, "--seed", "2", form=form)
    assert said.code == 0
    assert said.out.startswith("simple · seed 2 · dist · PASS · 5 of 5 decided ")


def test_a_record_keeps_any_text_of_a_scenario(call: Call, folder: Path) -> None:
    text = 'about = "Ça\u2028\u0085marche?"\n' + EVERYBODY_PROPOSES
    (folder / "odd.toml").write_text(text, encoding="utf-8")
    assert "the same digest" in replayed_elsewhere(call, folder, "odd.toml", form="jsonl").err


def test_the_record_of_a_failure_fails_again_for_the_same_reason(call: Call, folder: Path) -> None:
    (folder / "loner.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Loner"), encoding="utf-8")
    failed = call("run", "loner.toml", "--format", "json")
    (folder / "loner.json").write_text(failed.out, encoding="utf-8")
    said = call("replay", "loner.json")
    assert said.code == 1
    assert said.err.splitlines()[1:-1] == failed.err.splitlines()[1:-1]
    assert said.err.splitlines()[-1] == "repeat with: simulation replay loner.json"


def test_a_changed_event_is_named_with_exit_code_3(call: Call, record: Any, lines: Lines) -> None:
    wrong = changed(lines[51], time_us=1)
    said = call("replay", record([*lines[:51], wrong, *lines[52:]]))
    assert (said.code, said.out) == (3, "")
    assert (
        f"the runs agree for 50 events, and then differ:\n  recorded: {wrong}\n  now:      {lines[51]}\n"
    ) in said.err
    assert said.err.splitlines()[-1] == "repeat with: simulation replay run.jsonl"


def test_the_first_of_several_changed_events_is_named(call: Call, record: Any, lines: Lines) -> None:
    wrong = [changed(line, cause=0) for line in lines[30:33]]
    assert "agree for 29 events" in call("replay", record([*lines[:30], *wrong, *lines[33:]])).err


def test_a_missing_event_is_named(call: Call, record: Any, lines: Lines) -> None:
    said = call("replay", record([*lines[:-2], lines[-1]]))
    assert said.code == 3
    assert f"agree for {len(lines) - 3} events, and then differ:\n  recorded: nothing more\n" in said.err


def test_an_event_too_many_is_named(call: Call, record: Any, lines: Lines) -> None:
    said = call("replay", record([*lines[:-1], lines[-2], lines[-1]]))
    assert said.code == 3
    assert f"{lines[-2]}\n  now:      nothing more\n" in said.err


def test_another_digest_behind_the_same_events_is_told(call: Call, record: Any, lines: Lines) -> None:
    said = call("replay", record([*lines[:-1], changed(lines[-1], digest="0" * 32)]))
    assert said.code == 3
    assert f"the digest differs: {'0' * 32} recorded, " in said.err


def test_a_record_that_another_program_wrote_anew_is_the_same_record(
    call: Call, record: Any, lines: Lines
) -> None:
    assert call("replay", record([json.dumps(json.loads(line)) for line in lines])).code == 0


@pytest.mark.parametrize("digits", [8, 32])
def test_a_scenario_is_replayed_against_a_digest_or_its_beginning(call: Call, digits: int) -> None:
    digest = run(load("simple", participants=5), seed=3).digest[:digits]
    said = call("replay", "simple", "--seed", "3", "--digest", digest, "--set", "participants=5")
    assert said.code == 0


def test_the_digest_of_another_seed_is_told_with_exit_code_3(call: Call) -> None:
    said = call("replay", "simple", "--seed", "4", "--digest", run("simple", seed=3).digest)
    assert (said.code, said.out) == (3, "")
    assert "Either the digest is that of another scenario, seed or setting, or " in said.err


def test_a_protocol_that_iterates_a_set_of_strings_is_caught_in_another_process(folder: Path) -> None:
    (folder / "gossip.toml").write_text(with_protocol(EVERYBODY_PROPOSES, "Gossip"), encoding="utf-8")
    one, two = {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}
    recorded = shell("run", "gossip.toml", "--format", "jsonl", cwd=folder, environment=one)
    (folder / "gossip.jsonl").write_text(recorded.out, encoding="utf-8")
    same, other = (shell("replay", "gossip.jsonl", cwd=folder, environment=each) for each in (one, two))
    assert "the same digest" in same.err
    assert other.code == 3
    assert '"is":"Greeting"' in other.err
    assert "the protocol iterates a set" in other.err


TOLD = (
    "A record is what 'simulation run' prints with --format jsonl or json, and 'simulation check --run N'"
    " with --format jsonl."
)

WRONG: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "a lost end": (lambda lines: lines[:-1], "run.jsonl: has no 'end' line: the record was cut off"),
    "a first line alone": (lambda lines: lines[:1], "run.jsonl: has no 'end' line: the record was cut off"),
    "a lost half line": (lambda lines: [*lines[:9], lines[9][:20]], "run.jsonl:10: is not JSON: "),
    "a torn line": (lambda lines: [*lines[:9], "{", *lines[10:]], "run.jsonl:10: is not JSON: "),
    "a line of a list": (lambda lines: [*lines[:9], "[]", *lines[10:]], "run.jsonl:10: is no JSON object"),
    "a log": (lambda _: run("simple").log().split("\n"), "run.jsonl: is not JSON: "),
    "an object of something else": (lambda _: ["{}"], f"run.jsonl: format: is missing. {TOLD}"),
    "a list": (lambda _: ["[1, 2]"], f"run.jsonl: is no JSON object. {TOLD}"),
    "another version": (
        lambda lines: [changed(lines[0], format=99), *lines[1:]],
        f"run.jsonl:1: format: is 99, and this version reads {FORMAT}. Make the record anew",
    ),
    "nested too deep": (lambda _: ["[" * 200_000], "run.jsonl: is not JSON: "),
    "no seed": (
        lambda lines: [lines[0].replace('"seed"', '"sead"'), *lines[1:]],
        "run.jsonl:1: seed: is missing.",
    ),
    "a seed in words": (
        lambda lines: [changed(lines[0], seed="three"), *lines[1:]],
        "run.jsonl:1: seed: is 'three', which is no whole number.",
    ),
    "a negative seed": (
        lambda lines: [changed(lines[0], seed=-1), *lines[1:]],
        "run.jsonl:1: seed: is -1; a whole number from 0 to 2**128 - 1 is needed",
    ),
    "a truth value for a seed": (
        lambda lines: [changed(lines[0], seed=True), *lines[1:]],
        "run.jsonl:1: seed: is True; a whole number",
    ),
    "a scenario with a mistake": (
        lambda lines: [changed(lines[0], text="format = 2"), *lines[1:]],
        "run.jsonl:1:1: format: is 2, a whole number. This version reads format 1",
    ),
    "a protocol that is not here": (
        lambda lines: [changed(lines[0], overrides={"protocol": "theirs:Mine"}), *lines[1:]],
        "--set protocol: 'theirs:Mine' cannot be imported: ModuleNotFoundError: No module named 'theirs'.",
    ),
    "an empty digest": (
        lambda lines: [*lines[:-1], changed(lines[-1], digest="")],
        ": digest: is '', which is not 32 digits from 0 to 9 and a to f.",
    ),
    "no text at all": (lambda _: [], f"run.jsonl: is empty. {TOLD}"),
}
"""By title, what becomes of a record, and a part of what has to be said."""


@pytest.mark.parametrize("title", WRONG)
def test_what_is_no_record_is_told_with_exit_code_2(
    title: str, call: Call, record: Any, lines: Lines
) -> None:
    spoil, part = WRONG[title]
    said = call("replay", record(spoil(lines)))
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert "Traceback" not in said.err


def test_a_missing_record_is_told(call: Call) -> None:
    said = call("replay", "nowhere.jsonl")
    assert said.code == 2
    assert said.err.startswith("simulation: nowhere.jsonl: cannot be read as a record: No such file")


def test_a_folder_is_no_record(call: Call, folder: Path) -> None:
    said = call("replay", str(folder))
    assert said.code == 2
    assert f"simulation: {folder}: cannot be read as a record: " in said.err


def test_a_picture_is_no_record(call: Call, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\xff")
    said = call("replay", "picture.png")
    assert (said.code, said.err) == (2, f"simulation: picture.png: is no text in UTF-8. {TOLD}\n")


def test_the_name_of_a_scenario_is_no_record_and_says_what_is(call: Call) -> None:
    said = call("replay", "simple")
    assert (said.code, TOLD in said.err) == (2, True)
