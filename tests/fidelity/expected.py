"""The figures of the seed log, row by row, from ``expected.json``.

``test_seed_log`` computes every one of them again from the log. The counts, the orders
and the fates are the ones that the description of the seed lists; ``ghost_first``,
``proposer_accepts_first``, ``proposer_decides_first`` and ``usual_survivors`` are ours.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .provenance import Case
from .summary import Spread, Summary

FAMILY = ("non_leader_proposes_after_election", "leader_should_nack", "non_leader_should_nack")
"""The scenarios of the same family that the log does not hold: no figures are known."""


def load() -> dict[Case, Summary]:
    """Case -> what the seed log shows for it, in the order of the seed's tables."""
    rows = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
    return {Case(row["scenario"], row["n"], row["profile"]): _summary(row) for row in rows}


def _summary(row: dict[str, Any]) -> Summary:
    return Summary(
        runs=row["runs"],
        lines=_spreads(row["lines"]),
        order=_spreads(row["order"]),
        runs_with=row["runs_with"],
        cut_pairs=row["cut_pairs"],
        leader_lines_per_survivor={int(n): many for n, many in row["leader_lines_per_survivor"].items()},
        proposers=row["proposers"],
        fates=row.get("fates", {}),
        usual_survivors=row.get("usual_survivors", 0),
    )


def _spreads(listed: dict[str, list[float]]) -> dict[str, Spread]:
    return {name: (least, middle, most) for name, (least, middle, most) in listed.items()}


def all_cases(rows: dict[Case, Summary]) -> list[Case]:
    """Every size of every scenario in both profiles, those without figures included."""
    sizes = list(dict.fromkeys((case.scenario, case.n) for case in rows))
    sizes += [(scenario, None) for scenario in FAMILY]
    return [Case(scenario, n, profile) for scenario, n in sizes for profile in ("local", "dist")]
