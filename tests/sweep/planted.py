"""Protocols that are not the same twice, each for a reason of its own, and two that kill their process.

The first three decide as the textbook does, so that nothing but a second look finds them out.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from simulation.protocols import handles
from simulation.protocols.effects import Multicast
from simulation.protocols.inputs import Propose, Started
from simulation.protocols.machine import Step
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.state import State

MARK = "SWEEP_TESTS_MARK"
"""The variable with the path of the file that says that somebody has died already."""


class Hello(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Says a word to the others."""

    word: str


class Polite(Node):
    """Greets everybody before anything else."""

    def order(self) -> tuple[int, ...]:
        """Whom it greets, the first first."""
        return self.config.peers

    def word(self) -> str:
        """What it says."""
        return "hello"

    @handles(Started)
    def on_started(self, state: State | None, sender: int, started: Started) -> Step:
        state, effects = super().on_started(state, sender, started)
        return state, (*effects, Multicast(self.order(), Hello(self.word())))

    @handles(Hello)
    def on_hello(self, state: State, sender: int, hello: Hello) -> Step:
        return state, ()


class WalksASet(Polite):
    """Greets in the order of a set of names: another one in every Python process."""

    def order(self) -> tuple[int, ...]:
        names = self.config.names
        return tuple([names.index(name) for name in set(names)])


class Remembers(Polite):
    """Counts its lives in its class, and so over all runs of its process."""

    lives: ClassVar[int] = 0

    def word(self) -> str:
        Remembers.lives += 1
        return f"hello from life {self.lives}"


class ReadsAClock(Polite):
    """Says how late it is."""

    def word(self) -> str:
        return f"it is {time.monotonic_ns()}"


class ReadsAClockAndNeverDecides(ReadsAClock):
    """Says how late it is, and fails in every run."""

    def vote_quorum(self) -> int:
        return len(self.config.peers) + 1


class Unlucky(Polite):
    """Raises in every run in which the first process has to propose."""

    @handles(Propose)
    def on_propose(self, state: State, sender: int, call: Propose) -> Step:
        if self.config.process == 0:
            raise ValueError("unlucky")
        return super().on_propose(state, sender, call)


class KillsOnce(Polite):
    """Kills the process that it runs in, if nobody did so before."""

    @handles(Propose)
    def on_propose(self, state: State, sender: int, call: Propose) -> Step:
        mark = Path(os.environ[MARK])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().on_propose(state, sender, call)


class KillsAlways(Polite):
    """Kills every process that it runs in."""

    @handles(Propose)
    def on_propose(self, state: State, sender: int, call: Propose) -> Step:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().on_propose(state, sender, call)
