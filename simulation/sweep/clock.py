"""How long things take: for the pace of hand-overs, progress and limits, never for a result.

The one module outside the kernel that reads a clock; a test keeps it so. No row, no order and
no digest depends on it.
"""

from __future__ import annotations

import time


def now() -> float:
    """Seconds since some moment that never changes."""
    return time.monotonic()
