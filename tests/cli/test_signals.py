"""Ctrl-C, SIGTERM and a closed terminal: one line, the exit code that shells expect, and nothing left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import PROJECT, Said, shell
from tests.cli.sweeps import AGREES, PRESSES_CTRL_C
from tests.sweep import family

CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}

WAYS = {
    "module": ["-m", "simulation"],
    "command": ["-c", "import _simulation_command; raise SystemExit(_simulation_command.main())"],
}
"""How the command line is entered: the second is what setup.cfg makes of it."""

AT_ONCE = PRESSES_CTRL_C.replace("RUNS == 2", "RUNS == 1")
"""Ctrl-C in the first run."""

INTERRUPTED = "simulation: interrupted\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", CODES)
def test_while_the_package_is_imported(name: str, way: str, tmp_path: Path) -> None:
    raised = f"import signal\nsignal.raise_signal(signal.{name})\n"
    (tmp_path / "simpy.py").write_text(raised, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *WAYS[way], "list"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)])},
        capture_output=True,
        text=True,
    )
    assert Said(done.returncode, done.stdout, done.stderr) == (CODES[name], "", INTERRUPTED)


@pytest.mark.parametrize("name", CODES)
def test_in_the_middle_of_a_run(name: str, folder: Path) -> None:
    plays(AT_ONCE.replace("SIGINT", name), folder)
    assert shell("run", "mine.toml", cwd=folder) == (CODES[name], "", INTERRUPTED)


def test_a_library_may_make_any_error_of_it(folder: Path) -> None:
    pressed = "signal.raise_signal(signal.SIGINT)"
    plays(
        AT_ONCE.replace(pressed, f"try: {pressed}\n                except KeyboardInterrupt: 1 / 0"), folder
    )
    assert shell("run", "mine.toml", cwd=folder) == (130, "", INTERRUPTED)


def test_a_sweep_that_is_told_to_end_shows_what_there_is(folder: Path) -> None:
    plays(PRESSES_CTRL_C.replace("SIGINT", "SIGTERM"), folder)
    said = shell("sweep", "mine.toml", "--seeds", "0:3", "--jobs", "1", "--watch", "0", cwd=folder)
    assert (said.code, said.out.splitlines()[1].split()[:3]) == (143, ["mine", "local", "1"])
    assert "\ninterrupted: 1 of 3 runs are there. With --out the same command would go on.\n" in said.err


@family.needs_proc
@pytest.mark.parametrize(("name", "times"), [("SIGINT", 2), ("SIGTERM", 1), ("SIGHUP", 1)])
def test_a_sweep_by_processes_leaves_neither_folders_nor_processes(
    name: str, times: int, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "simulation", "sweep", "simple", "--seeds", "0:1000000", "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as sweeping:
        assert family.wait_until(lambda: bool(list(tmp_path.glob("sweep-*/sweep.json"))), 120)
        workers = family.workers(sweeping.pid)
        for _ in range(times):
            os.killpg(sweeping.pid, getattr(signal, name))
        _, err = sweeping.communicate(timeout=180)
    assert (sweeping.returncode, "Traceback" in err, "nterrupted" in err) == (CODES[name], False, True)
    assert list(tmp_path.iterdir()) == []
    assert len(workers) == 3
    assert family.wait_until(lambda: all(map(family.is_over, workers)))


def test_what_is_ignored_stays_ignored(folder: Path) -> None:
    plays(AT_ONCE, folder)
    script = "trap '' INT; exec \"$0\" -m simulation run mine.toml"
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
    )
    assert done.returncode == 0


def plays(module: str, folder: Path) -> None:
    """Let ``mine.toml`` be played by the protocol ``Mine`` of this module."""
    (folder / "mine.py").write_text(module, encoding="utf-8")
    (folder / "mine.toml").write_text('protocol = "mine:Mine"\n' + AGREES, encoding="utf-8")
