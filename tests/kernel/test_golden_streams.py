"""Golden draws: what a seed means, number by number.

Every digest hangs on these. They may only be rewritten when the derivation of streams is
changed on purpose; then raise ``simulation.trace.trace.FORMAT``, say in the changelog
that old seeds give new runs, and renew the golden digests with them. A new purpose, a
new version of NumPy or another machine is never a reason.
"""

from __future__ import annotations

import pytest

from simulation.kernel import Entropy, Purpose
from tests.kernel.draws import draws, table, words

FIRST_WORDS = {
    0: [1967673039, 778266142, 4101818272, 1250894994],
    7: [664336985, 4025236595, 2336319146, 1122256977],
    2**128 - 1: [891943597, 573621321, 492752510, 381562353],
}
"""By seed, the first numbers below 2**32 of the stream (LATENCY, 3, 4)."""

TWO_RANGES = [(10, 30), (200, 1_200)]


@pytest.mark.parametrize("seed", FIRST_WORDS)
def test_a_stream_begins_as_it_always_has(seed: int) -> None:
    assert words(Entropy(seed).stream(Purpose.LATENCY, 3, 4), 4) == FIRST_WORDS[seed]


def test_a_stream_goes_on_as_it_always_has() -> None:
    assert words(Entropy(7).stream(Purpose.LATENCY, 3, 4), 202)[200:] == [1580547055, 2283436895]


def test_small_ranges_are_drawn_as_they_always_have_been() -> None:
    stream = Entropy(7).stream(Purpose.SCRIPT, 2)
    assert [stream.between(1, 5) for _ in range(10)] == [1, 3, 3, 5, 4, 3, 3, 3, 1, 3]


def test_eleven_participants_are_shuffled_as_they_always_have_been() -> None:
    assert Entropy(7).stream(Purpose.ORDER).shuffled(11) == (2, 5, 0, 7, 10, 9, 1, 6, 4, 3, 8)


def test_a_table_begins_as_it_always_has() -> None:
    two = table(7, TWO_RANGES)
    assert draws(two, 0, 8) == [27, 29, 21, 14, 29, 15, 21, 10]
    assert draws(two, 1, 8) == [421, 728, 266, 505, 263, 446, 601, 895]


def test_a_table_goes_on_as_it_always_has() -> None:
    assert draws(table(7, TWO_RANGES), 1, 202)[200:] == [1103, 1196]


def test_normal_draws_are_what_they_always_have_been() -> None:
    stream = Entropy(7).stream(Purpose.BOOT)
    assert [stream.normal(0, 1_000_000) for _ in range(3)] == [21343, 799832, -986056]


def test_exponential_draws_are_what_they_always_have_been() -> None:
    stream = Entropy(7).stream(Purpose.VISIBLE)
    assert [stream.exponential(1_000_000) for _ in range(3)] == [7624618, 230125, 72381]
