"""Addresses that can be recognised, so that machines can change places.

A state may hold addresses anywhere: in a promise that was heard, in the ballot of a
proposer. For whoever looks from outside they are numbers like any other. So a machine that
is explored up to symmetry gets addresses that no round, value or count ever reaches, and
what is renamed are the numbers of that kind, wherever they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from msgspec import Struct

from simulation.errors import HarnessError

FAR: Final = 1 << 40
"""The first recognisable address."""

_PLAIN: Final = (type(None), bool, str, float, bytes, Enum)


def renamed(value: Any, names: Mapping[int, int]) -> Any:
    """``value`` with every whole number that has another name in ``names`` replaced by it.

    Raises ``HarnessError`` for what is neither plain nor made of tuples, frozen sets and
    structs: an address in there would be overlooked.
    """
    kind = value.__class__
    if kind is int:
        return names.get(value, value)
    if kind is tuple:
        return tuple([renamed(part, names) for part in value])
    if isinstance(value, Struct):
        fields = value.__struct_fields__
        return kind(**{field: renamed(getattr(value, field), names) for field in fields})
    if isinstance(value, _PLAIN):
        return value
    if kind is frozenset:
        return frozenset([renamed(part, names) for part in value])
    if isinstance(value, tuple):
        return kind(*[renamed(part, names) for part in value])
    raise HarnessError(
        f"a {kind.__name__} in a state or message cannot be searched for addresses: use tuples,"
        " frozensets and msgspec.Structs, or explore with symmetric=False"
    )
