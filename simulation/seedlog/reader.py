"""A log from a file, or from standard input, in pieces of text."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from simulation.errors import LogError
from simulation.seedlog.lines import Line, cut

PIECE = 1 << 16
"""So many bytes are read at once."""

STDIN = "-"

MOST_UNREADABLE = 100
"""After so many lines of which none could be read, a text is no such log."""

WHAT_IT_IS = (
    "A log has the lines that 'simulation run --format log' prints, each on a line of its own or joined by"
    " spaces"
)

Progress = Callable[[int], None]
"""Gets the number of bytes that were read since it was called last."""


def read_log(path: str | os.PathLike[str], progress: Progress | None = None) -> Iterator[Line]:
    """The lines of the log in a file, or with ``-`` those on standard input.

    Raises ``LogError`` for what cannot be read, and for what is no such log.
    """
    name = "standard input" if str(path) == STDIN else str(path)
    try:
        yield from _checked(cut(_pieces(path, progress or _nobody)), name)
    except OSError as error:
        raise LogError(f"{name}: cannot be read as a log: {error.strerror}. {WHAT_IT_IS}.") from error


def size_of(path: str | os.PathLike[str]) -> int | None:
    """How many bytes a log has, where that is known beforehand."""
    try:
        return Path(path).stat().st_size if Path(path).is_file() else None
    except OSError:
        return None


def _pieces(path: str | os.PathLike[str], progress: Progress) -> Iterator[str]:
    if str(path) == STDIN:
        yield from _decoded(sys.stdin.buffer, progress)
    else:
        with Path(path).open("rb") as file:
            yield from _decoded(file, progress)


def _decoded(file: BinaryIO, progress: Progress) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    while piece := file.read(PIECE):
        progress(len(piece))
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _checked(lines: Iterable[Line], name: str) -> Iterator[Line]:
    """The lines, unless they begin like something else."""
    strange: list[Line] = []
    for line in lines:
        if line.said is not None:
            yield from strange
            yield line
            break
        strange.append(line)
        if len(strange) >= MOST_UNREADABLE:
            break
    else:
        if not strange:
            raise LogError(f"{name}: is empty. {WHAT_IT_IS}.")
    if len(strange) >= MOST_UNREADABLE or (strange and line.said is None):
        begins = strange[0].text[:60]
        raise LogError(f"{name}: is no log of the real system: it begins with {begins!r}. {WHAT_IT_IS}.")
    yield from lines


def _nobody(count: int) -> None:
    pass
