"""What happened before what in a trace: Lamport's order, by process and by cause.

Source: Lamport, *Time, Clocks, and the Ordering of Events in a Distributed System* (1978).

A *line* is what orders its own events, one after the other. Every process is one line: its
machines, its client and its script live and die together and hear each other for certain. What
they do stands on it in the order of the trace, through all lives. The coordinator is the line
after the last process; faults of links stand there too. Between lines only messages lead.

A message that nobody got is an event of nobody. It stands on no line, has a past, which is that
of its sender, and no consequences: where it was to go nobody learned anything.

Events are named by their *place*, the index in ``trace.records``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from simulation.trace import Kind, Places, Record
from simulation.trace.record import CAUSE, ID, KIND, NO_CAUSE, PROCESS

NOWHERE: Final = -1
"""The line of what happened to nobody: a message that nobody got."""

_NOTHING: Final = -1
"""In the place of a place."""

Clock = tuple[int, ...]
"""A vector clock: of every line, how many of its events are known."""


class Order:
    """The order of these records."""

    def __init__(self, records: Sequence[Record], places: Places) -> None:
        self.names = (*places.names, places.name(places.coordinator))
        """What the lines are called."""
        self.lines: list[int] = []
        """By place, the line of each event, or ``NOWHERE``."""
        self.place_of: dict[int, int] = {}
        """By the number of a record (its ``id``), its place."""
        self._causes: list[int] = []
        self._before: list[tuple[int, ...]] = []
        last = [_NOTHING] * len(self.names)
        for place, record in enumerate(records):
            # A cause has happened: a record that names one that has not is no trace.
            cause = _NOTHING if record[CAUSE] == NO_CAUSE else self.place_of[record[CAUSE]]
            line, previous = NOWHERE, _NOTHING
            if record[KIND] != Kind.LOST:
                # The coordinator is process -1, and the last line.
                line = places.process(record[PROCESS]) % len(self.names)
                previous, last[line] = last[line], place
            self.place_of[record[ID]] = place
            self.lines.append(line)
            self._causes.append(cause)
            self._before.append(_distinct(previous, cause))

    def __len__(self) -> int:
        return len(self.lines)

    def before(self, place: int) -> tuple[int, ...]:
        """What directly precedes an event: the one before it on its line, and its cause. Places ascend."""
        return self._before[place]

    def after(self, place: int) -> tuple[int, ...]:
        """What directly follows an event: the next one on its line, and what it caused. Places ascend."""
        return self._after[place]

    def chain(self, place: int) -> list[int]:
        """The event, what directly caused it, what caused that, and so on to what nobody caused."""
        found = [place]
        while (place := self._causes[place]) != _NOTHING:
            found.append(place)
        return found

    def causes(self, place: int) -> list[int]:
        """All that happened before an event, and so may have had a part in it. Places ascend."""
        return _reached(place, self._before)

    def consequences(self, place: int) -> list[int]:
        """All that happened after an event, and so may have come of it. Places ascend."""
        return _reached(place, self._after)

    @cached_property
    def clocks(self) -> list[Clock]:
        """By place, the vector clock of each event. What stands on no line has the clock of its cause."""
        clocks: list[Clock] = []
        nothing = (0,) * len(self.names)
        for place, line in enumerate(self.lines):
            known = [clocks[earlier] for earlier in self._before[place]]
            clock = tuple(map(max, *known)) if len(known) > 1 else known[0] if known else nothing
            if line != NOWHERE:
                clock = (*clock[:line], clock[line] + 1, *clock[line + 1 :])
            clocks.append(clock)
        return clocks

    @cached_property
    def _after(self) -> list[tuple[int, ...]]:
        after: list[list[int]] = [[] for _ in self.lines]
        for place, earlier in enumerate(self._before):
            for each in earlier:
                after[each].append(place)
        return [tuple(each) for each in after]


def _distinct(previous: int, cause: int) -> tuple[int, ...]:
    found = (min(previous, cause), max(previous, cause)) if previous != cause else (cause,)
    return tuple([place for place in found if place != _NOTHING])


def _reached(place: int, edges: Sequence[tuple[int, ...]]) -> list[int]:
    seen = {place}
    to_visit = [place]
    while to_visit:
        for each in edges[to_visit.pop()]:
            if each not in seen:
                seen.add(each)
                to_visit.append(each)
    seen.discard(place)
    return sorted(seen)
