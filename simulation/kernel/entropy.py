"""Chance: one seed, as many independent named streams as anybody wants.

A stream is named by a purpose and up to two whole numbers (a process, a link). Its
numbers depend on (seed, name) alone: drawing from one stream, or adding another, moves
nothing in the rest. So one more message on a link changes nobody else's luck.

The source is Philox 4x64 (Salmon et al., *Parallel random numbers: as easy as 1, 2, 3*,
SC 2011), a function from (key, counter) to bits: the seed is the key, the name and the
position in the stream are the counter. Seeking is therefore free of history, and a block
drawn for many neighbouring links at once holds the same numbers as each link's own draw.

Only whole-number arithmetic turns bits into draws. NumPy promises that its bits stay what
they are, and makes no such promise for what its ``Generator`` draws from them; libm's
``log`` differs in the last bit between machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from enum import IntEnum
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.random import Philox

WORDS: Final = 4
"""What one step of Philox gives: 64-bit words. A draw takes one, modulo its range."""

_MASK: Final = (1 << 64) - 1
_LARGEST_BLOCK: Final = 5


class Purpose(IntEnum):
    """What a stream is for. The numbers are part of every digest: append, never renumber."""

    ORDER = 1
    VALUE = 2
    LET = 3
    SCRIPT = 4
    LATENCY = 5
    PRINT = 6
    BOOT = 7
    VISIBLE = 8
    START = 9
    TIMER = 10
    SLICE = 11
    OWN_DELAY = 12
    SEND = 13
    WEATHER = 14
    CALM = 15
    SYNC = 16
    DISK = 17
    STRATEGY = 18
    RATE = 19
    TARGET = 20


class Entropy:
    """All the chance of one run, from one seed (a whole number from 0 to 2**128 - 1)."""

    def __init__(self, seed: int) -> None:
        self.bits = Philox(0)
        self._position: dict[str, Any] = {**self.bits.state, "buffer": (0,) * WORDS}
        self._place: dict[str, tuple[int, ...]] = {}
        self._position["state"] = self._place
        self.reseed(seed)

    def reseed(self, seed: int) -> None:
        """Become the entropy of another seed, as if built anew."""
        self._place["key"] = (seed & _MASK, seed >> 64)

    def stream(self, purpose: Purpose, first: int = 0, second: int = 0) -> Stream:
        """The stream of this name, at its beginning."""
        return Stream(self, purpose, first, second)

    def seek(self, step: int, purpose: int, first: int, second: int) -> None:
        """Put the bits at a place that nothing but these four numbers determines."""
        # Plain numbers: NumPy takes its own arrays apart more slowly than a tuple.
        self._place["counter"] = (step, purpose, first, second)
        self.bits.state = self._position  # type: ignore[assignment]


class Table:
    """Many streams of one purpose, read side by side: stream ``index`` in its own (low, high).

    A draw is ``(table.rows[index] or table.refill(index)).pop()``. A stream's numbers come
    in blocks of 4, 8, ... 128. Those of neighbours are computed together where that pays: a
    small table's first blocks all at once, later ones for the ``group`` that a stream belongs
    to. That changes when numbers are computed and not which: they depend on nothing but the
    seed and the index.
    """

    SMALL: Final = 1024
    """Up to so many streams the first blocks of all are computed at once."""

    CHEAP: Final = 32
    """Up to so many neighbours are computed as soon as one is asked, more only at the second."""

    TOGETHER: Final = 4
    """The last block that is computed for a whole group."""

    def __init__(
        self, entropy: Entropy, purpose: Purpose, ranges: Sequence[tuple[int, int]], group: int = 1
    ) -> None:
        self._entropy = entropy
        self._purpose = purpose
        self._group = group
        self._count = len(ranges)
        self._lows = np.repeat(np.array([low for low, _ in ranges], dtype=np.uint64), WORDS)
        self._spans = np.repeat(np.array([high - low + 1 for low, high in ranges], dtype=np.uint64), WORDS)
        self._alike = len(set(ranges)) == 1
        self._blocks = [0] * self._count
        self._misses: dict[tuple[int, int], int] = {}
        self._first_blocks: memoryview | None = None
        self._pristine = True
        self.rows: list[list[int]] = [[]] * self._count
        """What has been computed of each stream and not been drawn; drawn from the end."""

    def reset(self) -> None:
        """Begin all streams again, with the entropy's present seed."""
        if self._pristine:
            return
        self._pristine = True
        self._first_blocks = None
        self._misses.clear()
        self.rows[:] = [[]] * self._count
        self._blocks[:] = [0] * self._count

    def refill(self, index: int) -> list[int]:
        """The next draws of a stream that has none left, at least one."""
        block = self._blocks[index]
        if block == 0 and self._count <= self.SMALL:
            # The array stays one: most numbers of a small table are never drawn.
            if self._first_blocks is None:
                self._pristine = False
                self._first_blocks = self._compute(0, self._count, 0).data
            self._blocks[index] = 1
            row: list[int] = self._first_blocks[WORDS * index : WORDS * (index + 1)].tolist()
            self.rows[index] = row
            return row
        self._pristine = False
        first, count = self._neighbours(index, block)
        for neighbour, row in enumerate(
            self._compute(first, count, block).reshape(count, -1).tolist(), first
        ):
            if self._blocks[neighbour] == block and not self.rows[neighbour]:
                self.rows[neighbour] = row
                self._blocks[neighbour] = block + 1
        return self.rows[index]

    def _neighbours(self, index: int, block: int) -> tuple[int, int]:
        """From which stream on, and for how many, to compute this block: (first, count)."""
        if block > self.TOGETHER:
            return index, 1
        first = index - index % self._group
        if self._group > self.CHEAP:
            misses = self._misses.get((first, block), 0) + 1
            self._misses[first, block] = misses
            if misses != 2:
                return index, 1
        return first, min(self._group, self._count - first)

    def _compute(self, first: int, count: int, block: int) -> np.ndarray:
        """Block ``block`` of ``count`` streams, one stream after the other."""
        size = min(block, _LARGEST_BLOCK)
        self._entropy.seek(first << size, self._purpose, block, 0)
        words = self._entropy.bits.random_raw(WORDS * count << size)
        if self._alike:
            words %= self._spans[0]
            words += self._lows[0]
        else:
            place = slice(WORDS * first, WORDS * (first + count))
            words %= self._spans[place].repeat(1 << size)
            words += self._lows[place].repeat(1 << size)
        return words


