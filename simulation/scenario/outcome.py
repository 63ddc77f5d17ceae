"""Reads what has to come out: ``[expect]``."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import nearest
from simulation.scenario import keys
from simulation.scenario.document import Document
from simulation.scenario.model import Expect, Statement
from simulation.scenario.sets import SetExpression, parse_set
from simulation.scenario.values import MistakeError

STATES = ("killed", "restarted", "suspended", "resumed", "aborted", "decided")


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
