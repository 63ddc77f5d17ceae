"""Exit codes: four failures that are never mixed, and an interruption."""

from __future__ import annotations

from typing import Final

PASS: Final = 0
VIOLATED: Final = 1
INPUT: Final = 2
HARNESS: Final = 3
UNKNOWN: Final = 4
INTERRUPTED: Final = 130

OF_VERDICT: Final = {"pass": PASS, "fail": VIOLATED, "unknown": UNKNOWN, "unreadable": INPUT}
