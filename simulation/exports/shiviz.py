"""A run as a log with vector clocks, for ShiViz.

The first line is the regular expression that reads the rest; the second, which is empty, would
tell several executions apart. Then every event has two lines: when, which record, and what
happened; where, and the vector clock. The expression that ShiViz takes where it is given none
reads them too, with time and number as a part of the event.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulation.order import NOWHERE, Clock, Order
from simulation.scene.words import whole
from simulation.trace.record import ID, TIME

if TYPE_CHECKING:
    from simulation.run import Run

PARSER: Final = r"(?<time_us>\d+) (?<record>\d+) (?<event>.*)\n(?<host>\S*) (?<clock>{.*})"

LOST: Final = "lost"
"""A host of its own for messages that nobody got: arrows lead there, and none away."""


def shiviz_lines(run: Run) -> Iterator[str]:
    """The log, line by line, without line ends."""
    yield PARSER
    yield ""
    order = Order(run.trace.records, run.places)
    hosts = (*order.names, LOST)
    lost: Clock = (0,) * len(hosts)
    for record, line, clock in zip(run.trace, order.lines, order.clocks, strict=True):
        # A protocol's own words may have several lines, an event has one.
        told = " ".join(whole(record, run.places).splitlines())
        yield f"{record[TIME]} {record[ID]} {told}"
        if line == NOWHERE:
            # A host knows what happened there before, so this host joins the pasts of what is lost.
            clock = lost = (*map(max, lost, clock), lost[-1] + 1)
        host = LOST if line == NOWHERE else hosts[line]
        known = {name: count for name, count in zip(hosts, clock, strict=False) if count}
        yield f"{host} {json.dumps(known)}"
