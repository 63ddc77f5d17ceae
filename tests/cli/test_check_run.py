"""``simulation check --run N``: one run of a log, its lines, and a record of its re-enactment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation.audit import Auditor
from tests.cli.conftest import Call, Write
from tests.cli.logs import CRASH, CUT_OFF, MANY, SIMPLE, Lines, damaged
from tests.cli.shell import Said, repeat_of, shell
from tests.reenact.damage import decided_value_changed, line_duplicated, line_misspelt

Replay = Callable[[str], Said]


@pytest.fixture
def replay(call: Call, folder: Path) -> Replay:
    """``simulation replay`` of a file with this text."""

    def replayed(text: str) -> Said:
        (folder / "run.record").write_text(text, encoding="utf-8", newline="")
        return call("replay", "run.record")

    return replayed


@pytest.fixture
def record(call: Call, log: Write) -> str:
    """The record of the second of three runs."""
    return call("check", log(SIMPLE, CRASH, MANY), "--run", "1", "--format", "jsonl").out


def with_lines(record: str, lines: Lines) -> str:
    """The record as if it re-enacted these lines."""
    first, rest = record.split("\n", 1)
    return json.dumps({**json.loads(first), "reenacts": lines}) + "\n" + rest


def test_one_run_is_judged_as_if_it_were_alone(call: Call, log: Write) -> None:
    alone = call("check", log(CRASH))
    assert call("check", log(SIMPLE, CRASH, MANY), "--run", "1") == alone


def test_one_run_keeps_its_number_and_those_of_its_lines(call: Call, log: Write) -> None:
    name = log(SIMPLE, damaged(CRASH, line_duplicated)[0], MANY)
    whole, one = call("check", name), call("check", name, "--run", "1")
    assert one.out.splitlines()[0] == whole.out.splitlines()[0]


def test_another_run_that_is_damaged_does_not_matter(call: Call, log: Write) -> None:
    name = log(SIMPLE, damaged(CRASH, line_misspelt)[0], MANY)
    assert [call("check", name, "--run", number).code for number in "012"] == [0, 2, 0]


def test_the_figures_of_one_run_come_as_json_too(call: Call, log: Write) -> None:
    said = json.loads(call("check", log(SIMPLE, CRASH), "--run", "1", "--format", "json").out)
    assert (said["runs"], said["lines"], list(said["by_test"])) == (
        1,
        len(CRASH),
        ["leader_crash_complex 11 local"],
    )


@pytest.mark.parametrize(("number", "lines"), list(enumerate([SIMPLE, CRASH, MANY, CUT_OFF])))
def test_format_log_prints_the_lines_of_the_run(call: Call, log: Write, number: int, lines: Lines) -> None:
    name = log(SIMPLE, CRASH, MANY, CUT_OFF, joint=" ")
    assert call("check", name, "--run", str(number), "--format", "log").out.splitlines() == lines


def test_what_format_log_prints_can_be_checked_alone(call: Call, log: Write, folder: Path) -> None:
    name = log(SIMPLE, CRASH)
    (folder / "one.log").write_text(
        call("check", name, "--run", "1", "--format", "log").out, encoding="utf-8"
    )
    assert call("check", "one.log").code == 0


def test_the_verdict_stays_on_stderr_in_every_format(call: Call, log: Write) -> None:
    name = log(SIMPLE)
    errs = {
        call("check", name, "--run", "0", "--format", form).err for form in ("text", "json", "log", "jsonl")
    }
    assert [err.splitlines()[0][-4:] for err in errs] == ["PASS"]


def test_a_run_that_was_not_re_enacted_has_no_record(call: Call, log: Write) -> None:
    said = call("check", log(damaged(CRASH, line_duplicated)[0]), "--run", "0", "--format", "jsonl")
    assert (said.code, said.out) == (1, "")
    assert "was not re-enacted" in said.err


def test_the_lines_of_a_run_that_was_not_re_enacted_are_shown_with_the_reason(call: Call, log: Write) -> None:
    lines = damaged(CRASH, line_duplicated)[0]
    said = call("check", log(lines), "--run", "0", "--format", "log")
    assert (said.code, said.out.splitlines()) == (1, lines)
    assert "diverges: " in said.err


def test_format_jsonl_prints_the_record_of_the_re_enactment(record: str) -> None:
    begin, *events, end = map(json.loads, record.splitlines())
    assert begin["reenacts"] == CRASH
    assert (end["event"], end["verdict"], end["events"]) == ("end", "pass", len(events))


def test_a_record_is_the_same_bytes_in_every_process(folder: Path, log: Write) -> None:
    asked = ("check", log(CRASH), "--run", "0", "--format", "jsonl")
    one, other = (shell(*asked, cwd=folder, environment={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == other


def test_a_record_is_replayed_to_the_same_digest(replay: Replay, record: str) -> None:
    said = replay(record)
    end = json.loads(record.splitlines()[-1])
    assert said.err == f"replayed: {end['events']} events, the same digest {end['digest']}\n"
    assert said.code == 0


def test_a_record_needs_no_log(folder: Path, record: str) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "run.jsonl").write_text(record, encoding="utf-8")
    assert shell("replay", "run.jsonl", cwd=folder / "empty").code == 0


def test_a_replay_says_that_it_was_a_re_enactment(replay: Replay, record: str) -> None:
    assert replay(record).out.startswith(
        "leader_crash_complex · re-enacted · local · PASS · 6 of 6 decided 205 · "
    )


def test_the_record_of_a_run_that_was_cut_off_is_replayed(call: Call, log: Write, replay: Replay) -> None:
    record = call("check", log(SIMPLE, CUT_OFF), "--run", "1", "--format", "jsonl").out
    said = replay(record)
    assert said.code == 4
    assert f"the same digest {json.loads(record.splitlines()[-1])['digest']}\n" in said.err


def test_the_short_record_that_python_has_is_replayed(replay: Replay) -> None:
    [audited] = Auditor().judge_all("\n".join(CRASH))
    assert audited.run is not None
    assert f"the same digest {audited.run.digest}\n" in replay(json.dumps(audited.run.as_json())).err


EDITED: dict[str, tuple[Lines, str]] = {
    "a decided value changed": (damaged(CRASH, decided_value_changed)[0], "this run cannot be re-enacted: "),
    "a line twice": (damaged(CRASH, line_duplicated)[0], "this run cannot be re-enacted: "),
    "a line misspelt": (damaged(CRASH, line_misspelt)[0], "holds other lines than those of one run"),
    "two runs": (CRASH + SIMPLE, "holds other lines than those of one run"),
    "no lines": ([], "holds other lines than those of one run"),
}
"""By title, what the lines of a record become, and a part of what has to be said."""


@pytest.mark.parametrize("title", EDITED)
def test_a_record_whose_lines_were_edited_is_refused(replay: Replay, record: str, title: str) -> None:
    lines, part = EDITED[title]
    said = replay(with_lines(record, lines))
    assert (said.code, said.out) == (2, "")
    assert f"reenacts: {part}" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "lines", [[CRASH[1], CRASH[0], *CRASH[2:]], CUT_OFF], ids=["another order", "cut off"]
)
def test_a_record_with_the_lines_of_another_possible_run_differs(
    replay: Replay, record: str, lines: Lines
) -> None:
    said = replay(with_lines(record, lines))
    assert (said.code, said.out) == (3, "")
    assert "not the same twice: the runs agree for " in said.err


def test_a_record_whose_event_was_edited_differs_at_that_event(replay: Replay, record: str) -> None:
    lines = record.splitlines()
    wrong = json.dumps({**json.loads(lines[51]), "cause": 0}, separators=(",", ":"))
    said = replay("\n".join([*lines[:51], wrong, *lines[52:]]))
    assert said.code == 3
    assert "the runs agree for 50 events, and then differ:" in said.err


@pytest.mark.parametrize(
    ("lines", "part"),
    [("Starting paxos for p1", "is 'Starting paxos for p1', which is no list"), ([1], "is no list of texts")],
)
def test_a_record_whose_lines_are_no_texts_is_refused(
    replay: Replay, record: str, lines: Lines, part: str
) -> None:
    said = replay(with_lines(record, lines))
    assert said.code == 2
    assert f"run.record:1: reenacts: {part}" in said.err


def test_the_command_that_repeats_a_run_that_was_cut_off_keeps_its_number(call: Call, log: Write) -> None:
    failed = call("check", log(SIMPLE, CUT_OFF), "--run", "1")
    assert call(*repeat_of(failed.err)) == failed
