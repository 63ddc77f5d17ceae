"""What is folded away at first, so that what matters can be seen: by one word each.

Nothing here knows a protocol. A machine that serves no client talks in the background; so does
a message without any content, which says only that its sender is there.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from simulation.harness import reports as harness_reports
from simulation.protocols import reports
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Abort, Decision, GetDecision, Undecided
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, KIND, PROCESS, SOURCE

HEARTBEATS = "heartbeats"
POLLS = "polls"
CLIENTS = "clients"
DETAILS = "details"
OWN = "to itself"

FOLDS = {
    HEARTBEATS: "signs of life, and what machines beside the one that serves clients do",
    POLLS: "clients that ask for the decision, and are told that there is none yet",
    CLIENTS: "calls of clients, their answers, and what scripts print",
    DETAILS: "reports that repeat what a message says, starts, and timers that only tick",
    OWN: "messages of a process to itself",
}
"""What can be folded away, each with what it is."""

_HEARD = (reports.Begun, reports.PrepareHeard, reports.PromiseHeard, reports.AcceptedHeard)
_OF_SCRIPTS = tuple(
    kind
    for kind in vars(harness_reports).values()
    if isinstance(kind, type) and issubclass(kind, reports.Report) and kind is not reports.Report
)


def fold(record: Record, places: Places, steps: Collection[str]) -> str:
    """The word for what this record belongs to; nothing where it is always shown."""
    kind, content = record[KIND], record[CONTENT]
    if kind in (Kind.MESSAGE, Kind.LOST):
        return _of_message(record, places)
    if kind == Kind.STRIKE:
        return ""
    if kind == Kind.REPORT:
        return _of_report(content, steps)
    if isinstance(content, GetDecision) or _tells_nothing(content):
        return POLLS
    if kind in (Kind.CALL, Kind.RETURN) or isinstance(content, (Decision, Abort)):
        return CLIENTS
    return HEARTBEATS if _aside(record[PROCESS], places) else DETAILS


def _of_message(record: Record, places: Places) -> str:
    content, source, process = record[CONTENT], record[SOURCE], record[PROCESS]
    if isinstance(content, Answer):
        return POLLS if _tells_nothing(content) else CLIENTS
    if _says_nothing(content) or _aside(process, places):
        return HEARTBEATS
    return OWN if places.process(source) == places.process(process) else ""


def _of_report(content: object, steps: Collection[str]) -> str:
    if isinstance(content, _OF_SCRIPTS):
        return CLIENTS
    # Whoever writes no list of steps is shown everything that the protocol says.
    named = type(content).__name__ in steps if steps else True
    return DETAILS if isinstance(content, _HEARD) or not named else ""


def _tells_nothing(content: object) -> bool:
    return isinstance(content, Answer) and isinstance(content.reply, Undecided)


def _says_nothing(content: object) -> bool:
    return isinstance(content, msgspec.Struct) and not content.__struct_fields__


def _aside(address: int, places: Places) -> bool:
    return places.count <= address < places.client(0)
