"""Reads what the world does to the processes and what has to come out: ``[[fault]]``, ``[expect]``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.errors import nearest
from simulation.faults import UNDONE_BY, LinkFault, Restart
from simulation.scenario import keys
from simulation.scenario.deeds import parse_deed
from simulation.scenario.document import Document
from simulation.scenario.model import Expect, Statement, TimedFault
from simulation.scenario.sets import SetExpression, parse_set
from simulation.scenario.values import MistakeError
from simulation.units import show_us

STATES = ("killed", "restarted", "suspended", "resumed", "aborted", "decided")


def read_faults(document: Document, roles: Sequence[str], participants: int) -> tuple[TimedFault, ...]:
    """Every ``[[fault]]`` that can be understood, in the file's order."""
    written = document.data.get("fault", [])
    if not isinstance(written, list) or not all(isinstance(table, dict) for table in written):
        document.wrong(("fault",), "is not a list of tables. Write [[fault]] above the keys of each fault.")
        return ()
    faults: list[TimedFault] = []
    for number, table in enumerate(written, start=1):
        path = ("fault", str(number))
        found = document.read(table, path, keys.FAULT)
        with document.noting((*path, "do")):
            if "do" in found:
                fault = _fault({"at": 0, **found}, roles, participants)
                if any(fault.name == other.name for other in faults):
                    document.wrong((*path, "name"), f"another fault is called {fault.name!r} already.")
                faults.append(fault)
    return tuple(faults)


def read_expect(document: Document, roles: Sequence[str], participants: int) -> Expect:
    """``[expect]``; where it cannot be understood, its defaults."""
    found = document.read(document.table("expect"), ("expect",), keys.EXPECT)
    by: SetExpression | None = None
    with document.noting(("expect", "by")):
        if "by" in found:
            by = parse_set(found["by"], known=roles, participants=participants)
    happens: list[Statement] = []
    for text in found.get("happens", ()):
        with document.noting(("expect", "happens")):
            happens.append(parse_statement(text, roles, participants))
    return Expect(found.get("decision", "required"), by, tuple(happens))


def parse_statement(text: str, roles: Sequence[str], participants: int) -> Statement:
    """``SET STATE [before decision]``, the state one of ``STATES``. Raises ``MistakeError``."""
    words = text.split()
    early = words[-2:] == ["before", "decision"]
    *who, state = words[:-2] if early else words or [""]
    if state not in STATES or not who:
        raise MistakeError(
            f"{text!r} is not understood. A statement reads: SET {'|'.join(STATES)} [before decision]."
            f"{'' if state in STATES else nearest(state, STATES)}"
        )
    if early and state == "decided":
        raise MistakeError(f"{text!r} says that a process decides before any does.")
    expression = parse_set(" ".join(who), known=roles, participants=participants)
    return Statement(" ".join(words), expression, state, early)


def _fault(found: dict[str, Any], roles: Sequence[str], participants: int) -> TimedFault:
    written = " ".join(found["do"].split())
    deed = parse_deed(written, known=roles, participants=participants)
    for_us = found.get("for")
    if for_us is not None and not isinstance(deed.fault, (LinkFault, *UNDONE_BY)):
        raise MistakeError(f"'for' is how long a fault lasts, and {written!r} happens once. Leave it out.")
    if isinstance(deed.fault, Restart) and deed.whom.expression is None:
        raise MistakeError(
            f"{written!r}: whoever leads is alive. Name a set, as in 'restart all', or let a kill end by"
            ' itself, as in for = "2s".'
        )
    return TimedFault(
        name=found.get("name", f"{written} at {show_us(found['at'])}"),
        at_us=found["at"],
        fault=deed.fault,
        text=deed.whom.text,
        target=deed.whom.expression,
        must_happen=found.get("must_happen", True),
        to=deed.to,
        both=deed.both,
        for_us=for_us,
    )
