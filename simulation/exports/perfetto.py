"""A run in the Trace Event Format, which Perfetto and ``chrome://tracing`` take.

Processes are processes, their machines and clients are threads, and one thread more shows when
a process lives and is suspended. A machine's work is a slice from its input to the last thing
that it says about it, a call one from the asking to the answer; the rest takes no time. Messages
are flows from what sent them to what handled them, or to a process of their own where nobody
did. Faults are global instants; those that last have a span of their own besides.

Source: *Trace Event Format* (Google, 2016). Perfetto sorts by time, keeps the order of the file
where times are equal, binds a flow to the slice that was begun last on its thread, and drops
slices of a thread that overlap and do not nest. So flows stand directly after their slices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulation.exports.lasting import ends, lives
from simulation.exports.tracks import Event, Tracks
from simulation.faults import Unsaid
from simulation.scene.bands import DEAD, LINKS, SUSPENDED, Band, bands
from simulation.scene.words import short
from simulation.trace import Kind, Places, Record
from simulation.trace.codec import spelled_out
from simulation.trace.record import CAUSE, CONTENT, ID, KIND, NO_CAUSE, PROCESS, TIME
from simulation.trace.wide import to_json

if TYPE_CHECKING:
    from simulation.run import Run

FLOWING: Final = (Kind.MESSAGE, Kind.REQUEST, Kind.RETURN, Kind.LOST)
"""The kinds of records that tell what came from elsewhere, or was to."""


def perfetto_lines(run: Run) -> Iterator[str]:
    """One JSON object with an event a line, without line ends."""
    yield '{"displayTimeUnit":"ms","traceEvents":['
    events = map(_json, _events(run))
    last = next(events)
    for event in events:
        yield f"{last},"
        last = event
    yield last
    yield f'],"otherData":{_json({"scenario": run.scenario.name, "digest": run.digest})}}}'


def _events(run: Run) -> Iterator[Event]:
    records, places, tracks = run.trace.records, run.places, Tracks(run.places)
    yield from tracks.named()
    yield from _lasting(run, tracks)
    until = ends(records)
    sent_by: dict[int, list[Record]] = {}
    for record in records:
        if record[KIND] in FLOWING:
            sent_by.setdefault(record[CAUSE], []).append(record)
    for record in records:
        yield _act(record, places, tracks, until.get(record[ID], record[TIME]))
        here = {"ts": record[TIME], **tracks.of(record)}
        if record[KIND] in FLOWING and record[CAUSE] != NO_CAUSE:
            yield {"ph": "f", "bp": "e", **_flow(record), **here}
        yield from ({"ph": "s", **_flow(sent), **here} for sent in sent_by.get(record[ID], ()))


def _lasting(run: Run, tracks: Tracks) -> Iterator[Event]:
    records = run.trace.records
    end_us = max(run.virtual_us, records[-1][TIME] if records else 0)
    found = bands(records, run.places)
    # Of two slices that begin together the first is the outer one: lives come before what is in them.
    for process, from_us, to_us in lives(records, run.places, found, end_us):
        yield _slice("life", "alive", from_us, to_us) | tracks.life(process)
    for band in found:
        from_us = records[band.begin][TIME]
        to_us = end_us if band.end is None else records[band.end][TIME]
        if band.what == SUSPENDED:
            yield _slice("life", band.what, from_us, to_us) | tracks.life(band.lanes[0])
        elif band.what != DEAD:
            yield from _span(band, records[band.begin], to_us, tracks)


def _span(band: Band, record: Record, to_us: int, tracks: Tracks) -> Iterator[Event]:
    """What may overlap with others of its kind, so that it cannot be a slice of a thread."""
    track = tracks.world if band.what == LINKS else tracks.life(band.lanes[0])
    named = {"cat": "fault", "id": hex(record[ID]), "name": band.text, **track}
    yield {"ph": "b", "ts": record[TIME], **named}
    yield {"ph": "e", "ts": to_us, **named}


def _act(record: Record, places: Places, tracks: Tracks, to_us: int) -> Event:
    name, content = short(record, places), record[CONTENT]
    told = {"args": {"id": record[ID], "cause": record[CAUSE], "content": spelled_out(content)}}
    if record[KIND] == Kind.STRIKE and not isinstance(content, Unsaid):
        process = places.process(record[PROCESS])
        victim = f" at {places.names[process]}" if process >= 0 else ""
        instant = {"ph": "i", "s": "g", "cat": "fault", "name": f"{name}{victim}", "ts": record[TIME]}
        return instant | tracks.life(process) | told
    category = Kind(record[KIND]).name.lower()
    return _slice(category, name, record[TIME], to_us) | tracks.of(record) | told


def _slice(category: str, name: str, from_us: int, to_us: int) -> Event:
    return {"ph": "X", "cat": category, "name": name, "ts": from_us, "dur": to_us - from_us}


def _flow(record: Record) -> Event:
    return {"cat": "message", "name": type(record[CONTENT]).__name__, "id": record[ID]}


def _json(event: Event) -> str:
    return to_json(event)
