"""A trace as a pandas DataFrame, where pandas is installed."""

from __future__ import annotations

from typing import Any

from simulation.errors import InputError
from simulation.trace import Places, Trace
from simulation.trace.codec import event

COLUMNS = ("id", "time_us", "event", "process", "source", "cause", "content", "detail")


def trace_frame(trace: Trace, places: Places) -> Any:
    """One row an event, indexed by ``id``; ``content`` is its type, ``detail`` its fields."""
    try:
        import pandas
    except ImportError as error:
        raise InputError(
            "a frame needs pandas: pip install 'simulation[notebook]', or pip install pandas"
        ) from error
    rows = []
    for record in trace:
        row = event(record, places)
        detail = row["content"]
        row["content"] = detail.pop("is")
        row["detail"] = detail
        rows.append(row)
    return pandas.DataFrame(rows, columns=list(COLUMNS)).set_index("id")
