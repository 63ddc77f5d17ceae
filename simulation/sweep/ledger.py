"""What the parts of a folder hold, asked with SQL. Anything else may ask too, while a sweep goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.sweep.cells import Key
from simulation.sweep.folder import Folder
from simulation.sweep.parts import connect, exactly, quoted
from simulation.sweep.row import COLUMNS, OF_CELL, OF_RUN
from simulation.sweep.seeds import Range

ORDER = "scenario, overrides, seed"
"""The order of rows."""

_BLOCK = 10_000


class Ledger:
    """The rows of ``folder``: of the cells and seeds in ``asked``, or all where that is None."""

    def __init__(self, folder: Folder, asked: Mapping[Key, Range] | None = None) -> None:
        self.folder = folder
        self._asked = asked

    def covered(self) -> dict[Key, list[Range]]:
        """Which seeds of each cell are there. Raises ``InputError`` for a part that is damaged."""
        found: dict[Key, list[Range]] = {}
        for part, scenario, overrides, first, last, rows in self._ranges():
            end = last + 1
            there = found.setdefault((scenario, overrides), [])
            if rows != end - first or any(first < other[1] and other[0] < end for other in there):
                raise _damaged(part, f"seeds {first}:{end} of {scenario} lack some, or are in another too")
            there.append((first, end))
        return found

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """A connection to DuckDB in which the rows are called ``runs``."""
        import duckdb

        connection = connect()
        try:
            connection.execute(self._view())
            yield connection
        except duckdb.Error as error:
            raise InputError(f"{self.folder.path}: {error}") from None
        finally:
            connection.close()

    def query(self, sql: str) -> Any:
        """The relation that ``sql`` gives, in which the rows are called ``runs``."""
        import duckdb

        connection = connect()
        try:
            connection.execute(self._view())
            return connection.sql(sql)
        except duckdb.Error as error:
            raise InputError(f"query: {error}") from None

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """All that ``sql`` gives."""
        with self.opened() as duckdb:
            rows: list[tuple[Any, ...]] = duckdb.execute(sql).fetchall()
            return rows

    def digest(self) -> str:
        """BLAKE2b over the digests of all runs in order, as 32 hexadecimal digits."""
        hashed = blake2b(digest_size=16)
        # DuckDB joins a block of digests faster than Python would walk over them.
        sql = (
            f"SELECT string_agg(digest, '' ORDER BY seed) FROM runs GROUP BY scenario, overrides,"
            f" seed // {_BLOCK} ORDER BY scenario, overrides, seed // {_BLOCK}"
        )
        with self.opened() as duckdb:
            cursor = duckdb.execute(sql)
            while blocks := cursor.fetchmany(100):
                for (digests,) in blocks:
                    hashed.update(digests.encode())
        return hashed.hexdigest()

    def _ranges(self) -> list[tuple[Any, ...]]:
        import duckdb

        parts = self.folder.parts()
        if not parts:
            return []
        connection = connect()
        try:
            return _ends(connection, parts)
        except duckdb.Error:
            for part in parts:
                try:
                    _ends(connection, [part])
                except duckdb.Error as error:
                    raise _damaged(part, str(error).partition("\n")[0]) from None
            raise
        finally:
            connection.close()

    def _view(self) -> str:
        columns = ", ".join(COLUMNS)
        parts = self.folder.parts()
        if not parts:
            kinds = {**OF_CELL, **OF_RUN}
            return f"CREATE TABLE runs ({', '.join(f'{name} {kinds[name]}' for name in COLUMNS)})"
        rows = f"SELECT {columns} FROM {_parquet(parts)}"
        if self._asked is None:
            return f"CREATE VIEW runs AS {rows}"
        wanted = ", ".join(
            f"({quoted(scenario)}, {quoted(overrides)}, {first}, {end})"
            for (scenario, overrides), (first, end) in self._asked.items()
        )
        return (
            f"CREATE VIEW runs AS {rows} JOIN (VALUES {wanted}) AS asked(scenario, overrides, low, high)"
            " USING (scenario, overrides) WHERE seed >= low AND seed < high"
        )


def _ends(duckdb: Any, parts: Sequence[Path]) -> list[tuple[Any, ...]]:
    """Part by part and cell by cell: the first seed, the last, and how many rows."""
    rows: list[tuple[Any, ...]] = duckdb.execute(
        "SELECT filename, scenario, overrides, min(seed), max(seed), count(*)"
        f" FROM {_parquet(parts)} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return rows


def _parquet(parts: Sequence[Path]) -> str:
    files = ", ".join(quoted(exactly(part)) for part in parts)
    return f"read_parquet([{files}], filename = true, hive_partitioning = false)"


def _damaged(part: Path | str, why: str) -> InputError:
    return InputError(f"{part}: is damaged: {why}. Remove the file; the same command makes its runs anew.")
