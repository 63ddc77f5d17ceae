"""Kill a sweep again and again, start it again each time, and compare with one that nobody disturbed.

``python -m tests.sweep.killing [--seeds N] [--kills N] [--jobs N] [--chance N]``. The sweep is killed with
``kill -9`` at a moment that is drawn by a seeded generator: every third time as it starts, else after so
many pieces of work. After every kill what is there has to be readable, and to be of the rows that are
due, none twice.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from msgspec import Struct

import simulation
from tests.sweep import driver
from tests.sweep.instants import is_due
from tests.sweep.sweeping import rows

CHUNK = 4

START_S = 1.5
"""About so long it takes until the first rows are there."""

PATIENCE_S = 600
"""How long the last sweep, which nobody kills, may take."""


class Killed(Struct):
    """How it went: after each kill how many rows were there, and in the end whether all were right."""

    there: list[int]
    left_over: list[str]
    doubled: int
    strange: int
    same: bool
    digests: tuple[str, str]

    @property
    def well(self) -> bool:
        """Whether nothing was lost, doubled or changed, and nothing lies about."""
        rising = sorted(self.there) == self.there
        digests = self.digests[0] == self.digests[1]
        return rising and digests and self.same and not (self.doubled or self.strange or self.left_over)


def killed(out: Path, *, seeds: int, kills: int, jobs: int, chance: int) -> Killed:
    """Kill the sweep into ``out`` so many times, let it come to its end, and compare."""
    undisturbed = simulation.sweep("simple", seeds, jobs=jobs, watch=0)
    due = rows(undisturbed)
    random, there, doubled, strange = Random(chance), [0], 0, 0
    for number in range(kills):
        with driver.start(out, *_options(seeds, jobs)) as sweeping:
            for _ in range(random.randrange(seeds // CHUNK // kills) if number % 3 else 0):
                sweeping.stdout.readline()
            time.sleep(random.uniform(0, 0.02 if number % 3 else START_S))
            sweeping.kill()
        found = rows(simulation.read_sweep(out)) if (out / "sweep.json").exists() else []
        there.append(len(found))
        doubled += len(found) - len(set(found))
        strange += len(set(found) - set(due))
    with driver.start(out, *_options(seeds, jobs)) as sweeping:
        said, err = sweeping.communicate(timeout=PATIENCE_S)
    if not said.endswith(f"ended: complete, {seeds} runs\n"):
        raise AssertionError(f"after {kills} kills it said {said!r} and {err!r}")
    done = simulation.read_sweep(out)
    left = [file.name for file in out.rglob("*") if file.is_file() and not is_due(file)]
    return Killed(there, left, doubled, strange, rows(done) == due, (done.digest, undisturbed.digest))


def _options(seeds: int, jobs: int) -> tuple[str, ...]:
    often = (f"--chunk={CHUNK}", "--fresh=0.02", "--watch=0", "--tell")
    return (f"--seeds={seeds}", f"--jobs={jobs}", *often)


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, and print how it went."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep.killing", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--chance", type=int, default=0, help="seed of the generator of instants")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        found = killed(
            Path(folder) / "out",
            seeds=given.seeds,
            kills=given.kills,
            jobs=given.jobs,
            chance=given.chance,
        )
    print(f"rows after each kill: {', '.join(f'{count:,}' for count in found.there[1:])}")
    print(f"doubled {found.doubled}, strange {found.strange}, left over {found.left_over}, {found.digests}")
    print("as if undisturbed" if found.well else "NOT as if undisturbed")
    return 0 if found.well else 1


if __name__ == "__main__":
    sys.exit(main())
