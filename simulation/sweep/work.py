"""What is handed to a worker, and what comes back: a range of seeds in, rows out.

Work is plain data and carries the scenario's text, so a worker needs nothing but this package,
of the same code, and the user's own protocol where it can import it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.errors import HarnessError, InputError, SimulationError
from simulation.replay import record_lines
from simulation.report.command import run_command
from simulation.report.raised import raised
from simulation.run import Run, Runner
from simulation.sweep import clock
from simulation.sweep.cells import Cell
from simulation.sweep.interrupts import unless_asked
from simulation.sweep.made_by import code
from simulation.sweep.row import Row, encode, row_of

GOLDEN = 0x9E3779B97F4A7C15
"""2**64 over the golden ratio: its multiples spread the seeds that are chosen evenly."""

LONGEST_S = 3.0
"""Work that takes longer is handed back with what is done: whoever waits may want to stop."""

_KEPT = 4
"""So many scenarios stay built in a worker."""

_local = threading.local()


class Order(Struct, frozen=True):
    """A cell as a worker needs it; ``code`` is the hash that the worker has to come to as well."""

    cell: int
    name: str
    source: str
    text: str
    overrides: dict[str, Any]
    protocol: str
    code: str


class Work(Struct, frozen=True):
    """The seeds from ``first`` to before ``end``; ``share`` of 2**64 of them are watched, and ``always``."""

    order: Order
    first: int
    end: int
    share: int = 0
    always: int = -1


class Watched(Struct, frozen=True):
    """A run to be done again: its row has to be ``row`` to the byte. ``first`` is where its work began."""

    order: Order
    first: int
    seed: int
    row: bytes


class Done(Struct, frozen=True):
    """Rows by seed, the first letters of their verdicts, what is to be watched, and how long it took.

    There are fewer rows than seeds where it took too long, or where the next run raised ``error``.
    """

    rows: tuple[bytes, ...]
    verdicts: str
    watched: tuple[Watched, ...]
    busy_s: float
    error: SimulationError | None = None


class Difference(Struct, frozen=True):
    """A run that came out otherwise: its row and its record now."""

    watched: Watched
    row: bytes
    record: tuple[str, ...]


def order_of(number: int, cell: Cell) -> Order:
    """What a worker is told of a cell. Raises ``InputError`` where its protocol cannot be imported."""
    scenario = cell.scenario
    protocol = scenario.model.protocol
    where = scenario.name, scenario.source, scenario.text, dict(scenario.overrides)
    return Order(number, *where, protocol, code(protocol))


def rehearse(orders: Iterable[Order]) -> int:
    """Build everything and run nothing; the process it was done in. Raises what ``carry_out`` would."""
    for order in orders:
        _runner(order)
    return os.getpid()


def carry_out(work: Work) -> Done:
    """The runs of this work in the order of their seeds, as far as they come in good time.

    Ctrl-C, where this process hears of it, ends it with the runs before.
    """
    began_s = clock.now()
    runner, share = _runner(work.order), work.share
    rows: list[bytes] = []
    verdicts, watched, wrong = [], [], None
    for seed in range(work.first, work.end):
        if rows and clock.now() - began_s > LONGEST_S:
            break
        try:
            row = unless_asked(_row, work.order, runner, seed)
        except SimulationError as error:
            # What came before is a result all the same.
            wrong = error
            break
        if row is None:
            _local.__dict__.clear()
            break
        rows.append(encode(row))
        verdicts.append(row.verdict[0])
        if seed * GOLDEN % 2**64 < share or seed == work.always:
            watched.append(Watched(work.order, work.first, seed, rows[-1]))
    return Done(tuple(rows), "".join(verdicts), tuple(watched), clock.now() - began_s, wrong)


def watch(all_watched: tuple[Watched, ...]) -> Difference | None:
    """Do these runs again, the last first, and tell of the first that comes out otherwise."""
    _do_another(all_watched[-1])
    for watched in reversed(all_watched):
        run = _again(watched.order, watched.seed)
        row = encode(row_of(watched.order.cell, run))
        if row != watched.row:
            return Difference(watched, row, tuple(record_lines(run)))
    return None


def _do_another(watched: Watched) -> None:
    """Do a run that is none of the watched ones, so that the first of them comes after others too."""
    with suppress(Exception):
        # Nobody asked for that run, so nobody hears what is wrong with it.
        _again(watched.order, watched.seed + 1)


def retell(watched: Watched) -> tuple[bytes, tuple[str, ...]]:
    """Row and record of a run done after the same runs as the first time, in another process."""
    for seed in range(watched.first, watched.seed):
        _again(watched.order, seed)
    run = _again(watched.order, watched.seed)
    return encode(row_of(watched.order.cell, run)), tuple(record_lines(run))


def record(order: Order, seed: int) -> tuple[str, str]:
    """The digest and the record, as text, of one run."""
    run = _again(order, seed)
    return run.digest, "".join(f"{line}\n" for line in record_lines(run))


def _row(order: Order, runner: Runner, seed: int) -> Row:
    with _naming(order, seed):
        return row_of(order.cell, runner.run(seed))


def _again(order: Order, seed: int) -> Run:
    runner = _runner(order)
    with _naming(order, seed):
        return runner.run(seed)


def _runner(order: Order) -> Runner:
    # One set per thread: a Dask worker may have several, and a cluster of processes serves one run.
    kept: dict[tuple[str, ...], Runner] = _local.__dict__.setdefault("runners", {})
    key = order.name, order.text, repr(order.overrides), order.code
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = _built(order)
    return kept[key]


def _built(order: Order) -> Runner:
    here = code(order.protocol)
    if here != order.code:
        raise InputError(
            f"a worker has other code of this package, or of {order.protocol!r}, than the machine that asks:"
            f" {here} and not {order.code}. Install the same everywhere and restart the workers."
        )
    parsed = scenarios.parse(order.text, name=order.name, source=order.source, overrides=order.overrides)
    return Runner(parsed)


@contextmanager
def _naming(order: Order, seed: int) -> Iterator[None]:
    """Let whatever goes wrong in a run say in which."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        what = str(error) if isinstance(error, SimulationError) else raised(error)
        command = run_command(order.name, order.source, order.text, order.overrides, seed)
        raise HarnessError(f"{order.name}, seed {seed}: {what}\nthe run alone: {command}") from None
