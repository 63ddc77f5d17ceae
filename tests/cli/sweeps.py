"""Sweeps for the tests of the command line: how they are asked for, and what they said."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES, with_protocol
from tests.cli.shell import PROJECT, Said

HERE = ("--jobs", "1", "--watch", "0")
"""In this process alone: nothing has to be started."""

DUEL = str(PROJECT / "tests" / "mutants" / "scenes" / "duel.toml")

SOME_FAIL = (DUEL, "--set", "protocol=tests.mutants.catalogue:ADOPTS_THE_LOWEST_VOTE")
"""Of the seeds 0 to 19 those in ``FAILING`` fail, for two causes."""

FAILING = [0, 4, 5, 10, 12, 19]

AGREES = EVERYBODY_PROPOSES.replace('"propose"', '"propose until commit"')
"""Passes with every seed."""

LONER = with_protocol(EVERYBODY_PROPOSES, "Loner")
"""Fails with every seed."""

DIVIDES = with_protocol(EVERYBODY_PROPOSES, "Divides")
"""Raises with every seed."""

PRESSES_CTRL_C = """\
import signal

from simulation.protocols import handles
from simulation.protocols.inputs import Started
from simulation.protocols.textbook import Node
from tests.cli.machines import Loner


RUNS = 0


class Mine(Node):
    @handles(Started)
    def on_started(self, state, sender, started):
        global RUNS
        if self.config.process == 0:
            RUNS += 1
            if RUNS == 2:
                signal.raise_signal(signal.SIGINT)
        return super().on_started(state, sender, started)
"""
"""A module with a protocol that decides, and whose user presses Ctrl-C in the second run of every process."""


def found(call: Call, *arguments: str) -> dict[str, Any]:
    """The object that this sweep prints."""
    return object_of(call("sweep", *arguments, "--format", "json"))


def object_of(said: Said) -> dict[str, Any]:
    """The object on stdout."""
    printed: dict[str, Any] = json.loads(said.out)
    return printed


def repeat(said: Said) -> list[str]:
    """The arguments of the command in the last line."""
    words = shlex.split(said.err.splitlines()[-1].partition("with: ")[2])
    assert words[0] == "simulation"
    return words[1:]


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
