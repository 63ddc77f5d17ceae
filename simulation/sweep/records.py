"""Records of failing runs: the trace of each, made from its seed once the sweep is over.

Making one is a replay too: a digest other than the row's is nondeterminism.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from simulation.errors import HarnessError, NondeterminismError
from simulation.replay import CAUSES
from simulation.sweep.cells import Cell, Key
from simulation.sweep.crew import Crew
from simulation.sweep.flow import died, handed, ready
from simulation.sweep.folder import Folder, write_whole
from simulation.sweep.ledger import ORDER, Ledger
from simulation.sweep.work import Order, record

MOST = 100
"""So many runs of each cause and cell get a record; a hundred of one kind tell what there is to tell."""

_WHICH = f"""
    SELECT scenario, overrides, seed, digest FROM runs WHERE verdict = 'fail'
    QUALIFY row_number() OVER (PARTITION BY scenario, overrides, cause ORDER BY seed) <= {MOST}
    ORDER BY {ORDER}
"""


def record_path(folder: Folder, cells: Sequence[Key], key: Key, seed: int) -> Path:
    """Where the record of this run is, if it has one. ``cells`` are those of the folder's manifest."""
    name = re.sub(r"[^\w.-]", "_", key[0])
    return folder.failures / f"{name}-{cells.index(key)}-seed-{seed}.jsonl"


class Records:
    """The records that are due of the failures in ``ledger``."""

    def __init__(self, ledger: Ledger, cells: Sequence[Cell], orders: Sequence[Order]) -> None:
        self._ledger = ledger
        self._orders = {cell.key: order for cell, order in zip(cells, orders, strict=True)}

    def write(self, crew: Crew, stop: Callable[[], bool]) -> bool:
        """Make all that are not there; False where ``stop`` came first. Raises ``NondeterminismError``."""
        waiting: list[Due] = []
        for path, key, seed, digest in self._missing():
            if stop():
                return False
            waiting.append((path, digest, handed(crew, record, self._orders[key], seed)))
            if len(waiting) >= crew.ahead and not _kept(waiting.pop(0), stop):
                return False
        return all(_kept(due, stop) for due in waiting)

    def _missing(self) -> Iterator[tuple[Path, Key, int, str]]:
        folder = self._ledger.folder
        keys = [(swept.scenario, swept.overrides) for swept in folder.manifest().cells]
        for scenario, overrides, seed, digest in self._ledger.fetch(_WHICH):
            key = scenario, overrides
            path = record_path(folder, keys, key, seed)
            if not path.exists():
                yield path, key, seed, digest


Due = tuple[Path, str, "Future[tuple[str, str]]"]


def _kept(due: Due, stop: Callable[[], bool]) -> bool:
    """Write it where it belongs; False where ``stop`` came first."""
    path, digest, future = due
    if stop() or not ready(future, stop):
        return False
    error = future.exception()
    if error is not None and died(error):
        raise HarnessError("a process that writes records died. The same command goes on.") from None
    now, text = future.result()
    if now != digest:
        raise NondeterminismError(
            f"{path.stem}: done again for its record, the run has the digest {now}, not {digest}.\n{CAUSES}"
        )
    write_whole(path, text.encode())
    return True
