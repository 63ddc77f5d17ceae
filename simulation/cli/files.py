"""Files that results are written to."""

from __future__ import annotations

from pathlib import Path

from simulation.errors import InputError


def writable(path: Path, *, not_to_be: Path) -> Path:
    """The path, if a file can be written there: to know it only afterwards would lose the work.

    Raises ``InputError`` where it cannot, and where it is the file that is read.
    """
    if path.resolve() == not_to_be.resolve():
        raise InputError(f"-o: {path} is the record itself. Name another file, so that none is lost.")
    there = path.exists()
    try:
        with path.open("a", encoding="utf-8"):
            pass
        if not there:
            path.unlink()
    except OSError as error:
        raise InputError(f"-o: {path} cannot be written: {error.strerror}") from error
    return path
