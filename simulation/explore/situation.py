"""A situation: everything that decides what can happen from now on."""

from __future__ import annotations

from collections.abc import Callable

Situation = tuple[tuple[int, ...], tuple[int, ...], int | None, tuple[int, ...], int, int]
"""The locals by place; the votes cast by each acceptor, as far as they matter; the value that
is chosen or decided, if one is; the packets in flight, in order; how many crashes and how many
duplicates are left. Locals, votes and packets are numbers of a ``Cast``."""


class Memo(dict[int, int]):
    """A function of a number, computed once for each."""

    def __init__(self, function: Callable[[int], int]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, number: int) -> int:
        found = self[number] = self._function(number)
        return found
