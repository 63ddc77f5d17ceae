"""Where a sweep's words go: a bar for who watches, results for who reads, and whoever left misses nothing."""

from __future__ import annotations

import os
import shlex
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import simulation
from tests.cli.files import EVERYBODY_PROPOSES
from tests.cli.shell import PROJECT, Said, shell
from tests.cli.sweeps import HERE, LONER, object_of

ASKED = ("sweep", "simple", "--seeds", "0:20")


def on_terminal(*arguments: str, cwd: Path) -> Said:
    """The command with its stderr on a terminal and its stdout in a pipe."""
    import fcntl
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "simulation", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, cwd=cwd, env=environment, text=True
    ) as running:
        os.close(theirs)
        told = _all_of(ours)
        out, _ = running.communicate()
    return Said(running.returncode, out, told)


def _all_of(terminal: int) -> str:
    told = b""
    try:
        while read := os.read(terminal, 4096):
            told += read
    except OSError:
        # Linux says so when the last one who could write has gone.
        pass
    os.close(terminal)
    return told.decode()


def closed(streams: str, *arguments: str) -> Said:
    """The command with some of its streams closed from the start."""
    line = shlex.join([sys.executable, "-m", "simulation", *arguments])
    done = subprocess.run(f"{line} {streams}", shell=True, cwd=PROJECT, capture_output=True, text=True)
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_who_watches_sees_a_bar_to_its_end_and_then_the_line(tmp_path: Path) -> None:
    (tmp_path / "loner.toml").write_text(LONER, encoding="utf-8")
    said = on_terminal("sweep", "loner.toml", "--seeds", "0:20", *HERE, cwd=tmp_path)
    bar, line, *_ = said.err.split("\r\n")
    assert "| 20/20 [" in bar.split("\r")[-1]
    assert ", 20 failed]" in bar.split("\r")[-1]
    assert line.startswith("20 runs · 0 pass · 20 FAIL · ")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_the_bar_leaves_the_results_alone(tmp_path: Path) -> None:
    said = on_terminal(*ASKED, "--format", "json", *HERE, cwd=tmp_path)
    assert (said.code, object_of(said)["runs"]) == (0, 20)


def test_where_nobody_watches_there_is_no_bar(tmp_path: Path) -> None:
    said = shell(*ASKED, *HERE, cwd=tmp_path)
    assert ("\r" in said.err, len(said.err.splitlines())) == (False, 1)


def test_a_reader_that_has_seen_enough_does_not_hide_a_failure(tmp_path: Path) -> None:
    (tmp_path / "loner.toml").write_text(LONER, encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        said = shell("sweep", "loner.toml", "--seeds", "0:3", *HERE, cwd=tmp_path, stdout=pipe)
    assert said.code == 1
    assert said.err.splitlines()[-1].endswith("simulation run loner.toml --seed 0")


@pytest.mark.parametrize(
    ("streams", "way"),
    [("2>&-", HERE), ("<&- 2>&-", HERE), ("2>&-", ("--jobs", "2", "--watch", "0"))],
    ids=["stderr", "stdin and stderr", "stderr of processes"],
)
def test_results_do_not_need_anybody_who_listens(streams: str, way: tuple[str, ...]) -> None:
    said = closed(streams, *ASKED, "--format", "json", *way)
    assert (said.code, object_of(said)["runs"]) == (0, 20)


def test_a_stdout_that_is_closed_from_the_start_changes_no_exit_code() -> None:
    said = closed(">&-", *ASKED, *HERE)
    assert (said.code, said.err.startswith("20 runs · 20 pass · ")) == (0, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_below_stdout_is_told_and_takes_nothing_that_is_kept(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        said = shell(*ASKED, "--out", "kept", *HERE, cwd=tmp_path, stdout=full)
    assert said.code == 2
    assert said.err == "simulation: the results cannot be written: No space left on device\n"
    assert len(simulation.read_sweep(tmp_path / "kept")) == 20


def test_processes_find_a_protocol_of_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("from tests.cli.machines import Loner as Mine\n", encoding="utf-8")
    text = 'protocol = "mine:Mine"\n' + EVERYBODY_PROPOSES
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "simulation-command"
    command.write_text("from simulation.cli import main\nraise SystemExit(main())\n", encoding="utf-8")
    said = shell("sweep", "mine.toml", "--seeds", "0:6", "--jobs", "2", cwd=tmp_path, command=str(command))
    assert (said.code, "6 x agreement: " in said.out) == (1, True)
