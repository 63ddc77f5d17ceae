"""The map of instances behaves as a dictionary does, and equal maps are equal values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulation.protocols.textbook.state import Entries, entry, with_entry, without_entry

ABSENT = -1
INSTANCES = st.integers(0, 20)
MAPS = st.dictionaries(INSTANCES, st.integers(0, 9))


def made_of(pairs: dict[int, int]) -> Entries[int]:
    entries: Entries[int] = ()
    for instance, value in pairs.items():
        entries = with_entry(entries, instance, value)
    return entries


@given(MAPS)
def test_entries_come_in_the_order_of_their_instances(pairs: dict[int, int]) -> None:
    assert made_of(pairs) == tuple(sorted(pairs.items()))


@given(MAPS, INSTANCES)
def test_entry_is_what_was_put_or_the_value_for_absent_ones(pairs: dict[int, int], instance: int) -> None:
    assert entry(made_of(pairs), instance, ABSENT) == pairs.get(instance, ABSENT)


@given(MAPS, INSTANCES)
def test_second_value_of_an_instance_replaces_the_first(pairs: dict[int, int], instance: int) -> None:
    assert with_entry(made_of(pairs), instance, 5) == made_of({**pairs, instance: 5})


@given(MAPS, INSTANCES)
def test_entry_taken_out_is_gone_and_the_others_stay(pairs: dict[int, int], instance: int) -> None:
    rest = {other: value for other, value in pairs.items() if other != instance}
    assert without_entry(made_of(pairs), instance) == made_of(rest)


@given(MAPS)
def test_order_of_making_does_not_show_in_the_hash(pairs: dict[int, int]) -> None:
    backwards = dict(reversed(list(pairs.items())))
    assert hash(made_of(pairs)) == hash(made_of(backwards))
