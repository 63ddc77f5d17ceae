"""A small project of somebody's own, in whose tests scenarios run."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

# Held here, so that no test suite inside of a test imports it again.
import _simulation_pytest  # noqa: F401
from tests.checks.planted import SCENES
from tests.cli.shell import PROJECT, Said

Suite = Callable[..., pytest.RunResult]

PAXOS = '''\
"""Protocols of one's own."""

from msgspec.structs import replace

from simulation.protocols.inputs import Propose
from simulation.protocols.machine import handles
from simulation.protocols.textbook import TEXTBOOK, Node


class Right(Node):
    """The textbook's."""


class Careless(Node):
    """Phase 2b without its condition."""

    def may_vote(self, record, ballot):
        return True


class Mute(Node):
    """Never starts a ballot."""

    @handles(Propose)
    def on_propose(self, state, sender, call):
        return state, ()


class Raises(Node):
    """Cannot be proposed to."""

    @handles(Propose)
    def on_propose(self, state, sender, call):
        raise ZeroDivisionError("by a machine")


CARELESS = replace(TEXTBOOK, name="careless", components=(Careless,))
'''

RESTS = """\
format = 1
about = "p2 rests for a while, in the runs in which it is the first."
participants = 3

[roles]
resting = "first of all"
others  = "all except resting"

[script]
resting = ["suspend", "sleep 10ms", "resume", "wait 10s"]
others  = ["propose until commit", "wait 10s"]

[expect]
happens = ["p2 suspended"]
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a package of its own, two scenarios, and no other plugin of pytest."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    for told_twice in ("CI", "BUILD_NUMBER"):  # with these, pytest's summary repeats a failure
        monkeypatch.delenv(told_twice, raising=False)
    pytester.makeini("[pytest]\naddopts = -p _simulation_pytest --strict-markers")
    for folder in ("mypackage", "scenarios"):
        pytester.mkdir(folder)
    (pytester.path / "mypackage" / "paxos.py").write_text(PAXOS, encoding="utf-8")
    shutil.copy(SCENES / "duel.toml", pytester.path / "scenarios")
    (pytester.path / "scenarios" / "rests.toml").write_text(RESTS, encoding="utf-8")
    return pytester


@pytest.fixture
def suite(project: pytest.Pytester) -> Suite:
    """Writes a test module into the project and runs pytest there."""

    def run(source: str, *arguments: str, file: str = "test_it.py") -> pytest.RunResult:
        path = project.path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"import pytest\n\n{source}", encoding="utf-8")
        return project.runpytest_inprocess(*arguments)

    return run


def outcomes(result: pytest.RunResult) -> dict[str, int]:
    """How many tests passed, failed and so on."""
    return result.parseoutcomes()


def commands(result: pytest.RunResult) -> list[str]:
    """Every command that a failure says it is repeated with."""
    told = [line.removeprefix("E").strip() for line in result.outlines]
    return [line.removeprefix("repeat with: ") for line in told if line.startswith("repeat with: ")]


def environment_and_words(command: str) -> tuple[dict[str, str], list[str]]:
    """What stands before ``simulation`` in a command, and what after it."""
    words = shlex.split(command)
    environment = {}
    while "=" in words[0]:
        name, _, environment[name] = words.pop(0).partition("=")
    assert words.pop(0) == "simulation"
    return environment, words


def typed(command: str, project: pytest.Pytester) -> Said:
    """What a command does that is typed in the project's folder, in a new process."""
    environment, words = environment_and_words(command)
    done = subprocess.run(
        [sys.executable, "-c", "from simulation.cli import main; raise SystemExit(main())", *words],
        cwd=project.path,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return Said(done.returncode, done.stdout, done.stderr)
