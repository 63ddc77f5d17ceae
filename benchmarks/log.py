"""``python -m benchmarks.log LOG``: what checking a log costs as it grows.

The log is checked alone and as 4 and 16 copies of itself, each time by a new process, as a
user would, on one core. The processor time should grow as the log does, the memory not at
all.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

COPIES: Final = (1, 4, 16)
ROUNDS: Final = 3


class Cost(Struct, frozen=True):
    """What one check took: its figures, processor seconds and the most memory at any time."""

    runs: int
    reenacted: int
    lines: int
    seconds: float
    megabytes: float


def cost_of(log: Path) -> Cost:
    """Check a log in a process of its own."""
    command = [sys.executable, "-m", "simulation", "check", str(log), "--format", "json"]
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        out.seek(0)
        found = json.load(out)
    figures = (found["runs"], found["reenacted"], found["lines"])
    return Cost(*figures, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def costs(log: Path, copies: Sequence[int] = COPIES, rounds: int = ROUNDS) -> list[Cost]:
    """The fastest of some rounds for each number of copies, taken in turns."""
    text = log.read_text(encoding="utf-8").rstrip()
    found: dict[int, list[Cost]] = {count: [] for count in copies}
    with tempfile.TemporaryDirectory() as folder:
        for count in copies:
            (Path(folder) / f"{count}.log").write_text("\n".join([text] * count) + "\n", encoding="utf-8")
        for _ in range(rounds):
            for count in copies:
                found[count].append(cost_of(Path(folder) / f"{count}.log"))
    return [min(found[count], key=lambda cost: cost.seconds) for count in copies]


def table(copies: Sequence[int], measured: Sequence[Cost]) -> str:
    """The costs in Markdown, each compared with the first."""
    rows = [
        "| copies of the log | runs | re-enacted | lines | processor time | per copy | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    first = measured[0]
    for count, cost in zip(copies, measured, strict=True):
        times = cost.seconds / count / (first.seconds / copies[0])
        rows.append(
            f"| {count} | {cost.runs:,} | {cost.reenacted:,} | {cost.lines:,} | {cost.seconds:.1f} s"
            f" | {times:.2f} x | {cost.megabytes:.0f} MB, {cost.megabytes / first.megabytes:.2f} x |"
        )
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log", description=__doc__)
    parser.add_argument("log", type=Path, help="a log of the real system, or of simulated runs")
    print(table(COPIES, costs(parser.parse_args(arguments).log)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
