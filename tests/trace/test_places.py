"""Addresses and names: part times processes, then clients, then the coordinator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.trace import Places
from tests.trace.samples import PLACES

COUNTS = st.integers(1, 20)
PARTS = st.lists(st.sampled_from(["node", "elector", "disk"]), min_size=1, max_size=3, unique=True)


def places(count: int, parts: list[str]) -> Places:
    return Places([f"p{number}" for number in range(1, count + 1)], parts)


@pytest.mark.parametrize(
    ("address", "name"),
    [(0, "p1"), (2, "p3"), (3, "p1.elector"), (5, "p3.elector"), (6, "p1.client"), (8, "p3.client")],
)
def test_an_address_is_called_after_its_process_and_part(address: int, name: str) -> None:
    assert PLACES.name(address) == name


def test_the_coordinator_has_the_first_address_behind_all_others() -> None:
    assert (PLACES.coordinator, PLACES.name(9)) == (9, "coordinator")


def test_nobody_has_no_name() -> None:
    assert PLACES.name(-1) == ""


def test_the_coordinator_is_no_process() -> None:
    assert PLACES.process(PLACES.coordinator) == -1


@given(COUNTS, PARTS)
def test_every_address_has_a_name_of_its_own(count: int, parts: list[str]) -> None:
    all_places = places(count, parts)
    names = [all_places.name(address) for address in range(all_places.coordinator + 1)]
    assert len(set(names)) == count * (len(parts) + 1) + 1


@given(COUNTS, PARTS, st.data())
def test_all_parts_of_a_process_belong_to_it(count: int, parts: list[str], data: st.DataObject) -> None:
    all_places = places(count, parts)
    process = data.draw(st.integers(0, count - 1))
    addresses = [part * count + process for part in range(len(parts))]
    assert {all_places.process(address) for address in (*addresses, all_places.client(process))} == {process}


@given(COUNTS, PARTS, st.data())
def test_a_client_is_called_after_its_process(count: int, parts: list[str], data: st.DataObject) -> None:
    all_places = places(count, parts)
    process = data.draw(st.integers(0, count - 1))
    assert all_places.name(all_places.client(process)) == f"p{process + 1}.client"


@pytest.mark.parametrize(
    ("ballot", "called"),
    [((2, 1), "2·p2"), ((0, 0), "0"), (7, "7"), ((1, 3), "(1, 3)"), ((1, 2, 3), "(1, 2, 3)")],
)
def test_a_ballot_is_called_after_its_process_if_it_has_one(ballot: object, called: str) -> None:
    assert PLACES.ballot(ballot) == called
