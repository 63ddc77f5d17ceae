"""How far a sweep has come: a bar where somebody watches, a line now and then where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol

from simulation.sweep import clock

QUIET_S = 60.0
"""Where nobody watches, a line comes at least so often,"""

TENTH_S = 5.0
"""and after each tenth, but not more often than this."""


class Progress(Protocol):
    """Is told of every step."""

    def begin(self, total: int, there: int, failed: int) -> None:
        """``there`` of ``total`` runs are done already, and so many failed."""

    def step(self, runs: int, failed: int) -> None:
        """So many ``runs`` more; ``failed`` over all."""

    def close(self) -> None:
        """Nothing more comes."""


class Silence:
    """Says nothing."""

    def begin(self, total: int, there: int, failed: int) -> None:
        """Nothing."""

    def step(self, runs: int, failed: int) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def shown(tell: Callable[[str], None], what: str = "runs", odd: str = "failed") -> Progress:
    """A bar where somebody watches the standard error, lines for ``tell`` where nobody does."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    return Bar(what, odd) if watched else Lines(tell, what, odd)


class Bar:
    """One line of tqdm's that changes, on a terminal or in a notebook.

    ``what`` is counted, and that which is ``odd`` among it.
    """

    def __init__(self, what: str = "runs", odd: str = "failed") -> None:
        self._bar: Any = None
        self._what = what
        self._odd = odd

    def begin(self, total: int, there: int, failed: int) -> None:
        """Draw it."""
        self._bar = _tqdm()(total=total, initial=there, unit=f" {self._what}", smoothing=0.1, mininterval=0.2)
        self._failed(failed)

    def step(self, runs: int, failed: int) -> None:
        """Move it."""
        self._failed(failed)
        self._bar.update(runs)

    def close(self) -> None:
        """Leave it as it is."""
        if self._bar is not None:
            self._bar.close()

    def _failed(self, failed: int) -> None:
        self._bar.set_postfix_str(f"{failed:,} {self._odd}", refresh=False)


class Lines:
    """A line now and then, by ``tell``; the words are those of ``Bar``."""

    def __init__(self, tell: Callable[[str], None], what: str = "runs", odd: str = "failed") -> None:
        self._tell = tell
        self._what = what
        self._odd = odd
        self._total = self._done = self._tenth = 0
        self._began_s = self._told_s = clock.now()
        self._before = 0

    def begin(self, total: int, there: int, failed: int) -> None:
        """Say what is there already, if anything."""
        self._total, self._done, self._before = total, there, there
        self._tenth = 10 * there // max(1, total)
        self._began_s = self._told_s = clock.now()
        if there:
            self._tell(f"{there:,} of {total:,} {self._what} are there already, {failed:,} {self._odd}")

    def step(self, runs: int, failed: int) -> None:
        """Say so where it is time."""
        self._done += runs
        now_s, tenth = clock.now(), 10 * self._done // max(1, self._total)
        silent_s = now_s - self._told_s
        if silent_s >= QUIET_S or (tenth > self._tenth and silent_s >= TENTH_S):
            self._told_s, self._tenth = now_s, tenth
            rate = (self._done - self._before) / max(now_s - self._began_s, 1e-9)
            left_s = (self._total - self._done) / max(rate, 1e-9)
            self._tell(
                f"{self._done:,} of {self._total:,} {self._what}, {failed:,} {self._odd},"
                f" {rate:{',.0f' if rate >= 10 else '.2g'}} {self._what}/s, {left_s:,.0f} s left"
            )

    def close(self) -> None:
        """Nothing to put away."""


def by_itself() -> Progress:
    """A bar where there is somebody to see it, else nothing."""
    if _in_notebook() or (sys.stderr is not None and sys.stderr.isatty()):
        return Bar()
    return Silence()


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    return shell is not None and type(shell.get_ipython()).__name__ == "ZMQInteractiveShell"


def _tqdm() -> Any:
    if _in_notebook():
        try:
            import ipywidgets  # noqa: F401
            from tqdm.notebook import tqdm
        except ImportError:
            from tqdm import tqdm
    else:
        from tqdm import tqdm
    return tqdm
