"""What became of each message: it came, was lost, came again, or came late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.scene.numbers import ballot_of, instance_of, is_below
from simulation.trace import Kind, Record
from simulation.trace.codec import spelled_out
from simulation.trace.record import CAUSE, CONTENT, ID, KIND, PROCESS, SOURCE
from simulation.trace.wide import to_json

DELIVERED, LOST, COPY, LATE = "delivered", "lost", "copy", "late"

FATES = {
    DELIVERED: "it was handled",
    LOST: "nobody got it",
    COPY: "it was handled once more",
    LATE: "one that was sent after it, by the same to the same, was handled before it; or its receiver had"
    " heard of a higher ballot",
}
"""What can become of a message."""


def fates(records: Sequence[Record]) -> list[str]:
    """The fate of each message by its place; empty for what is no message."""
    found = []
    seen: set[tuple[object, ...]] = set()
    latest: dict[tuple[int, int], int] = {}
    highest: dict[tuple[int, int | None], Any] = {}
    for record in records:
        if record[KIND] == Kind.LOST:
            found.append(LOST)
        elif record[KIND] != Kind.MESSAGE:
            found.append("")
        else:
            found.append(_fate(record, seen, latest, highest))
    return found


def _fate(
    record: Record,
    seen: set[tuple[object, ...]],
    latest: dict[tuple[int, int], int],
    highest: dict[tuple[int, int | None], Any],
) -> str:
    content, link = record[CONTENT], (record[SOURCE], record[PROCESS])
    name = (record[CAUSE], *link, _hashable(content))
    again = name in seen
    seen.add(name)
    late = record[ID] < latest.get(link, -1)
    latest[link] = max(latest.get(link, -1), record[ID])
    number, heard = ballot_of(content), (record[PROCESS], instance_of(content))
    if number is not None:
        known = highest.setdefault(heard, number)
        late = late or is_below(number, known)
        highest[heard] = number if is_below(known, number) else known
    return COPY if again else LATE if late else DELIVERED


def _hashable(content: object) -> object:
    # Nobody should keep lists or dictionaries in messages. Who does can be shown what came of it.
    try:
        hash(content)
    except TypeError:
        return type(content), to_json(spelled_out(content))
    return content
