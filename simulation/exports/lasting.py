"""What lasts and is not said to: a process's life, a machine's work, a client's call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.protocols.inputs import Started
from simulation.scene.bands import DEAD, Band
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CAUSE, CONTENT, ID, INPUTS, KIND, PROCESS, TIME


def lives(
    records: Sequence[Record], places: Places, found: Sequence[Band], end_us: int
) -> Iterator[tuple[int, int, int]]:
    """The process, the beginning and the end of every life: between its start and the ``found`` deaths."""
    begun: dict[int, int] = {}
    for record in records:
        if isinstance(record[CONTENT], Started):
            begun.setdefault(places.process(record[PROCESS]), record[TIME])
    for band in found:
        if band.what == DEAD:
            process = band.lanes[0]
            yield process, begun.pop(process), records[band.begin][TIME]
            if band.end is not None:
                begun[process] = records[band.end][TIME]
    for process, from_us in begun.items():
        yield process, from_us, end_us


def ends(records: Sequence[Record]) -> dict[int, int]:
    """By number, when it is over: a machine's work with its last word about it, a call with its return."""
    over: dict[int, int] = {}
    input_of: dict[int, int] = {}
    for record in records:
        number, kind, cause = record[ID], record[KIND], record[CAUSE]
        if kind in INPUTS:
            input_of[number] = number
        elif kind == Kind.REPORT and cause in input_of:
            # What a machine says is caused by its input, or by what it said of that before.
            input_of[number] = input_of[cause]
            over[input_of[cause]] = record[TIME]
        elif kind == Kind.RETURN:
            over[record[CONTENT].call] = record[TIME]
    return over
