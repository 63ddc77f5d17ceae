"""Chance: one seed, as many independent named streams as anybody wants.

A stream is named by a purpose and up to two whole numbers (a process, a link). Its
numbers depend on (seed, name) alone: drawing from one stream, or adding another, moves
nothing in the rest. So one more message on a link changes nobody else's luck.

The source is Philox 4x64 (Salmon et al., *Parallel random numbers: as easy as 1, 2, 3*,
SC 2011), a function from (key, counter) to bits: the seed is the key, the name and the
position in the stream are the counter. Seeking is therefore free of history, and a block
drawn for many neighbouring links at once holds the same numbers as each link's own draw.

Only whole-number arithmetic turns bits into draws, except ``normal`` and
``exponential``, which use NumPy's ziggurats: libm's ``log`` differs in the last bit
between machines, those do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.random import Generator, Philox

ROW: Final = 8
"""Draws in a row: one step of Philox gives four 64-bit words, which are eight halves."""

_BLOCK_STEPS: Final = 16
_MASK: Final = (1 << 64) - 1
_HALF: Final = np.uint64(32)
_LOWER: Final = np.uint64(0xFFFFFFFF)


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


class Entropy:
    """All the chance of one run, from one seed (a whole number from 0 to 2**128 - 1)."""

    def __init__(self, seed: int) -> None:
        self.bits = Philox(key=0)
        self._generator = Generator(self.bits)
        self._position = self.bits.state
        self._counter = self._position["state"]["counter"]
        self.reseed(seed)

    def reseed(self, seed: int) -> None:
        """Become the entropy of another seed, as if built anew."""
        key = self._position["state"]["key"]
        key[0] = seed & _MASK
        key[1] = seed >> 64

    def stream(self, purpose: Purpose, first: int = 0, second: int = 0) -> Stream:
        """The stream of this name, at its beginning."""
        return Stream(self, purpose, first, second)

    def generator(self, purpose: Purpose, first: int = 0, second: int = 0) -> Generator:
        """NumPy's generator at the beginning of a stream; valid until the next draw elsewhere."""
        self.seek(0, purpose, first, 2 + second)
        return self._generator

    def seek(self, step: int, purpose: int, first: int, second: int) -> None:
        """Put the bits at a place that nothing but these four numbers determines."""
        counter = self._counter
        counter[0] = step
        counter[1] = purpose
        counter[2] = first
        counter[3] = second
        self.bits.state = self._position


class Table:
    """Many streams of one purpose, read side by side: stream ``index`` in its own (low, high).

    A draw is ``(table.rows[index] or table.refill(index)).pop()``. Rows are fetched for
    many streams at once, all of a small table or, in a large one, those of a ``group`` of
    neighbours once two of it have been used. That changes when numbers are computed and
    not which: each stream's numbers depend on nothing but the seed and its index.
    """

    SMALL: Final = 1024

    def __init__(
        self, entropy: Entropy, purpose: Purpose, ranges: Sequence[tuple[int, int]], group: int = 1
    ) -> None:
        self._entropy = entropy
        self._purpose = purpose
        self._group = group
        self._lows = np.array([low for low, _ in ranges], dtype=np.uint64)
        self._spans = np.array([high - low + 1 for low, high in ranges], dtype=np.uint64)
        self._count = len(ranges)
        self._blocks = [0] * self._count
        self._misses: dict[int, int] = {}
        self.rows: list[list[int]] = []
        """What has been fetched of each stream and not been drawn; drawn from the end."""

    def reset(self) -> None:
        """Begin all streams again, with the entropy's present seed."""
        self._misses.clear()
        if self._count <= self.SMALL:
            self.rows[:] = self._fetch(0, self._count)
            self._blocks[:] = [1] * self._count
        else:
            self.rows[:] = [[]] * self._count
            self._blocks[:] = [0] * self._count

    def refill(self, index: int) -> list[int]:
        """The next draws of a stream that has none left, at least one."""
        block = self._blocks[index]
        self._blocks[index] = block + 1
        if block == 0:
            self._prefetch(index - index % self._group)
            self.rows[index] = self._fetch(index, 1)[0]
        else:
            self.rows[index] = self._fetch_block(index, block)
        return self.rows[index]

    def _prefetch(self, first: int) -> None:
        """Fetch the first row of a group's untouched streams when it is asked a second time."""
        self._misses[first] = self._misses.get(first, 0) + 1
        if self._misses[first] != 2:
            return
        count = min(self._group, self._count - first)
        for index, row in enumerate(self._fetch(first, count), first):
            if not self._blocks[index]:
                self._blocks[index] = 1
                self.rows[index] = row

    def _fetch(self, first: int, count: int) -> list[list[int]]:
        self._entropy.seek(first, self._purpose, 0, 0)
        words = _halves(self._entropy.bits.random_raw(4 * count)).reshape(count, ROW)
        words *= self._spans[first : first + count, None]
        words >>= _HALF
        words += self._lows[first : first + count, None]
        rows: list[list[int]] = words.tolist()
        return rows

    def _fetch_block(self, index: int, block: int) -> list[int]:
        steps = 4 if block == 1 else _BLOCK_STEPS
        self._entropy.seek(block * _BLOCK_STEPS, self._purpose, index, 1)
        words = _halves(self._entropy.bits.random_raw(4 * steps))
        words *= self._spans[index]
        words >>= _HALF
        words += self._lows[index]
        draws: list[int] = words.tolist()
        return draws


class Stream:
    """One named stream of whole numbers, fetched in blocks: 16 first, then 128 at a time."""

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
        return low + (self._word() * (high - low + 1) >> 32)

    def chance(self, numerator: int, denominator: int) -> bool:
        """True in ``numerator`` of ``denominator`` cases."""
        return self._word() * denominator >> 32 < numerator

    def shuffled(self, count: int) -> tuple[int, ...]:
        """The numbers 0..count-1 in a random order (Fisher and Yates, from the end)."""
        order = list(range(count))
        for place in range(count - 1, 0, -1):
            other = self.between(0, place)
            order[place], order[other] = order[other], order[place]
        return tuple(order)

    def _word(self) -> int:
        if not self._words:
            entropy = self._entropy
            entropy.seek(self._block * _BLOCK_STEPS, self._purpose, self._first, 1 << 32 | self._second)
            steps = _BLOCK_STEPS if self._block else 2
            self._words = _halves(entropy.bits.random_raw(4 * steps)).tolist()
            self._words.reverse()
            self._block += 1
        return self._words.pop()


def _halves(raw: np.ndarray) -> np.ndarray:
    """64-bit words as twice as many 32-bit numbers, the lower half first.

    The halves are taken by arithmetic and not by reinterpreting memory, so that the byte
    order of the machine does not matter.
    """
    halves = np.empty((raw.size, 2), dtype=np.uint64)
    np.bitwise_and(raw, _LOWER, out=halves[:, 0])
    np.right_shift(raw, _HALF, out=halves[:, 1])
    return halves.reshape(-1)
