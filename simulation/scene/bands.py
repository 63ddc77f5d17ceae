"""What lasts: deaths, suspensions, slow processes, links that are hit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from simulation.faults import UNDONE_BY, Drift, Kill, LinksHealed, LinksHit, Slow, Strike, Suspend, Wipe
from simulation.scene.words import short
from simulation.trace import Kind, Places, Record
from simulation.trace.record import CONTENT, KIND

DEAD, SUSPENDED, SLOW, LINKS = "dead", "suspended", "slow", "links"

_BEGINS: dict[type, str] = {Kill: DEAD, Wipe: DEAD, Suspend: SUSPENDED, Slow: SLOW, Drift: SLOW}
_ENDS = {type(undoing): _BEGINS[fault] for fault, undoing in UNDONE_BY.items() if fault in _BEGINS}


class Band(Struct):
    """Something that lasts from one place in the trace to another (None: to the end).

    ``what`` is ``dead``, ``suspended`` or ``slow`` and concerns one of ``lanes``; or it is ``links``: then
    messages from ``lanes`` to ``others`` are hit. ``text`` says what it is.
    """

    what: str
    lanes: tuple[int, ...]
    begin: int
    end: int | None
    text: str
    others: tuple[int, ...] = ()


def bands(records: Sequence[Record], places: Places) -> list[Band]:
    """All that lasts, in the order in which it began."""
    found: list[Band] = []
    lasting: dict[tuple[str, object], list[Band]] = {}
    for place, record in enumerate(records):
        if record[KIND] != Kind.STRIKE:
            continue
        content = record[CONTENT]
        if isinstance(content, LinksHealed):
            _end(lasting, (LINKS, content.reason), place)
        elif isinstance(content, LinksHit):
            band = Band(LINKS, content.sources, place, None, short(record, places), content.destinations)
            found.append(band)
            lasting.setdefault((LINKS, content.reason), []).append(band)
        elif isinstance(content, Strike) and content.process >= 0:
            _turn(found, lasting, content, place, short(record, places))
    return found


def _turn(
    found: list[Band], lasting: dict[tuple[str, object], list[Band]], strike: Strike, place: int, text: str
) -> None:
    fault, process = strike.fault, strike.process
    ended = _ENDS.get(type(fault))
    if ended is not None:
        _end(lasting, (ended, process), place)
    begun = _BEGINS.get(type(fault))
    if begun == DEAD:
        _end(lasting, (SUSPENDED, process), place)
    if begun is not None and not lasting.get((begun, process)):
        band = Band(begun, (process,), place, None, text)
        found.append(band)
        lasting[begun, process] = [band]


def _end(lasting: dict[tuple[str, object], list[Band]], key: tuple[str, object], place: int) -> None:
    """Let the band of this name end; of several, which a fault at a rate has, the one that began first."""
    if lasting.get(key):
        lasting[key].pop(0).end = place
