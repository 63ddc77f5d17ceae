"""The digest is the certificate of a trace: equal where traces are, different where not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.trace import Record, Trace
from simulation.trace.trace import BLOCK
from tests.trace.samples import CONTENTS, NUMBERS, RECORDS, Heard, Said, saying, traced

SEVERAL = st.lists(RECORDS, min_size=1, max_size=5)
LONG = 3 * BLOCK + 5


@given(SEVERAL)
def test_equal_traces_have_equal_digests(records: list[Record]) -> None:
    assert traced(records).digest() == traced(list(records)).digest()


@given(SEVERAL, st.data())
def test_any_change_of_any_field_of_any_record_changes_the_digest(
    records: list[Record], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(records) - 1))
    field = data.draw(st.integers(0, 7))
    old = records[place]
    new = data.draw(CONTENTS if field == 7 else NUMBERS)
    assume((type(new), new) != (type(old[field]), old[field]))
    changed = [*records]
    changed[place] = (*old[:field], new, *old[field + 1 :])  # type: ignore[assignment]
    assert traced(changed).digest() != traced(records).digest()


@given(SEVERAL, SEVERAL)
def test_different_traces_have_different_digests(one: list[Record], other: list[Record]) -> None:
    assert (traced(one).digest() == traced(other).digest()) == (one == other)


@given(SEVERAL)
def test_one_record_less_changes_the_digest(records: list[Record]) -> None:
    assert traced(records[:-1]).digest() != traced(records).digest()


def test_two_records_the_other_way_round_change_the_digest() -> None:
    assert traced([saying(1), saying(2)]).digest() != traced([saying(2), saying(1)]).digest()


@pytest.mark.parametrize("field", range(8))
def test_a_digest_sees_every_field_of_a_record(field: int) -> None:
    record: list[Any] = [*saying(1)]
    record[field] = 99
    assert traced([tuple(record)]).digest() != traced([saying(1)]).digest()


def test_two_types_with_equal_fields_have_different_digests() -> None:
    assert traced([saying(1, Said(7))]).digest() != traced([saying(1, Heard(7))]).digest()


def test_a_change_deep_inside_the_content_changes_the_digest() -> None:
    one, other = saying(1, Said(7, (1, (2, Said(3))))), saying(1, Said(7, (1, (2, Said(4)))))
    assert traced([one]).digest() != traced([other]).digest()


def test_reading_a_digest_does_not_change_it() -> None:
    trace = traced([saying(1)])
    assert trace.digest() == trace.digest()


def test_a_digest_is_32_hexadecimal_digits() -> None:
    digest = traced([saying(1)]).digest()
    assert (len(digest), int(digest, 16) > 0) == (32, True)


@pytest.mark.parametrize(("records", "links"), [(0, 1), (1, 2), (BLOCK, 2), (BLOCK + 1, 3), (LONG, 5)])
def test_the_chain_has_one_link_a_block_and_a_first_one(records: int, links: int) -> None:
    assert len(traced(map(saying, range(records))).chain()) == links


@given(st.integers(0, LONG - 1))
def test_links_differ_from_the_changed_block_on_and_not_before(place: int) -> None:
    records = [saying(number) for number in range(LONG)]
    changed = [*records]
    changed[place] = saying(place, Said(7))
    pairs = zip(traced(records).chain(), traced(changed).chain(), strict=True)
    assert [one == other for one, other in pairs].count(True) == 1 + place // BLOCK


def test_a_full_blocks_link_does_not_depend_on_what_comes_later() -> None:
    short, long = traced(map(saying, range(BLOCK))), traced(map(saying, range(LONG)))
    assert long.chain()[:2] == short.chain()


def test_the_digest_is_the_last_link() -> None:
    trace = traced(map(saying, range(LONG)))
    assert trace.digest() == trace.chain()[-1].hex()


def test_sets_are_encoded_in_one_order() -> None:
    # Equal sets that iterate in different orders: 0 and 8 share a slot of the hash table.
    one, other = frozenset([0, 8]), frozenset([8, 0])
    assert list(one) != list(other)
    assert traced([saying(1, one)]).digest() == traced([saying(1, other)]).digest()


def test_dictionaries_are_encoded_in_one_order() -> None:
    one, other = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    assert traced([saying(1, Said(7, one))]).digest() == traced([saying(1, Said(7, other))]).digest()


@pytest.mark.parametrize("hash_seed", ["0", "1", "random"])
def test_a_set_of_words_has_one_digest_under_every_hash_seed(hash_seed: str) -> None:
    program = (
        "from tests.trace.samples import saying, traced\n"
        "print(traced([saying(1, frozenset('wxyz'))]).digest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(["", *sys.path])},
        text=True,
    )
    assert done.stdout.strip() == traced([saying(1, frozenset("wxyz"))]).digest()


def test_a_trace_has_the_digest_that_it_always_has_had() -> None:
    # It may only be rewritten together with ``simulation.trace.trace.FORMAT``.
    records = [(0, 1, 0, 3, -1, 0, 0, Said(7, "début")), (15, 1, 2, 0, 0, 0, 1, Heard(-1, (None, 2**40)))]
    assert traced(records).digest() == "3d721fe20b9031e4efbd823c7ebb1567"


def test_a_trace_tells_its_records_in_order() -> None:
    records = [saying(2), saying(1)]
    assert (len(traced(records)), list(traced(records))) == (2, records)


def test_a_new_trace_is_empty() -> None:
    assert list(Trace()) == []
