"""Ctrl-C as a wish: the first one lets the work end in good order, the second ends it at once.

Whatever else asks a process to end may do the same, where ``listening`` says so. Only the main
thread hears of signals, so elsewhere nothing here does anything.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, TypeVar

T = TypeVar("T")

ASKING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, a polite ``kill``, and a terminal that is closed."""

_came: list[int] = []
"""The signals that were heard of."""


class Interrupts:
    """Inside the block the first Ctrl-C sets ``asked``, the next raises ``KeyboardInterrupt``."""

    def __init__(self) -> None:
        self.asked = False
        self.breaks = False
        """Whether the first one raises too: what is under way can be left at any point."""
        self.held = self._late = False
        self._before: Any = None

    def __enter__(self) -> Interrupts:
        if _in_main_thread():
            _entered.append(self)
            self._before = _heard(signal.SIGINT)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self in _entered:
            if self._before is not None:
                signal.signal(signal.SIGINT, self._before)
            _entered.remove(self)

    def ask(self) -> None:
        """What a signal does."""
        if self.held:
            self._late = True
            return
        again, self.asked = self.asked, True
        if again or self.breaks:
            raise KeyboardInterrupt

    def let_go(self) -> None:
        """Do now what was held back."""
        self.held, late, self._late = False, self._late, False
        if late:
            self.ask()


_entered: list[Interrupts] = []
"""The blocks that this process is in, the innermost last."""


@contextmanager
def listening() -> Iterator[list[int]]:
    """Let every signal in ``ASKING`` do what Ctrl-C does; gives those that came."""
    _came.clear()
    if not _in_main_thread():
        yield _came
        return
    before = {number: _heard(number) for number in ASKING}
    try:
        yield _came
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


def is_asked() -> bool:
    """Whether the innermost block was asked to end."""
    return bool(_entered) and _entered[-1].asked


def unless_asked(function: Callable[..., T], *arguments: Any) -> T | None:
    """What it gives; None where Ctrl-C came meanwhile, which breaks it off at once.

    Nothing is known of what was broken off, even where a user's machine caught what was to end it.
    """
    inner = _entered[-1] if _entered and _in_main_thread() else Interrupts()
    inner.breaks = True
    try:
        done = function(*arguments)
    except KeyboardInterrupt:
        if not is_asked():
            raise
    finally:
        inner.breaks = False
    return None if is_asked() else done


@contextmanager
def undisturbed() -> Iterator[None]:
    """Inside the block, which is short, signals wait for its end: nothing is left half begun."""
    if not _entered or not _in_main_thread() or _entered[-1].held:
        yield
        return
    inner = _entered[-1]
    inner.held = True
    try:
        yield
    finally:
        inner.let_go()


def _heard(number: int) -> Any:
    """Hear of this signal; what became of it before, or None where it stays as it is.

    What is ignored goes on being ignored, as after ``nohup``, or in the background of a script.
    """
    before = signal.getsignal(number)
    return None if before in (signal.SIG_IGN, None) else signal.signal(number, _hear)


def _hear(number: int, frame: FrameType | None) -> None:
    _came.append(number)
    if not _entered:
        raise KeyboardInterrupt
    _entered[-1].ask()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
