"""Records of failing runs: the trace of each, made from its seed once the sweep is over.

Making one is a replay too: a digest other than the row's is nondeterminism.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from simulation.errors import HarnessError, NondeterminismError
from simulation.replay import CAUSES
from simulation.sweep.cells import Cell, Key
from simulation.sweep.crew import Crew
from simulation.sweep.flow import died, handed
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


def write_records(ledger: Ledger, cells: Sequence[Cell], orders: Sequence[Order], crew: Crew) -> None:
    """Make every record that is due and not there. Raises ``NondeterminismError``."""
    manifest = ledger.folder.manifest()
    keys = [(swept.scenario, swept.overrides) for swept in manifest.cells]
    by_key = {cell.key: order for cell, order in zip(cells, orders, strict=True)}
    waiting: list[tuple[Path, str, Future[tuple[str, str]]]] = []
    for scenario, overrides, seed, digest in ledger.fetch(_WHICH):
        key = scenario, overrides
        path = record_path(ledger.folder, keys, key, seed)
        if not path.exists():
            waiting.append((path, digest, handed(crew, record, by_key[key], seed)))
        if len(waiting) >= crew.ahead:
            _keep(*waiting.pop(0))
    for each in waiting:
        _keep(*each)


def _keep(path: Path, digest: str, future: Future[tuple[str, str]]) -> None:
    error = future.exception()
    if error is not None and died(error):
        raise HarnessError("a process that writes records died. The same command goes on.") from None
    now, text = future.result()
    if now != digest:
        raise NondeterminismError(
            f"{path.stem}: done again for its record, the run has the digest {now}, not {digest}.\n{CAUSES}"
        )
    write_whole(path, text.encode())
