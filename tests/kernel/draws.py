"""Shared by the tests of chance: seeds, names of streams, and drawing from a table."""

from __future__ import annotations

from hypothesis import strategies as st

from simulation.kernel import Entropy, Purpose, Stream, Table

WORDS = 2**32
"""How many different numbers one draw can be."""

SEEDS = st.integers(0, 2**128 - 1)
NAMES = st.tuples(st.sampled_from(Purpose), st.integers(0, 10_000), st.integers(0, 10_000))


def words(stream: Stream, count: int) -> list[int]:
    """The next draws of a stream in full width."""
    return [stream.between(0, WORDS - 1) for _ in range(count)]


def table(seed: int, ranges: list[tuple[int, int]], *, group: int = 1) -> Table:
    """A table of this seed, at its beginning."""
    built = Table(Entropy(seed), Purpose.LATENCY, ranges, group=group)
    built.reset()
    return built


def draw(from_table: Table, index: int) -> int:
    """The next number of one stream of a table, as the driver draws it."""
    return (from_table.rows[index] or from_table.refill(index)).pop()


def draws(from_table: Table, index: int, count: int) -> list[int]:
    """The next numbers of one stream of a table."""
    return [draw(from_table, index) for _ in range(count)]
