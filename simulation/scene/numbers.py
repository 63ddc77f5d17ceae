"""The ballot and the instance that an event names. A protocol of one's own may call anything so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def ballot_of(content: object) -> Any:
    """The ballot that this names; None where it names none, or what no other can be compared with."""
    number = getattr(content, "ballot", None)
    try:
        hash(number)
    except TypeError:
        return None
    return number


def instance_of(content: object) -> int | None:
    """The instance that this names, if it is a number."""
    instance = getattr(content, "instance", None)
    return instance if isinstance(instance, int) else None


def ascending(ballots: Iterable[Any]) -> tuple[Any, ...]:
    """Each of these once, the lowest first; those without an order as they come."""
    found = [number for number in dict.fromkeys(ballots) if number is not None]
    try:
        return tuple(sorted(found))
    except TypeError:
        return tuple(found)


def is_below(one: Any, other: Any) -> bool:
    """Whether one ballot is lower than another; of those without an order none is."""
    try:
        return bool(one < other)
    except TypeError:
        return False
