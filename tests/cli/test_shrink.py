"""``simulation shrink`` as users use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.shell import shell

BUG = "protocol=simulation.planted:VOTES_FOR_ANYTHING"


@pytest.fixture
def record(call: Call, tmp_path: Path) -> Path:
    """The record of a run that fails."""
    run = ("run", "duel", "--strategy", "portfolio", "--set", BUG, "--format", "jsonl", "--seed")
    said = next(said for seed in range(200) if "are both chosen" in (said := call(*run, str(seed))).out)
    assert said.code == 1
    path = tmp_path / "failing.jsonl"
    path.write_text(said.out, encoding="utf-8")
    return path


def test_the_small_record_goes_to_standard_output_and_the_story_beside_it(call: Call, record: Path) -> None:
    said = call("shrink", str(record))
    first = json.loads(said.out.split("\n")[0])
    assert first["event"] == "begin"
    assert len(first["schedule"]) < 20
    assert "FROM HERE ON INEVITABLE" in said.err
    assert said.code == 1


def test_into_a_file_it_says_the_story_and_how_to_replay(call: Call, record: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    said = call("shrink", str(record), "-o", str(small))
    assert said.out.startswith(("one value chosen: ", "agreement: "))
    assert f"repeat with: simulation replay {small}" in said.err
    again = call("replay", str(small))
    assert "the same digest" in again.err
    assert again.code == 1


def test_its_first_line_makes_the_run_again_anywhere(call: Call, record: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    call("shrink", str(record), "-o", str(small))
    done = shell("replay", small.name, cwd=tmp_path)
    assert "the same digest" in done.err


def test_a_run_that_passes_is_refused(call: Call, tmp_path: Path) -> None:
    passing = tmp_path / "passing.jsonl"
    passing.write_text(call("run", "duel", "--strategy", "reach", "--format", "jsonl").out, encoding="utf-8")
    said = call("shrink", str(passing))
    assert said.code == 2
    assert "nothing is violated, so there is nothing to make smaller" in said.err


def test_a_file_that_cannot_be_written_is_told_before_the_work(call: Call, record: Path) -> None:
    said = call("shrink", str(record), "-o", "/nowhere/small.jsonl")
    assert said.code == 2
    assert "-o: /nowhere/small.jsonl cannot be written: No such file or directory" in said.err


def test_a_schedule_that_was_edited_is_told_at_its_line(call: Call, record: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    call("shrink", str(record), "-o", str(small))
    lines = small.read_text(encoding="utf-8").split("\n")
    lines[0] = lines[0].replace('["ask",', '["asks",', 1)
    small.write_text("\n".join(lines), encoding="utf-8")
    said = call("replay", str(small))
    assert said.code == 2
    assert "small.jsonl:1: schedule: is no list of moves: Invalid value 'asks'" in said.err


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ('["ask",1,99]', "processes are 0 to 4, each at most once"),
        ('["kill",-1]', "processes are 0 to 4, each at most once"),
        ('["deliver",1,0,9,"Prepare",0,false]', "names a machine that there is not. They are 0 to 4"),
        ('["calm",[0,0,1],true,true]', "processes are 0 to 4, each at most once"),
        ('["calm",[0,1,3,4],true,true]', "nothing comes after a calm"),
    ],
)
def test_a_move_of_nobody_is_told(call: Call, record: Path, tmp_path: Path, move: str, told: str) -> None:
    small = tmp_path / "small.jsonl"
    call("shrink", str(record), "-o", str(small))
    text = small.read_text(encoding="utf-8").replace('"schedule":[[', f'"schedule":[{move},[', 1)
    small.write_text(text, encoding="utf-8")
    said = call("replay", str(small))
    assert said.code == 2
    assert told in said.err


def test_the_record_is_not_written_over(call: Call, record: Path) -> None:
    before = record.read_text(encoding="utf-8")
    said = call("shrink", str(record), "-o", str(record))
    assert said.code == 2
    assert record.read_text(encoding="utf-8") == before


def test_a_run_that_passes_leaves_no_file(call: Call, tmp_path: Path) -> None:
    passing, small = tmp_path / "passing.jsonl", tmp_path / "small.jsonl"
    passing.write_text(call("run", "duel", "--strategy", "reach", "--format", "jsonl").out, encoding="utf-8")
    call("shrink", str(passing), "-o", str(small))
    assert not small.exists()


def test_a_record_that_is_not_repeated_is_not_made_small(call: Call, record: Path) -> None:
    text = record.read_text(encoding="utf-8").replace('"process":"p4"', '"process":"p3"', 1)
    record.write_text(text, encoding="utf-8")
    said = call("shrink", str(record))
    assert said.code == 3
    assert "not the same twice" in said.err


def test_a_strategy_is_given_once(call: Call) -> None:
    said = call("run", "duel", "--strategy", "reach", "--set", "strategy=late")
    assert said.code == 2
    assert "--strategy: --set has a strategy too. Give it once." in said.err


def test_of_a_run_without_moves_it_says_how_many_it_came_down_to(call: Call, tmp_path: Path) -> None:
    timed = tmp_path / "timed.jsonl"
    run = ("run", "duel", "--set", "protocol=simulation.planted:QUORUM_OF_HALF", "--seed", "1")
    timed.write_text(call(*run, "--format", "jsonl").out, encoding="utf-8")
    said = call("shrink", str(timed), "-o", str(tmp_path / "small.jsonl"))
    assert said.code == 1
    assert "14 moves of 46, 51 events of 145, 5 processes of 5" in said.out
