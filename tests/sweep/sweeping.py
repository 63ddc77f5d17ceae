"""What the tests of this folder sweep, and what they look at afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import simulation
from simulation.scenario import Scenario
from simulation.sweep import Sweep, engine
from simulation.sweep.cells import Cell, cells
from simulation.sweep.folder import Folder, Manifest, manifest_of
from simulation.sweep.parts import Parts
from simulation.sweep.work import Order, carry_out, order_of
from simulation.sweep.work import Work as Piece

SCENES = Path(__file__).parents[1] / "mutants" / "scenes"

HERE: dict[str, Any] = {"jobs": 1, "watch": 0}
"""A sweep in this process alone: nothing has to be started."""

ROWS = "SELECT * FROM runs ORDER BY scenario, overrides, seed"


def rows(sweep: Sweep) -> list[str]:
    """Every row in key order, each as text, so that equal means equal to the last letter."""
    return [repr(row) for row in sweep.query(ROWS).fetchall()]


def seeds(sweep: Sweep) -> list[int]:
    """The seeds of all rows in key order."""
    return [seed for (seed,) in sweep.query("SELECT seed FROM runs ORDER BY ALL").fetchall()]


def mutant(name: str, scene: str = "duel") -> Scenario:
    """A scene played by one of the wrong protocols."""
    path = SCENES / f"{scene}.toml"
    return simulation.load(path if path.exists() else scene, protocol=f"tests.mutants.catalogue:{name}")


def planted(name: str, **overrides: Any) -> Scenario:
    """The scenario ``simple`` played by a protocol of ``tests.sweep.planted``."""
    return simulation.load("simple", protocol=f"tests.sweep.planted:{name}", **overrides)


@contextmanager
def fresh_parts() -> Iterator[None]:
    """Inside the block a part is written whenever there are rows for one."""
    with mock.patch.object(engine, "FRESH_S", 0.0), mock.patch.object(engine, "FRESH_SHARE", 0.0):
        yield


class Steps:
    """Progress that calls ``what`` once, with itself, after ``after`` runs."""

    def __init__(self, after: int, what: Any) -> None:
        self.after = after
        self.what = what
        self.done = 0
        self.happened = False

    def begin(self, total: int, there: int, failed: int) -> None:
        """Nothing to do."""

    def step(self, runs: int, failed: int) -> None:
        """Count, and call where it is time."""
        self.done += runs
        if self.done >= self.after and not self.happened:
            self.happened = True
            self.what()

    def close(self) -> None:
        """Nothing to put away."""


class Laid:
    """Cells with their orders, manifest and folder, in which parts are laid by hand."""

    def __init__(self, path: Path, given: Sequence[Scenario | str], wanted: Any) -> None:
        self.cells: list[Cell] = cells(given, wanted)
        self.orders: list[Order] = [order_of(number, cell) for number, cell in enumerate(self.cells)]
        self.manifest: Manifest = manifest_of(self.cells, self.orders)
        self.folder = Folder(path)

    def lay(self, cell: int, first: int, end: int) -> Path:
        """Run these seeds and put their rows into a part."""
        with self.folder.opened(self.manifest):
            part = self.folder.new_part()
            parts = Parts(self.folder, self.cells)
            parts.add(cell, first, carry_out(Piece(self.orders[cell], first, end)).rows)
            parts.write()
            parts.close()
        return part
