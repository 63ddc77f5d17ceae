"""Rows on their way into parts: Parquet files written by DuckDB, each complete or absent."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.sweep.cells import Cell
from simulation.sweep.folder import UNFINISHED, Folder, full, put_in_place, unfinished
from simulation.sweep.made_by import versions
from simulation.sweep.row import COLUMNS, OF_CELL, OF_RUN

MOST_ROWS = 20_000
"""A part with so many rows is written at once, so that memory stays as it is."""


def connect() -> Any:
    """A DuckDB of one's own, which fetches nothing from anywhere."""
    try:
        import duckdb
    except ImportError:
        raise InputError("a sweep needs DuckDB: pip install 'duckdb>=1.1'") from None
    return duckdb.connect(config={"autoinstall_known_extensions": False})


def quoted(text: str | Path) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def exactly(path: Path) -> str:
    """A path as DuckDB reads it: that file and no other, whatever its name looks like."""
    return re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", str(path))


class Parts:
    """Collects rows in key order and writes them into ``folder``."""

    def __init__(self, folder: Folder, cells: list[Cell]) -> None:
        self._folder = folder
        self._rows: list[bytes] = []
        self._ends: dict[int, int] = {}
        """Where the rows of each cell end, of those that wait."""
        self._duckdb = connect()
        self._duckdb.execute("SET threads = 1")
        columns = ", ".join(f"{name} {kind}" for name, kind in OF_CELL.items())
        self._duckdb.execute(f"CREATE TABLE cells (cell INTEGER, {columns})")
        self._duckdb.executemany(
            f"INSERT INTO cells VALUES ({', '.join('?' * (len(OF_CELL) + 1))})",
            [[number, *_shared(cell)] for number, cell in enumerate(cells)],
        )

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, cell: int, first: int, rows: tuple[bytes, ...]) -> None:
        """Take the rows of the seeds from ``first`` on."""
        if self._ends.get(cell, first) != first:
            # A part holds one range a cell, so that its ends tell what is in it.
            self.write()
        self._rows.extend(rows)
        self._ends[cell] = first + len(rows)
        if len(self._rows) >= MOST_ROWS:
            self.write()

    def write(self) -> None:
        """Put what was collected into a part. Raises ``InputError`` where it cannot be kept."""
        if not self._rows:
            return
        part = self._folder.new_part()
        beside = unfinished(part)
        lines = part.with_name(f"{part.stem}.json{UNFINISHED}")
        try:
            lines.write_bytes(b"\n".join(self._rows))
            self._copy(lines, beside)
            put_in_place(beside, part)
        except OSError as error:
            raise full(part, error.strerror or str(error)) from None
        finally:
            lines.unlink(missing_ok=True)
            beside.unlink(missing_ok=True)
        self._rows.clear()
        self._ends.clear()

    def close(self) -> None:
        """Let DuckDB go."""
        self._duckdb.close()

    def _copy(self, lines: Path, to: Path) -> None:
        import duckdb

        kinds = {"cell": "INTEGER", **OF_RUN}
        options = "format = 'newline_delimited', hive_partitioning = false"
        typed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in kinds.items())
        rows = f"read_json({quoted(exactly(lines))}, {options}, columns = {{{typed}}})"
        query = f"SELECT {', '.join(COLUMNS)} FROM {rows} JOIN cells USING (cell) ORDER BY cell, seed"
        try:
            self._duckdb.execute(f"COPY ({query}) TO {quoted(to)} (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.IOException as error:
            raise OSError(str(error).partition("\n")[0]) from None
        with to.open("rb+") as written:
            os.fsync(written.fileno())


def _shared(cell: Cell) -> list[Any]:
    """The columns of ``OF_CELL``."""
    model, (name, overrides) = cell.scenario.model, cell.key
    return [
        name,
        model.profile,
        model.protocol,
        model.participants,
        overrides,
        cell.text_hash,
        versions(),
    ]
