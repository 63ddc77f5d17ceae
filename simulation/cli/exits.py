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

MEANINGS: Final = {
    PASS: "every check held",
    VIOLATED: "a property was violated: a result, and no mistake of anybody's",
    INPUT: "your input is wrong: the command line, a scenario, a record or a log",
    HARNESS: "the harness or a machine is at fault: an error inside, or not the same twice",
    UNKNOWN: "nothing was violated, but not everything could be judged",
    INTERRUPTED: "interrupted by Ctrl-C; 143 by SIGTERM, 129 by a terminal that was closed",
}
"""What ``simulation --help`` says of each."""


def interrupted_by(number: int) -> int:
    """The exit code after this signal, as shells count it."""
    return 128 + number
