"""The way in: what was asked for is checked whole, then carried out, then read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simulation.errors import HarnessError, InputError, NondeterminismError
from simulation.scenario import Scenario
from simulation.sweep import clock
from simulation.sweep.cells import Cell, Grid, cells
from simulation.sweep.crew import Cluster, Crew, Given, Here, Processes, cores
from simulation.sweep.doubts import doubts
from simulation.sweep.engine import INTERRUPTED, Engine, Limits
from simulation.sweep.flow import died, ready
from simulation.sweep.folder import Folder, manifest_of
from simulation.sweep.interrupts import Interrupts
from simulation.sweep.ledger import Ledger
from simulation.sweep.parts import Parts
from simulation.sweep.patrol import Patrol
from simulation.sweep.progress import Progress, by_itself
from simulation.sweep.records import Records
from simulation.sweep.result import Sweep
from simulation.sweep.work import Order, order_of, rehearse

Scenarios = Scenario | str | Path | Iterable[Scenario | str | Path]


def sweep(
    scenarios: Scenarios,
    seeds: Any = None,
    *,
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    grid: Grid | None = None,
    cluster: str | None = None,
    executor: Executor | None = None,
    chunk: int | None = None,
    watch: float = 0.02,
    stop_after: int | None = None,
    max_seconds: float | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run every scenario, at every point of ``grid``, with every one of ``seeds``.

    ``jobs`` processes do it (default: one per core; one job is done in this process), or the Dask
    ``cluster`` at this address, or an ``executor`` of your own. What comes out does not depend on
    any of them, nor on ``chunk``, the seeds that are handed over at a time. With ``out`` results go
    into a folder, and the same call again does only what is missing there. ``watch`` is the share
    of runs that are done twice. ``stop_after`` so many failures, or ``max_seconds``, or Ctrl-C, it
    ends early and returns what there is; before the first run Ctrl-C raises ``KeyboardInterrupt``.

    Raises ``InputError`` before anything is written, and ``NondeterminismError``.
    """
    began_s = clock.now()
    limits = _limits(chunk, watch, stop_after, max_seconds)
    asked = _asked(scenarios, seeds, grid, out)
    with (
        Interrupts() as interrupts,
        _crew(jobs, cluster, executor) as crew,
        _watchers(crew, watch) as watchers,
    ):
        engine, patrol = Engine(asked.cells, asked.orders, limits, interrupts), Patrol(watchers, crew)
        _carry_out(asked, engine, patrol, (crew, watchers), progress or by_itself())
    return asked.result(engine, patrol, clock.now() - began_s)


def read_sweep(out: str | os.PathLike[str]) -> Sweep:
    """The results in this folder so far; a sweep may still be writing there.

    Warns where they are incomplete, or by another version of the code than is here. Raises
    ``InputError`` for what is no folder of a sweep, or damaged, and ``NondeterminismError`` for one
    in which a run came out otherwise the second time.
    """
    folder = Folder(out)
    manifest, ledger = folder.manifest(), Ledger(folder)
    folder.check_trust()
    for doubt in doubts(folder, manifest, ledger):
        warnings.warn(f"{folder.path}: {doubt}.", stacklevel=2)
    return Sweep(ledger, manifest)


_passing: list[TemporaryDirectory[str]] = []


class Asked(Struct):
    """What is to be swept, checked as far as it can be before anybody works. Nothing is written yet."""

    cells: list[Cell]
    orders: list[Order]
    folder: Folder
    keeps: bool
    """Whether the folder stays when this process ends."""

    @property
    def ledger(self) -> Ledger:
        """The rows that were asked for."""
        return Ledger(self.folder, {cell.key: cell.seeds for cell in self.cells})

    def result(self, engine: Engine, patrol: Patrol, seconds: float) -> Sweep:
        """What came of it."""
        there, now = self.folder.manifest(), {cell.key: cell.scenario.source for cell in self.cells}
        # The first call may have named the files from another folder.
        swept = [replace(each, source=now[each.scenario, each.overrides]) for each in there.cells]
        return Sweep(
            self.ledger,
            replace(there, cells=tuple(swept)),
            total=sum(cell.seeds[1] - cell.seeds[0] for cell in self.cells),
            ran=engine.ran,
            seconds=seconds,
            stopped=engine.stopped,
            watched=patrol.watched,
            keeps=self.keeps,
        )


