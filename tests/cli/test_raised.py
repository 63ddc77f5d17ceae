"""A user's machine that raises: the user's own file is read first, then what led there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.shell import Said, shell
from tests.cli.sweeps import AGREES

RAISES = """\
from simulation.protocols import handles
from simulation.protocols.inputs import Started
from simulation.protocols.textbook import Node


class Mine(Node):
    @handles(Started)
    def on_started(self, state, sender, started):
        return {}["no such key"]
"""

WAYS = {
    "run": ("run", "mine.toml"),
    "strategy": ("run", "mine.toml", "--strategy", "uniform"),
    "sweep": ("sweep", "mine.toml", "--seeds", "0:2", "--jobs", "1", "--watch", "0"),
}


@pytest.fixture(params=WAYS)
def said(request: pytest.FixtureRequest, folder: Path) -> Said:
    (folder / "mine.py").write_text(RAISES, encoding="utf-8")
    (folder / "mine.toml").write_text('protocol = "mine:Mine"\n' + AGREES, encoding="utf-8")
    return shell(*WAYS[request.param], cwd=folder)


def test_the_traceback_begins_in_the_users_file(said: Said) -> None:
    files = [line for line in said.err.splitlines() if line.startswith("  File ")]
    assert len(files) == 1
    assert files[0].endswith('mine.py", line 9, in on_started')


def test_the_message_is_told_with_what_was_handled_and_in_which_state(said: Said) -> None:
    assert "\nKeyError: 'no such key'\nraised by p" in said.err
    assert " at 0 us, given Started(), in the state None" in said.err


def test_of_a_bug_of_the_harness_every_line_is_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.cli.commands.catalogue", lambda: {}["no such key"])
    said = call("list")
    assert (said.code, "in show_list" in said.err) == (3, True)
