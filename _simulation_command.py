"""The command ``simulation``: it ends without a word too many however early it is told to.

It stands beside the package because importing anything below ``simulation`` imports all of it, and
NumPy and SimPy with it: half a second in which Ctrl-C would print where Python was just then.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def listen() -> None:
    """Until the command line takes over, end at once when told to: nothing has been begun."""
    for number in _SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _leave)


def main() -> int:
    """Do what the command line says."""
    listen()
    from simulation.cli import main

    try:
        return main()
    except KeyboardInterrupt:
        # Pressed again while it said that it was interrupted.
        return 130
    finally:
        # All is said and done, and what is left to put away is put away.
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def _leave(number: int, frame: FrameType | None) -> None:
    if sys.stderr is not None:
        os.write(2, b"simulation: interrupted\n")
    os._exit(128 + number)
