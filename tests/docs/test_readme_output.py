"""What the README shows of its first command is what that command prints."""

from __future__ import annotations

import pytest

from simulation.cli import main
from tests.docs.pages import ROOT, block

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_lines_shown_are_printed_in_this_order(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [line for line in block(README, "", "PASS").splitlines() if line != "..."]
    assert main(["run", "leader_crash_complex", "--seed", "7"]) == 0
    said = capsys.readouterr()
    lines = iter([*said.out.splitlines(), *said.err.splitlines()])
    assert all(line in lines for line in shown), shown
