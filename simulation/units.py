"""Time is a whole number of microseconds, everywhere and always.

A float clock breaks ties that are ties (0.1 added ten times is not 1.0), so no float
is ever a time here. Names of times and durations end in ``_us``.
"""

from __future__ import annotations

MICROSECOND = 1
MILLISECOND = 1_000
SECOND = 1_000_000

NEVER_US = 1 << 62
"""Later than anything happens."""

UNITS = {"us": MICROSECOND, "ms": MILLISECOND, "s": SECOND}


def show_us(duration_us: int) -> str:
    """A duration as people write it in scenario files: ``1500`` is ``1.5ms``."""
    for unit, size in (("s", SECOND), ("ms", MILLISECOND)):
        if duration_us >= size:
            whole, rest = divmod(duration_us, size)
            digits = len(str(size)) - 1
            fraction = f".{rest:0{digits}d}".rstrip("0").rstrip(".")
            return f"{whole}{fraction}{unit}"
    return f"{duration_us}us"
