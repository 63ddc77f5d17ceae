"""Where words go: results to stdout, everything about them to stderr.

Both take it calmly when their reader has seen enough, as in ``simulation run simple | head -1``.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from simulation.errors import InputError


def prepare() -> None:
    """Let results be the same bytes on every machine: UTF-8, without carriage returns."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def put(lines: Iterable[str]) -> None:
    """Results, a line each. Raises ``InputError`` where they cannot be written."""
    try:
        _write(sys.stdout, lines)
    except OSError as error:
        _silence(sys.stdout)
        raise InputError(f"the results cannot be written: {error.strerror}") from error


def tell(text: str) -> None:
    """A line about the results, or about a mistake. Where it cannot be written, nobody hears it."""
    try:
        _write(sys.stderr, (text,))
    except OSError:
        _silence(sys.stderr)


def _write(stream: TextIO | None, lines: Iterable[str]) -> None:
    if stream is None:
        # Closed before we came: nobody wants to read it.
        return
    try:
        stream.writelines(f"{line}\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """Let nothing more come out: Python would complain again when it flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