class Stream:
    """One named stream of whole numbers, fetched in blocks: 8 draws first, then 128 at a time."""

    __slots__ = ("_block", "_entropy", "_first", "_purpose", "_second", "_words")

    def __init__(self, entropy: Entropy, purpose: Purpose, first: int, second: int) -> None:
        self._entropy = entropy
        self._purpose = purpose
        self._first = first
        self._second = second
        self._block = 0
        self._words: list[int] = []

    def between(self, low: int, high: int) -> int:
        """A whole number, uniform in low..high, both ends in."""
        if high <= low:
            return low
        return low + self._word() % (high - low + 1)

    def chance(self, numerator: int, denominator: int) -> bool:
        """True in ``numerator`` of ``denominator`` cases."""
        return self._word() % denominator < numerator

    def normal(self, mean: int, deviation: int) -> int:
        """A whole number, nearly normal: the sum of twelve uniform ones (Irwin and Hall)."""
        twelve = sum([self._word() >> 32 for _ in range(12)])
        return mean + (deviation * (twelve - (6 << 32)) >> 32)

    def exponential(self, mean: int) -> int:
        """A whole number, exponential in 1,024 steps: the middle of one of as many equal shares."""
        return mean * _exponential_quantiles()[self._word() % 1024] // 1_000_000

    def shuffled(self, count: int) -> tuple[int, ...]:
        """The numbers 0..count-1 in a random order (Fisher and Yates, from the end)."""
        order = list(range(count))
        for place in range(count - 1, 0, -1):
            other = self.between(0, place)
            order[place], order[other] = order[other], order[place]
        return tuple(order)

    def _word(self) -> int:
        if not self._words:
            steps = 2 if self._block == 0 else 1 << _LARGEST_BLOCK
            self._entropy.seek(self._block << 32, self._purpose, self._first, 1 << 32 | self._second)
            self._words = self._entropy.bits.random_raw(WORDS * steps).tolist()
            self._words.reverse()
            self._block += 1
        return self._words.pop()


@cache
def _exponential_quantiles() -> tuple[int, ...]:
    """-ln((k + 1/2) / 1024) in millionths. ``Decimal`` rounds correctly, on every machine."""
    with localcontext() as context:
        context.prec = 20
        return tuple(int(-(Decimal(2 * k + 1) / 2048).ln() * 1_000_000) for k in range(1024))
