"""A record as one line of JSON, the way people and other programs read it."""

from __future__ import annotations

from math import isfinite
from typing import Any

import msgspec

from simulation.trace.places import Places
from simulation.trace.record import CAUSE, CONTENT, ID, KIND, PROCESS, SOURCE, TIME, Kind, Record
from simulation.trace.wide import to_json


def event(record: Record, places: Places) -> dict[str, Any]:
    """The record as a JSON object: named fields, names for addresses, content spelled out."""
    return {
        "id": record[ID],
        "time_us": record[TIME],
        "event": Kind(record[KIND]).name.lower(),
        "process": places.name(record[PROCESS]),
        "source": places.name(record[SOURCE]),
        "cause": record[CAUSE],
        "content": spelled_out(record[CONTENT]),
    }


def line(record: Record, places: Places) -> str:
    """``event`` as canonical JSON without a newline."""
    return to_json(event(record, places))


def spelled_out(value: Any) -> Any:
    """A struct as an object: ``is`` names its type, the other keys its fields.

    Sets become sorted lists, dictionaries sorted lists of pairs: their own order is none. JSON has no
    number that is infinite or none; they become the words ``inf``, ``-inf`` and ``nan``.
    """
    if isinstance(value, msgspec.Struct):
        fields = {name: spelled_out(getattr(value, name)) for name in value.__struct_fields__}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, (tuple, list)):
        return [spelled_out(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((spelled_out(item) for item in value), key=to_json)
    if isinstance(value, dict):
        pairs = [[spelled_out(key), spelled_out(item)] for key, item in value.items()]
        return sorted(pairs, key=to_json)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
