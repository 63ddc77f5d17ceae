"""What fields of a state stand for: told in their types, for whoever shows it. Machines do not notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, get_type_hints

from msgspec import Struct


class ProcessSet(Struct, frozen=True):
    """In ``Annotated``: the value of a field is a set of processes.

    ``members`` finds their addresses, from the value and the names of all processes.
    """

    members: Callable[[Any, tuple[str, ...]], Iterable[int]]


def bits_of(value: int) -> list[int]:
    """The numbers of the bits that are set, lowest first."""
    return [number for number in range(value.bit_length()) if value >> number & 1]


ProcessBits = Annotated[int, ProcessSet(lambda value, names: bits_of(value))]
"""A whole number whose bit ``k`` stands for the process with the address ``k``."""

Processes = Annotated[tuple[int, ...], ProcessSet(lambda value, names: value)]
"""The addresses of processes."""


@cache
def process_sets(kind: type) -> Mapping[str, ProcessSet]:
    """The fields of this struct whose types say that they are sets of processes."""
    try:
        hints = get_type_hints(kind, include_extras=True)
    except Exception:
        # A user's types may name what only a type checker imports: such a state is shown as it stands.
        return {}
    return {
        name: told
        for name, hint in hints.items()
        for told in getattr(hint, "__metadata__", ())
        if isinstance(told, ProcessSet)
    }
