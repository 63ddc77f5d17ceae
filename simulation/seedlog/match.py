"""Whether a report is what a line of a log tells."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from simulation.protocols.reports import Report
from simulation.seedlog.forms import FORMS_OF

Bindings = dict[int, int]
"""Unknown values, which are negative, and what lines have shown them to be."""


def tells(said: Report, report: Report, bindings: Bindings) -> bool:
    """Whether a machine that makes ``report`` prints the line that was read as ``said``.

    A proposed value that the log has not shown yet is a negative number in the report. The line
    then tells what it is, and ``bindings`` get it.
    """
    kind = said.__class__
    if report.__class__ is not kind:
        return False
    plain, values = _TOLD[kind]
    if plain is not None and plain(said) != plain(report):
        return False
    return all(_same(getattr(said, name), getattr(report, name), bindings) for name in values)


def _same(printed: Any, value: Any, bindings: Bindings) -> bool:
    if value is None or value >= 0 or printed is None:
        return bool(printed == value)
    return bool(bindings.setdefault(value, printed) == printed)


def _told(kind: type[Report]) -> tuple[Any, tuple[str, ...]]:
    forms = FORMS_OF[kind]
    values = {name for form in forms for name in form.values}
    # A form for a special case tells its fields only there, and there the log is not compared by them.
    plain = [name for name in forms[-1].shown if name not in values]
    return (attrgetter(*plain) if plain else None), tuple(sorted(values))


_TOLD = {kind: _told(kind) for kind in FORMS_OF}
