"""Reads what the world does to the processes: ``[[fault]]``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simulation.faults import OF_MACHINES, UNDONE_BY, Clog, LinkFault, Restart
from simulation.protocols import Protocol
from simulation.scenario import keys
from simulation.scenario.deeds import Deed, parse_deed, parse_whom
from simulation.scenario.document import Document
from simulation.scenario.locate import Path
from simulation.scenario.model import TimedFault
from simulation.scenario.pins import Pinned, parse_pin
from simulation.scenario.rates import check_rate
from simulation.scenario.values import MistakeError
from simulation.units import show_us

PINNED = ("after", "before")


class Around(Struct, frozen=True):
    """What a fault can name: roles, so many participants, steps of the protocol if there is one."""

    roles: Sequence[str]
    participants: int
    protocol: Protocol | None


def read_faults(document: Document, around: Around) -> tuple[TimedFault, ...]:
    """Every ``[[fault]]`` that can be understood, in the file's order."""
    written = document.data.get("fault", [])
    if not isinstance(written, list) or not all(isinstance(table, dict) for table in written):
        document.wrong(("fault",), "is not a list of tables. Write [[fault]] above the keys of each fault.")
        return ()
    faults: list[TimedFault] = []
    for number, table in enumerate(written, start=1):
        path = ("fault", str(number))
        found = document.read(table, path, keys.FAULT)
        _check_when(document, path, table)
        check_rate(document, path, table, found)
        pinned = _pinned(document, path, found, around)
        with document.noting((*path, "do")):
            if "do" in found:
                fault = _fault(found, pinned, around)
                if any(fault.name == other.name for other in faults):
                    document.wrong((*path, "name"), f"another fault is called {fault.name!r} already.")
                faults.append(fault)
    return tuple(faults)


def _check_when(document: Document, path: Path, table: dict[str, Any]) -> None:
    """One time, one step or one rate."""
    given = [key for key in ("at", "every", *PINNED) if key in table]
    if not given:
        document.wrong(
            (*path, "at"),
            "is missing. Write it as in at = \"5ms\", name a step with 'after' or 'before', or a rate with"
            " 'every'.",
        )
    for key in given[1:]:
        begins = " When a rate begins is said by 'from'." if given[:2] == ["at", "every"] else ""
        document.wrong(
            (*path, key),
            f"{given[0]!r} says already when it strikes: at one time, at one step or at a rate. Keep one."
            f"{begins}",
        )
    if "by" in table and not any(key in table for key in PINNED):
        document.wrong((*path, "by"), "says whose step it is, and there is none. Give 'after' or 'before'.")


def _pinned(document: Document, path: Path, found: dict[str, Any], around: Around) -> Pinned | None:
    """The step at which a fault strikes, if there is one that can be understood."""
    by = None
    with document.noting((*path, "by")):
        if "by" in found:
            by = parse_whom(found["by"], known=around.roles, participants=around.participants)
    for key in PINNED:
        if key in found and around.protocol is not None:
            with document.noting((*path, key)):
                return parse_pin(found[key], around.protocol, before=key == "before", by=by)
    return None


def _fault(found: dict[str, Any], pinned: Pinned | None, around: Around) -> TimedFault:
    key = next((key for key in PINNED if key in found), None)
    written = " ".join(found["do"].split())
    deed = parse_deed(written, known=around.roles, participants=around.participants, pinned=key is not None)
    every_us = found.get("every")
    _check_deed(written, deed, found.get("for"), every_us)
    return TimedFault(
        name=found.get("name", f"{written} {_when(key, found)}"),
        at_us=None if key else found.get("at" if every_us is None else "from", 0),
        fault=deed.fault,
        whom=deed.whom,
        must_happen=found.get("must_happen", True),
        to=deed.to,
        both=deed.both,
        for_us=found.get("for"),
        pinned=pinned,
        every_us=every_us,
        until_us=found.get("until"),
        ring=deed.ring,
    )


def _when(pinned: str | None, found: dict[str, Any]) -> str:
    """The step, the rate or the time, in the words of the file."""
    if pinned is not None:
        return f"{pinned} {' '.join(found[pinned].split())}"
    if "every" in found:
        return f"every {show_us(found['every'])}"
    return f"at {show_us(found.get('at', 0))}"


def _check_deed(written: str, deed: Deed, for_us: int | None, every_us: int | None) -> None:
    if for_us is not None and not isinstance(deed.fault, (LinkFault, *UNDONE_BY)):
        raise MistakeError(f"'for' is how long a fault lasts, and {written!r} happens once. Leave it out.")
    if every_us is not None and for_us is None and isinstance(deed.fault, (LinkFault, *OF_MACHINES)):
        raise MistakeError(
            f"{written!r} at a rate has to be over at some time: say how long each lasts, as in"
            ' for = "200ms".'
        )
    if isinstance(deed.fault, Clog) and for_us is None:
        raise MistakeError(f'{written!r} keeps messages until it is over: say when, as in for = "200ms".')
    if isinstance(deed.fault, Restart) and deed.whom.expression is None:
        raise MistakeError(
            f"{written!r}: who leads, or takes a step, is alive. Name a set, as in 'restart all', or let a"
            ' kill end by itself, as in for = "2s".'
        )
