"""How far a long reading has come: on a terminal one line that changes, elsewhere a line now and then."""

from __future__ import annotations

import sys

from simulation.cli.streams import tell

MEGABYTE = 1 << 20

STEP = 64 * MEGABYTE
"""Where nobody watches, a line comes after so many bytes."""


class Reading:
    """Tells how much of ``total`` bytes, if that is known, has been read."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._read = 0
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._step = MEGABYTE if self._watched else STEP
        self._next = self._step
        self.runs = 0
        """How many runs have been judged so far."""

    def __call__(self, count: int) -> None:
        """Count bytes, and say so where it is time."""
        self._read += count
        if self._read >= self._next:
            self._next = self._read + self._step
            if self._watched:
                sys.stderr.write(f"\r{self._words()}\x1b[K")
                sys.stderr.flush()
            else:
                tell(self._words())

    def clear(self) -> None:
        """Make place for other lines."""
        if self._watched and self._read >= self._step:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _words(self) -> str:
        of = f" of {self._total // MEGABYTE:,}" if self._total else ""
        return f"{self._read // MEGABYTE:,}{of} MB read, {self.runs:,} runs"
