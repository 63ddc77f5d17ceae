"""``simulation check``: what is no log, wrong words, and streams instead of files."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import Call, Write
from tests.cli.logs import CRASH, SIMPLE, damaged
from tests.cli.shell import PROJECT, shell
from tests.reenact.damage import decided_value_changed, line_duplicated

MEGABYTE = 1 << 20

TOLD = (
    "A log has the lines that 'simulation run --format log' prints, each on a line of its own or joined by"
    " spaces."
)

NO_LOG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it.txt: is empty"),
    "blank lines": (b"\n \n\t\r\n", "it.txt: is empty"),
    "a licence": (
        (PROJECT / "LICENSE").read_bytes(),
        "it.txt: is no log of the real system: line 1 is 'MIT License'",
    ),
    "a word": (b"hello", "it.txt: is no log of the real system: line 1 is 'hello'"),
    "random bytes": (Random(1).randbytes(MEGABYTE), "it.txt: is no log of the real system: line 1 is "),
    "zeros": (bytes(MEGABYTE), r"it.txt: is no log of the real system: line 1 is '\x00\x00"),
    "one long line": (b"ab " * MEGABYTE, "it.txt: is no log of the real system: line 1 is 'ab ab"),
    "short lines": (b"ab\n" * MEGABYTE, "it.txt: is no log of the real system: line 1 is 'ab'"),
    "the beginning of a line": (b"Starting paxos", "it.txt: is no log of the real system: line 1 is "),
}
"""By title, the bytes of a file that is no log, and what has to be said of it."""


@pytest.mark.parametrize("title", NO_LOG)
def test_what_is_no_log_is_told_with_exit_code_2(call: Call, folder: Path, title: str) -> None:
    content, part = NO_LOG[title]
    (folder / "it.txt").write_bytes(content)
    said = call("check", "it.txt")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"simulation: {part}")
    assert said.err.endswith(f". {TOLD}\n")


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere.log", "No such file or directory"), (".", "Is a directory"), ("it.txt/x", "Not a directory")],
)
def test_what_cannot_be_opened_is_told_with_exit_code_2(
    call: Call, folder: Path, name: str, why: str
) -> None:
    (folder / "it.txt").touch()
    assert call("check", name) == (2, "", f"simulation: {name}: cannot be read as a log: {why}. {TOLD}\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_log_that_nobody_may_read_is_told_with_exit_code_2(call: Call, folder: Path, log: Write) -> None:
    (folder / log(SIMPLE)).chmod(0)
    said = call("check", "run.log")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("simulation: run.log: cannot be read as a log: Permission denied. ")


def test_a_huge_file_of_garbage_is_refused_without_being_read(call: Call, folder: Path) -> None:
    with (folder / "huge").open("wb") as file:
        file.truncate(80 * MEGABYTE)
    said = call("check", "huge")
    assert said.code == 2
    # Had it been read, a line would tell how far.
    assert len(said.err.splitlines()) == 1


def test_a_huge_line_of_garbage_in_a_log_is_one_unreadable_line(call: Call, folder: Path, log: Write) -> None:
    with (folder / log(SIMPLE)).open("r+b") as file:
        file.truncate(20 * MEGABYTE)
    said = call("check", "run.log")
    assert said.code == 2
    assert said.out.startswith(f"run 0 (no test known n=3 local), line {len(SIMPLE) + 1}: unreadable: ")
    assert len(said.out.splitlines()[0]) < 1000


def test_a_text_that_begins_with_a_hundred_strange_lines_is_refused(call: Call, log: Write) -> None:
    said = call("check", log(["ab"] * 100, SIMPLE))
    assert (said.code, said.out) == (2, "")


def test_a_heading_above_a_log_is_named_and_the_rest_is_read(call: Call, log: Write) -> None:
    said = call("check", log(["Running ExUnit with seed: 3"], SIMPLE, CRASH))
    assert said.code == 2
    assert ", line 1: unreadable: 'Running ExUnit with seed: 3' " in said.out.splitlines()[0]
    assert said.err.startswith("2 of 2 runs complete · 1 re-enacted exactly · ")


def test_a_run_that_never_ends_is_refused(call: Call, folder: Path, log: Write) -> None:
    with (folder / log(SIMPLE)).open("a", encoding="utf-8") as file:
        file.write("Starting paxos for p1\n" * 200_001)
    said = call("check", "run.log")
    assert (said.code, said.out) == (2, "")
    assert f"line {len(SIMPLE) + 1}: the run that begins here has more than 200,000 lines" in said.err


WRONG_WORDS = {
    "--run 1": "--run: there is no run 1; the runs of this log are 0 to 0",
    "--run x": "--run: 'x' is no number of a run, such as 0 for the first",
    "--run -1": "--run: '-1' is no number of a run",
    "--run 1.0": "--run: '1.0' is no number of a run",
    "--run": "argument --run: expected one argument",
    "--format jsonl": "--format: jsonl shows one run; say which with --run N",
    "--format log": "--format: log shows one run; say which with --run N",
    "--format yaml": "--format: is 'yaml'. Known: text, json, log, jsonl.",
    "--format jsn": "--format: is 'jsn'. Known: text, json, log, jsonl. Did you mean 'json'?",
    "--protocol paxo": "protocol: there is no 'paxo'. ",
    "--protocol textbook": "protocol: 'textbook' cannot be re-enacted: ",
    "--protocol nowhere:It": "protocol: 'nowhere:It' cannot be imported: ModuleNotFoundError: ",
    "--rum 1": "there is no option '--rum'. Known: ",
    "other.log": "'other.log' is one word too many",
}
"""By the words behind the log, the beginning of what has to be said."""


@pytest.mark.parametrize("words", WRONG_WORDS)
def test_wrong_words_are_told_with_exit_code_2(call: Call, log: Write, words: str) -> None:
    said = call("check", log(SIMPLE), *words.split())
    assert (said.code, said.out) == (2, "")
    # Which option it was may be written as it is typed, or as a scenario file has it.
    assert said.err.startswith((f"simulation: {WRONG_WORDS[words]}", f"simulation: --{WRONG_WORDS[words]}"))
    assert "Traceback" not in said.err


def test_a_protocol_that_prints_no_such_log_is_told_before_the_log_is_read(call: Call) -> None:
    said = call("check", "nowhere.log", "--protocol", "textbook")
    assert "nowhere.log" not in said.err


def test_a_log_is_wanted(call: Call) -> None:
    said = call("check")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("simulation: the following arguments are required: LOG\n")


def test_a_log_is_read_from_standard_input(folder: Path, log: Write) -> None:
    name = log(SIMPLE, damaged(CRASH, line_duplicated)[0])
    from_file, piped = (
        shell("check", name, cwd=folder),
        shell("check", "-", stdin=(folder / name).read_bytes()),
    )
    assert (piped.code, piped.out) == (from_file.code, from_file.out)
    assert piped.err.splitlines()[0] == from_file.err.splitlines()[0]


def test_an_empty_standard_input_is_told_by_its_name() -> None:
    said = shell("check", "-", stdin=b"")
    assert said == (2, "", f"simulation: standard input: is empty. {TOLD}\n")


def test_a_pipe_is_a_log_too(folder: Path, log: Write) -> None:
    text = (folder / log(SIMPLE)).read_bytes()
    assert shell("check", "/dev/stdin", stdin=text).code == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_seen_enough_does_not_hide_a_failure(folder: Path, log: Write, form: str) -> None:
    name = log(damaged(SIMPLE, decided_value_changed)[0], SIMPLE)
    whole = shell("check", name, "--format", form, cwd=folder)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        assert shell("check", name, "--format", form, cwd=folder, stdout=pipe) == (1, "", whole.err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_without_a_traceback(folder: Path, log: Write) -> None:
    name = log(damaged(SIMPLE, decided_value_changed)[0])
    with Path("/dev/full").open("wb") as full:
        said = shell("check", name, cwd=folder, stdout=full)
    assert said.err.startswith("simulation: the results cannot be written: ")
    assert len(said.err.splitlines()) == 1


def test_a_big_log_tells_how_much_of_it_was_read(call: Call, folder: Path, log: Write) -> None:
    with (folder / log(SIMPLE)).open("r+b") as file:
        file.truncate(66 * MEGABYTE)
    assert call("check", "run.log").err.splitlines()[0] == "64 of 66 MB read, 0 runs"


def test_a_big_log_from_standard_input_tells_how_much_was_read() -> None:
    said = shell("check", "-", stdin=b"\n" * (65 * MEGABYTE) + "\n".join(SIMPLE).encode())
    assert said.err.splitlines()[0] == "64 MB read, 0 runs"
    assert said.code == 0


def test_a_small_log_tells_nothing_but_the_verdict(folder: Path, log: Write) -> None:
    blank = [""] * (2 * MEGABYTE)
    assert len(shell("check", log(SIMPLE, blank), cwd=folder).err.splitlines()) == 1


def test_on_a_terminal_the_progress_is_wiped_away_before_the_verdict(folder: Path, log: Write) -> None:
    name = log([""] * (2 * MEGABYTE), SIMPLE)
    reading, writing = pty.openpty()
    command = [sys.executable, "-m", "simulation", "check", name]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=writing)
    os.close(writing)
    told = os.read(reading, 4096).decode()
    os.close(reading)
    assert done.returncode == 0
    assert told.startswith("\r1 of 2 MB read, 0 runs\x1b[K")
    assert told.rpartition("\r\x1b[K")[2].startswith("1 of 1 runs complete")


def test_findings_come_while_a_log_is_read_and_an_interruption_ends_it_calmly() -> None:
    text = "\n".join([*damaged(SIMPLE, line_duplicated)[0], *SIMPLE * 400, ""])
    command = [sys.executable, "-m", "simulation", "check", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=PROJECT) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        # Without it, a finding that never comes would be waited for.
        deadline = threading.Timer(60, process.kill)
        deadline.start()
        process.stdin.write(text.encode())
        process.stdin.flush()
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        ended = process.wait(), process.stderr.read()
        deadline.cancel()
    assert first.startswith(b"run 0 (simple n=3 local), line ")
    assert ended == (130, b"simulation: interrupted\n")


def test_closed_standard_input_is_wrong_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    said = call("check", "-")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("simulation: standard input: it is closed.")


def test_a_text_that_quotes_a_log_is_no_log(call: Call) -> None:
    said = call("check", str(PROJECT / "README.md"))
    assert (said.code, said.out) == (2, "")
