"""Whole sweeps: two jobs against one, and a long one whose memory has to stay as it is.

``python -m benchmarks.sweep [--seeds N] [--rounds N] [--long N]``. Time on the wall, since processes are
what is measured; nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import simulation

SCENARIOS: Final = ("simple", "leader_crash_complex")

SETTLED: Final = 50_000
"""From so many runs on memory should no longer grow."""

QUERY: Final = """
    SELECT verdict, ballots, count(*), avg(events), quantile_cont(decision_us, 0.99), max(messages)
    FROM runs GROUP BY verdict, ballots ORDER BY verdict, ballots
"""


class Memory:
    """Is told of a sweep's progress and looks how much memory it and its workers have."""

    def __init__(self) -> None:
        self.samples: list[tuple[int, float]] = []
        """Runs done, and megabytes, over all processes."""
        self._done = self._next = 0
        self._every = 1

    def begin(self, total: int, there: int, failed: int) -> None:
        """Choose how often to look."""
        self._every = max(1, total // 200)

    def step(self, runs: int, failed: int) -> None:
        """Look, if it is time."""
        self._done += runs
        if self._done >= self._next:
            self._next = self._done + self._every
            self.samples.append((self._done, sum(map(_resident_mb, _family()))))

    def close(self) -> None:
        """Nothing to put away."""

    def between(self, first: int, end: float = float("inf")) -> str:
        """The median and the most, between so many runs and so many."""
        found = [mb for done, mb in self.samples if first <= done < end]
        return f"{median(found):,.0f} ({max(found):,.0f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print two tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--seeds", type=int, default=8_000, help="of each of two sweeps a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--long", type=int, default=0, metavar="N", help="also one sweep of N seeds of simple"
    )
    given = parser.parse_args(arguments)
    print("| scenario | 1 job | 2 jobs | compared |\n|---|---|---|---|")
    for scenario in SCENARIOS:
        print(_compared(scenario, given.seeds if scenario == "simple" else given.seeds // 3, given.rounds))
    if given.long:
        print("\n| seeds of simple | runs/s | folder | memory: median (most) | a query | digest | again |")
        print("|---|---|---|---|---|---|---|")
        print(_long(given.long))
    return 0


def _compared(scenario: str, seeds: int, rounds: int) -> str:
    one, two = [], []
    digests = set()
    for _ in range(rounds):
        for rates, jobs in ((one, 1), (two, 2)):
            done = simulation.sweep(scenario, seeds, jobs=jobs)
            rates.append(done.runs_per_second)
            digests.add(done.digest)
    if len(digests) != 1:
        raise AssertionError(f"{scenario}: {len(digests)} digests of one sweep")
    ratio = median(second / first for first, second in zip(one, two, strict=True))
    return f"| {scenario} | {median(one):,.0f} runs/s | {median(two):,.0f} runs/s | {ratio:.2f} x one job |"


def _long(seeds: int) -> str:
    memory = Memory()
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        done = simulation.sweep("simple", seeds, out=out, progress=memory)
        size_mb = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6
        began_s = perf_counter()
        rows = done.query(QUERY).fetchall()
        took_s = perf_counter() - began_s
        digest_s = _seconds(lambda: done.digest)
        again_s = _seconds(lambda: simulation.sweep("simple", seeds, out=out, jobs=1, watch=0))
        if sum(row[2] for row in rows) != seeds:
            raise AssertionError(f"{rows} are not {seeds} runs")
    settled, middle = min(SETTLED, seeds // 4), seeds // 2
    first, second, last = (
        memory.between(*ends) for ends in ((0, settled), (settled, middle), (middle, seeds + 1))
    )
    return (
        f"| {seeds:,} | {done.runs_per_second:,.0f} | {size_mb:,.0f} MB, {1e6 * size_mb / seeds:,.0f} B a run"
        f" | {first} MB in the first {settled:,}, {second} to half, {last} to the end"
        f" | {took_s:.2f} s | {digest_s:.1f} s | {again_s:.1f} s |"
    )


def _seconds(what: Callable[[], object]) -> float:
    began_s = perf_counter()
    what()
    return perf_counter() - began_s


def _family() -> list[int]:
    """This process and its children, the workers."""
    me = os.getpid()
    found = [me]
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == me:
            found.append(int(status.parent.name))
    return found


def _resident_mb(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
