"""Protocols need no simulator: they decide where SimPy and NumPy cannot be imported.

Each test runs in a Python of its own, because this one has long imported everything. There,
a bare package stands in for ``simulation``, whose front door imports every room.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulation.protocols import protocols

PROJECT = Path(__file__).parents[2]

PROGRAM = """
import sys
from types import ModuleType

sys.modules["simpy"] = sys.modules["numpy"] = None  # From here on, importing them fails.
sys.path.insert(0, sys.argv[1])
bare = sys.modules["simulation"] = ModuleType("simulation")
bare.__path__ = [sys.argv[1] + "/simulation"]

from simulation.protocols import find_protocol
from tests.protocols.playground import Playground

world = Playground(find_protocol(sys.argv[2]), participants=3)
world.propose(process=0, value=7)
world.calm(until=lambda: len(world.decisions()) == 3)
print(world.decisions())
print(sorted({name.split(".")[1] for name in sys.modules if name.startswith("simulation.")}))
"""


def lines_of(protocol: str) -> list[str]:
    """What the program prints: the decisions, then the rooms of the package that it entered."""
    command = [sys.executable, "-c", PROGRAM, str(PROJECT), protocol]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("protocol", protocols())
def test_protocol_decides_without_a_simulator(protocol: str) -> None:
    assert lines_of(protocol)[0] == "{0: 7, 1: 7, 2: 7}"


@pytest.mark.parametrize("protocol", protocols())
def test_protocol_enters_no_room_but_its_own_and_that_of_the_errors(protocol: str) -> None:
    assert lines_of(protocol)[1] == "['errors', 'protocols']"
