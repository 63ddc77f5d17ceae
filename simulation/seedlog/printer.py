"""A trace as the real system would have printed it, line by line.

A report that this system has no line for prints nothing; ballots of other protocols are
shown as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulation.seedlog.forms import FORMS_OF, form_of
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, KIND, PROCESS

_REPORT = int(Kind.REPORT)


def log_lines(records: Iterable[Record], places: Places) -> Iterator[str]:
    """The lines of a run, in order, without line ends."""
    names = places.names
    for record in records:
        if record[KIND] == _REPORT and record[CONTENT].__class__ in FORMS_OF:
            form = form_of(record[CONTENT])
            if form is not None:
                process = places.process(record[PROCESS])
                yield form.show(names[process] if process >= 0 else "", record[CONTENT], names)