def _asked(scenarios: Scenarios, seeds: Any, grid: Grid | None, out: str | os.PathLike[str] | None) -> Asked:
    given = [scenarios] if isinstance(scenarios, (Scenario, str, Path)) else list(scenarios)
    swept = cells(given, seeds, grid)
    orders = [order_of(number, cell) for number, cell in enumerate(swept)]
    folder = Folder(_passing_folder() if out is None else out)
    folder.check(manifest_of(swept, orders))
    return Asked(swept, orders, folder, keeps=out is not None)


def _passing_folder() -> str:
    """A folder that goes when this process does: what was asked of a sweep may be read later than it."""
    _passing.append(TemporaryDirectory(prefix="sweep-"))
    return _passing[-1].name


def _carry_out(
    asked: Asked, engine: Engine, patrol: Patrol, crews: tuple[Crew, Crew | None], progress: Progress
) -> None:
    crew, watchers = crews
    for each in crews:
        _rehearse(each, asked.orders, engine.is_interrupted)
    if engine.is_interrupted():
        # There is nothing yet that a sweep could return.
        raise KeyboardInterrupt
    with asked.folder.opened(manifest_of(asked.cells, asked.orders)):
        parts = Parts(asked.folder, asked.cells)
        try:
            engine.run(asked.ledger, parts, crew, patrol, progress)
            records = Records(asked.ledger, asked.cells, asked.orders)
            if not records.write(watchers or crew, engine.is_interrupted):
                engine.stopped = INTERRUPTED
        except NondeterminismError as error:
            asked.folder.distrust(str(error))
            raise
        finally:
            parts.close()
            progress.close()


def _limits(chunk: int | None, watch: float, stop_after: int | None, max_seconds: float | None) -> Limits:
    for name, number in (("chunk", chunk), ("stop_after", stop_after)):
        if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 1):
            raise InputError(f"{name}: is {number!r}. A whole number from 1 on.")
    if not _number(watch) or not 0 <= watch <= 1:
        raise InputError(f"watch: is {watch!r}. A share from 0 to 1, as in 0.02 for one run in fifty.")
    if max_seconds is not None and (not _number(max_seconds) or not max_seconds > 0):
        raise InputError(f"max_seconds: is {max_seconds!r}. A number above 0.")
    return Limits(chunk, int(watch * 2**64), stop_after, max_seconds)


def _number(given: Any) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


@contextmanager
def _crew(jobs: int | None, cluster: str | None, executor: Executor | None) -> Iterator[Crew]:
    if jobs is not None and (isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= 1024):
        raise InputError(
            f"jobs: is {jobs!r}. A whole number from 1 to 1024; this machine has {cores()} cores."
        )
    if cluster is not None and (jobs is not None or executor is not None):
        raise InputError("--cluster: its workers do the work. Leave --jobs, and an executor, out.")
    crew: Crew
    if cluster is not None:
        crew = Cluster(cluster)
    elif executor is not None:
        crew = Given(executor, jobs or cores())
    elif (jobs or cores()) == 1:
        crew = Here()
    else:
        crew = Processes(jobs or cores())
    with closing(crew):
        yield crew


@contextmanager
def _watchers(crew: Crew, share: float) -> Iterator[Crew | None]:
    """Processes on this machine that keep up with their share of the work."""
    if not share:
        yield None
        return
    with closing(Processes(max(1, min(cores(), round(share * crew.jobs))))) as watchers:
        yield watchers


def _rehearse(crew: Crew | None, orders: Sequence[Order], stop: Callable[[], bool]) -> None:
    """Let workers begin, and find out whether they can do the work at all. Raises ``InputError``."""
    if crew is None:
        return
    try:
        for future in [crew.submit(rehearse, tuple(orders)) for _ in range(crew.jobs)]:
            if not ready(future, stop):
                return
            future.result()
    except InputError as error:
        raise InputError(
            f"{error}\nA worker process says so. What it runs has to be in a module that it can import,"
            " and not in a script or notebook; with jobs=1 and watch=0 this process does it all."
        ) from None
    except Exception as error:
        if not died(error):
            raise
        if stop():
            return
        raise HarnessError("the worker processes ended as they began: out of memory, or killed") from None
