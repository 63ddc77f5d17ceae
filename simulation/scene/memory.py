"""What every machine knew after every event, found by giving the machines their inputs once more.

Machines are pure, and a trace holds all their inputs in order: nothing is to be simulated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from simulation.cluster import build_machines
from simulation.faults import Kill, Strike, Wipe
from simulation.protocols import find_protocol
from simulation.protocols.effects import Persist
from simulation.protocols.fields import ProcessSet, process_sets
from simulation.protocols.inputs import Restarted
from simulation.scene.words import field
from simulation.trace import Kind, Places
from simulation.trace.record import CONTENT, INPUTS, KIND, PROCESS, SOURCE

if TYPE_CHECKING:
    from simulation.run import Run


class Memory(Struct, frozen=True):
    """What changed at the machine ``address`` by the event at ``place``.

    ``fields`` has the new values by path, as text, and None for what is gone.
    """

    place: int
    address: int
    fields: dict[str, str | None]


def memories(run: Run) -> Iterator[Memory]:
    """The changes of every machine's state, and of what it keeps durable, in the order of the trace."""
    protocol, plan, places = find_protocol(run.plan.protocol), run.plan, run.places
    machines = build_machines(protocol, places, plan.order, len(plan.voters))
    states: list[Any] = [None] * len(machines)
    known: list[dict[str, str]] = [{} for _ in machines]
    kept: list[dict[str, str]] = [{} for _ in machines]
    for place, record in enumerate(run.trace.records):
        content, address = record[CONTENT], record[PROCESS]
        if record[KIND] == Kind.STRIKE and isinstance(content, Strike) and isinstance(content.fault, Kill):
            for dead in range(content.process, len(machines), places.count) if content.process >= 0 else ():
                states[dead] = None
                if isinstance(content.fault, Wipe):
                    kept[dead] = {}
                yield from _changed(place, dead, known, kept[dead])
        elif record[KIND] in INPUTS and address < len(machines):
            states[address], effects = machines[address].step(states[address], record[SOURCE], content)
            for effect in effects:
                if isinstance(effect, Persist):
                    kept[address] = _flat(effect.record, places, "durable")
            if isinstance(content, Restarted):
                kept[address] = _flat(content.durable, places, "durable") | kept[address]
            yield from _changed(place, address, known, _flat(states[address], places) | kept[address])


def _changed(place: int, address: int, known: list[dict[str, str]], now: dict[str, str]) -> Iterator[Memory]:
    before = known[address]
    if now != before:
        known[address] = now
        new: dict[str, str | None] = {path: text for path, text in now.items() if before.get(path) != text}
        gone = dict.fromkeys(path for path in before if path not in now)
        yield Memory(place, address, new | gone)


def _flat(thing: Any, places: Places, path: str = "") -> dict[str, str]:
    """Every value that is not None or empty, by its path: ``instances 1 promised``.

    What stands in a sequence of structs is named by its first field, what in one of pairs by the
    first of the pair, where that is a number; if two would have one name, none has.
    """
    if thing is None or thing == ():
        return {}
    if isinstance(thing, msgspec.Struct):
        return _fields(thing, places, path)
    if isinstance(thing, tuple):
        named = {name: inner for part in thing for name, inner in _entry(part)}
        if len(named) == len(thing):
            return _joined(named.items(), places, path)
    name = path.rpartition(" ")[2]
    return {path or "state": field(name, thing, places)}


def _fields(thing: msgspec.Struct, places: Places, path: str) -> dict[str, str]:
    sets = process_sets(type(thing))
    found: dict[str, str] = {}
    for name in thing.__struct_fields__:
        part, inner = getattr(thing, name), _within(path, name)
        if name in sets and part is not None:
            found[inner] = _members(sets[name], part, places)
        else:
            found |= _flat(part, places, inner)
    return found


def _members(told: ProcessSet, value: Any, places: Places) -> str:
    """``{p1, p3}``; a number that is nobody's address stands as it is."""
    named = [
        places.name(address) if 0 <= address < places.coordinator else str(address)
        for address in sorted(told.members(value, places.names))
    ]
    return f"{{{', '.join(named)}}}"


def _within(path: str, name: str) -> str:
    return f"{path} {name}" if path else name


def _joined(parts: Iterable[tuple[str, Any]], places: Places, path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, part in parts:
        found |= _flat(part, places, _within(path, name))
    return found


def _entry(part: Any) -> list[tuple[str, Any]]:
    """A part of a sequence with what it is called, if it is called anything."""
    if isinstance(part, msgspec.Struct) and part.__struct_fields__:
        return [(str(getattr(part, part.__struct_fields__[0])), part)]
    if isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], int):
        return [(str(part[0]), part[1])]
    return []
