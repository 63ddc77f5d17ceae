"""The command line called in this process, in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from simulation.cli import main
from tests.cli.shell import Said

Call = Callable[..., Said]

Write = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty, the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], folder: Path) -> Call:
    """``simulation ARGUMENTS`` in the test's own folder."""

    def called(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        return Said(code, *capsys.readouterr())

    return called


@pytest.fixture
def log(folder: Path) -> Write:
    """Writes the lines of one run after the other into a log and gives its name."""

    def written(*runs: Sequence[str], joint: str = "\n", name: str = "run.log") -> str:
        text = joint.join(line for lines in runs for line in lines)
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="")
        return name

    return written
