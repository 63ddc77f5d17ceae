"""Which ``pid`` and ``tid`` of the Trace Event Format stand for whom.

Every number is given once, for Perfetto finds a thread by its ``tid`` alone, and none is 0,
which it takes for the idle process. The first machine of a process is its main thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.trace import Kind, Places, Record
from simulation.trace.record import KIND, PROCESS

Event = dict[str, Any]
"""An object of ``traceEvents``."""

Track = dict[str, int]
"""A ``pid`` and a ``tid``."""


class Tracks:
    """A track for every address, one for the life of every process, one for what is lost."""

    def __init__(self, places: Places) -> None:
        self._places = places
        first = places.coordinator + 1
        self.world: Track = {"pid": first, "tid": first}
        self._lost: Track = {"pid": first + 1, "tid": first + 1}
        self._lives = first + 2

    def life(self, process: int) -> Track:
        """Where it is shown when a process lives and what it suffers: -1 is the world."""
        return self.world if process < 0 else {"pid": process + 1, "tid": self._lives + process}

    def of(self, record: Record) -> Track:
        """Where an event is shown: a message that nobody got is nowhere but among the lost."""
        return self._lost if record[KIND] == Kind.LOST else self._at(record[PROCESS])

    def named(self) -> Iterator[Event]:
        """The metadata that names processes and threads, and puts them in order."""
        places = self._places
        for process, name in enumerate(places.names):
            yield from _named("process", self._at(process), name, process)
            yield from _named("thread", self.life(process), "life", 0)
            for part, word in enumerate(places.parts):
                yield from _named("thread", self._at(part * places.count + process), word, part + 1)
        others = ((self.world, places.name(places.coordinator)), (self._lost, "lost"))
        for place, (track, name) in enumerate(others, start=places.count):
            yield from _named("process", track, name, place)
            yield from _named("thread", track, name, 0)

    def _at(self, address: int) -> Track:
        process = self._places.process(address)
        return self.world if process < 0 else {"pid": process + 1, "tid": address + 1}


def _named(what: str, track: Track, name: str, place: int) -> Iterator[Event]:
    yield {"ph": "M", "name": f"{what}_name", **track, "args": {"name": name}}
    yield {"ph": "M", "name": f"{what}_sort_index", **track, "args": {"sort_index": place}}
