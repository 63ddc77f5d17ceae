"""What a check answers: held, violated with the events that prove it, or unknown."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Held(Struct, frozen=True, tag=True):
    """The property held in this run."""

    check: str


class Violated(Struct, frozen=True, tag=True):
    """The property was violated; ``events`` are the ids of the records that prove it."""

    check: str
    message: str
    events: tuple[int, ...] = ()


class Unknown(Struct, frozen=True, tag=True):
    """The run does not tell."""

    check: str
    message: str


Finding = Held | Violated | Unknown


def verdict(findings: Iterable[Finding]) -> str:
    """``fail`` if anything was violated, else ``unknown`` if anything is, else ``pass``.

    No finding at all is unknown: a run cannot pass by not being judged.
    """
    kinds = [type(finding) for finding in findings]
    if Violated in kinds:
        return "fail"
    if Unknown in kinds or not kinds:
        return "unknown"
    return "pass"
