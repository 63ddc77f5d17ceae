"""A record as one line of JSON, the way people and other programs read it."""

from __future__ import annotations

from typing import Any

import msgspec

from simulation.trace.places import Places
from simulation.trace.record import CAUSE, CONTENT, ID, KIND, PROCESS, SOURCE, TIME, Kind, Record


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
    return msgspec.json.encode(event(record, places)).decode()


def spelled_out(value: Any) -> Any:
    """A struct as an object: ``is`` names its type, the other keys its fields."""
    if isinstance(value, msgspec.Struct):
        fields = {name: spelled_out(getattr(value, name)) for name in value.__struct_fields__}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, (tuple, list)):
        return [spelled_out(item) for item in value]
    return value
