"""What stands against results that are only read: nobody compares them with what is here now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from simulation import scenario as scenarios
from simulation.errors import InputError
from simulation.sweep.folder import Folder, Manifest, Swept
from simulation.sweep.ledger import Ledger
from simulation.sweep.made_by import code, versions

MOST = 5
"""So many cells, or gaps, are named."""


def doubts(folder: Folder, manifest: Manifest, ledger: Ledger) -> Iterator[str]:
    """Why the results of this folder may not be what they seem. Raises ``InputError`` for a damaged part."""
    if manifest.made_by != versions():
        yield f"written by another version: {manifest.made_by}, and this is {versions()}"
    other = [_title(swept) for swept in manifest.cells if _is_by_other_code(swept)]
    if other:
        yield f"{_listed(other)} by other code: the package, or its protocol, was changed since"
    covered = ledger.covered()
    empty = [_title(swept) for swept in manifest.cells if (swept.scenario, swept.overrides) not in covered]
    if empty:
        yield f"there are no runs of {_listed(empty)} yet"
    gaps = [
        f"{before}:{first} of {' '.join(word for word in key if word)}"
        for key, ranges in covered.items()
        for (_, before), (first, _) in pairwise(sorted(ranges))
        if before < first
    ]
    if gaps:
        yield f"there are no runs of the seeds {_listed(gaps)}"


def _is_by_other_code(swept: Swept) -> bool:
    """Whether it would not be repeated by what is here; of a protocol that is not here nobody knows."""
    try:
        scenario = scenarios.parse(
            swept.text, name=swept.scenario, source=swept.source, overrides=swept.settings
        )
        return code(scenario.model.protocol) != swept.code
    except InputError:
        return False


def _title(swept: Swept) -> str:
    return " ".join(word for word in (swept.scenario, swept.overrides) if word)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
