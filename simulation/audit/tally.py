"""The figures of a whole log, and what is to be told of single runs."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simulation.audit.auditor import Audited

MOST_TOLD = 10_000
"""So many runs are remembered singly; of a log with more to tell, the figures still hold."""

MOST_UNREADABLE = 100
"""So many unreadable lines of one run are remembered."""


FIRST = ("test", "participants", "profile")
"""What a row is the row of."""


class Row(Struct):
    """The figures of one test with one size and one profile."""

    test: str
    participants: int
    profile: str
    runs: int = 0
    complete: int = 0
    reenacted: int = 0
    violated: int = 0
    lines: int = 0

    def figures(self) -> dict[str, int]:
        """The figures by name."""
        return {name: getattr(self, name) for name in self.__struct_fields__[len(FIRST) :]}


class Tally:
    """What the runs of a log amount to. ``simulation.check`` returns one."""

    def __init__(self) -> None:
        self.runs = 0
        self.complete = 0
        """How many came to a result."""
        self.reenacted = 0
        """Of these, of how many an execution prints exactly the lines."""
        self.cut_off = 0
        """How many did not come to a result, and are the beginning of a possible run."""
        self.lines = 0
        self.violated = 0
        """How many runs violate a property."""
        self.diverged = 0
        self.unreadable = 0
        """How many lines are none of such a log."""
        self.unknown = 0
        """How many runs could not be judged by every check, or were given up as too much to search."""
        self.rows: dict[tuple[str, int, str], Row] = {}
        self.told: list[Audited] = []
        """The runs of which there is something to tell, without their executions."""

    def add(self, audited: Audited) -> None:
        """Count a run."""
        cut_off = audited.reenacted and not audited.complete
        reenacted = audited.reenacted and audited.complete
        self.runs += 1
        self.complete += audited.complete
        self.reenacted += reenacted
        self.cut_off += cut_off
        self.lines += audited.lines
        self.violated += bool(audited.breaches)
        self.diverged += audited.divergence is not None
        self.unreadable += len(audited.unreadable)
        self.unknown += bool(audited.unknown)
        key = (audited.test, audited.participants, audited.profile)
        row = self.rows.setdefault(key, Row(*key))
        row.runs += 1
        row.complete += audited.complete
        row.reenacted += reenacted
        row.violated += bool(audited.breaches)
        row.lines += audited.lines
        if is_odd(audited) and len(self.told) < MOST_TOLD:
            self.told.append(replace(audited, run=None, unreadable=audited.unreadable[:MOST_UNREADABLE]))

    @property
    def verdict(self) -> str:
        """``"unreadable"``, ``"fail"``, ``"unknown"`` or ``"pass"``, whichever holds first.

        Unknown is a log without a complete run too: it proves nothing.
        """
        if self.unreadable:
            return "unreadable"
        if self.violated or self.diverged:
            return "fail"
        return "unknown" if self.unknown or not self.reenacted else "pass"

    def as_json(self) -> dict[str, Any]:
        """The figures and all that is told, as one JSON object."""
        return {
            "runs": self.runs,
            "complete": self.complete,
            "reenacted": self.reenacted,
            "cut_off": self.cut_off,
            "lines": self.lines,
            "violated": self.violated,
            "diverged": self.diverged,
            "verdict": self.verdict,
            "violations": [
                {"run": each.number, "line": b.line, "check": b.check, "message": b.message}
                for each in self.told
                for b in each.breaches
            ],
            "divergences": [
                {"run": each.number, "line": each.divergence.line, "message": each.divergence.message}
                for each in self.told
                if each.divergence is not None
            ],
            "unreadable": [
                {"run": each.number, "line": line.number, "text": line.text}
                for each in self.told
                for line in each.unreadable
            ],
            "unknown": [{"run": each.number, "message": said} for each in self.told for said in each.unknown],
            "notes": [{"run": each.number, "message": note} for each in self.told for note in each.notes],
            "by_test": {" ".join(map(str, key)).strip(): row.figures() for key, row in self.rows.items()},
        }

    def __repr__(self) -> str:
        return (
            f"{self.runs:,} runs in {self.lines:,} lines, {self.complete:,} of them complete,"
            f" {self.reenacted:,} re-enacted exactly: {self.verdict.upper()}"
        )


def is_odd(audited: Audited) -> bool:
    """Whether there is anything to tell of a run."""
    return bool(audited.notes) or audited.is_to_blame
