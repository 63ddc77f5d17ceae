"""A log from a file, or from standard input, read piece by piece, given away run by run."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from simulation.errors import LogError
from simulation.seedlog.lines import Line, cut
from simulation.seedlog.runs import LoggedRun, split

PIECE = 1 << 16
"""So many bytes are read at once."""

STDIN = "-"

HEAD = 100
"""If most of so many first lines cannot be read, a text is no such log."""

WHAT_IT_IS = (
    "A log has the lines that 'simulation run --format log' prints, each on a line of its own or joined by"
    " spaces"
)

Progress = Callable[[int], None]
"""Gets the number of bytes that were read since it was called last."""


def read_log(path: str | os.PathLike[str], progress: Progress | None = None) -> Iterator[LoggedRun]:
    """The runs of the log in a file, or with ``-`` those on standard input.

    Raises ``LogError`` for what cannot be read, and for what is no such log.
    """
    name = "standard input" if str(path) == STDIN else str(path)
    try:
        yield from split(_checked(cut(_pieces(path, progress or _nobody))))
    except LogError as error:
        raise LogError(f"{name}: {error}") from error
    except OSError as error:
        raise LogError(f"{name}: cannot be read as a log: {error.strerror}. {WHAT_IT_IS}.") from error


def size_of(path: str | os.PathLike[str]) -> int | None:
    """How many bytes a log has, where that is known beforehand."""
    try:
        return Path(path).stat().st_size if Path(path).is_file() else None
    except OSError:
        return None


def _pieces(path: str | os.PathLike[str], progress: Progress) -> Iterator[str]:
    if str(path) != STDIN:
        if not str(path):
            raise LogError(f"no file is named. {WHAT_IT_IS}.")
        with Path(path).open("rb") as file:
            yield from _decoded(file, progress)
    elif sys.stdin is None:
        raise LogError(f"it is closed. {WHAT_IT_IS}.")
    else:
        yield from _decoded(sys.stdin.buffer, progress)


def _decoded(file: Any, progress: Progress) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    # What a pipe has by now, and not only when it has much.
    while piece := file.read1(PIECE):
        progress(len(piece))
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _checked(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, unless they begin like something else."""
    head = list(islice(lines, HEAD))
    if not head:
        raise LogError(f"is empty. {WHAT_IT_IS}.")
    strange = [line for line in head if line.said is None]
    if 2 * len(strange) > len(head):
        begins = strange[0].text[:60]
        raise LogError(f"is no log of the real system: line {strange[0].number} is {begins!r}. {WHAT_IT_IS}.")
    yield from head
    yield from lines


def _nobody(count: int) -> None:
    pass
