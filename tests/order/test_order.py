"""Lamport's order: what one process does comes one after the other, messages lead between processes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.order import NOWHERE, Order
from simulation.trace import Kind, Places, Record
from tests.order.runs import RUNS, storm

PLACES = Places(["p1", "p2", "p3"], ["node", "elector"])
"""Three processes with two machines each: clients from 6 on, the coordinator is 9."""

P1, P2, P3, ELECTOR_OF_P1, CLIENT_OF_P1, COORDINATOR = 0, 1, 2, 3, 6, 9


def event(number: int, at: int, cause: int = -1, *, kind: Kind = Kind.MESSAGE) -> Record:
    return (number, 1, number, int(kind), cause, at, at, None)


def order(*records: Record) -> Order:
    return Order(records, PLACES)


def test_what_one_process_does_comes_one_after_the_other() -> None:
    assert order(event(10, P1), event(11, P2), event(12, P1)).causes(2) == [0]


def test_machines_and_client_of_a_process_are_one_line() -> None:
    found = order(event(10, CLIENT_OF_P1), event(11, ELECTOR_OF_P1), event(12, P1))
    assert (found.lines, found.causes(2)) == ([0, 0, 0], [0, 1])


def test_the_coordinator_is_a_line_of_its_own_after_the_last_process() -> None:
    found = order(event(10, COORDINATOR), event(11, P3))
    assert (found.names, found.lines) == (("p1", "p2", "p3", "coordinator"), [3, 2])


def test_a_message_brings_all_that_its_sender_knew() -> None:
    found = order(event(10, P1), event(11, P2), event(12, P2, 10), event(13, P3, 12))
    assert found.causes(3) == [0, 1, 2]


def test_what_comes_of_an_event_is_what_it_is_a_cause_of() -> None:
    found = order(event(10, P1), event(11, P2), event(12, P2, 10), event(13, P3, 12), event(14, P1))
    assert found.consequences(0) == [2, 3, 4]


def test_what_directly_precedes_and_follows_is_told_once() -> None:
    found = order(event(10, P1), event(11, P1, 10), event(12, P2, 10))
    assert (found.before(1), found.after(0)) == ((0,), (1, 2))


def test_the_chain_leads_from_cause_to_cause_and_past_what_merely_came_before() -> None:
    found = order(event(10, P1), event(11, P2), event(12, P2, 10), event(13, P3, 12))
    assert found.chain(3) == [3, 2, 0]


def test_nobody_learns_of_a_message_that_is_lost() -> None:
    found = order(event(10, P1), event(11, P2, 10, kind=Kind.LOST), event(12, P2), event(13, P1))
    assert found.lines[1] == NOWHERE
    assert found.causes(1) == [0]
    assert found.consequences(1) == []
    assert found.causes(2) == []


def test_a_clock_counts_what_is_known_of_every_line() -> None:
    found = order(event(10, P1), event(11, P1), event(12, P2, 10), event(13, P2, 11, kind=Kind.LOST))
    assert found.clocks == [(1, 0, 0, 0), (2, 0, 0, 0), (1, 1, 0, 0), (2, 0, 0, 0)]


@settings(max_examples=60)
@given(RUNS, st.data())
def test_an_event_has_the_causes_that_its_clock_knows(run: simulation.Run, data: st.DataObject) -> None:
    found = Order(run.trace.records, run.places)
    place = data.draw(st.integers(0, len(found) - 1))
    assert found.causes(place) == [each for each in range(len(found)) if knows(found, place, each)]


@settings(max_examples=60)
@given(RUNS, st.data())
def test_an_event_has_the_consequences_whose_clocks_know_it(run: simulation.Run, data: st.DataObject) -> None:
    found = Order(run.trace.records, run.places)
    place = data.draw(st.integers(0, len(found) - 1))
    assert found.consequences(place) == [each for each in range(len(found)) if knows(found, each, place)]


def knows(found: Order, later: int, earlier: int) -> bool:
    """Whether the clock of an event says that it knows another one."""
    line = found.lines[earlier]
    return line != NOWHERE and later != earlier and found.clocks[later][line] >= found.clocks[earlier][line]


def test_no_loss_in_a_storm_has_consequences() -> None:
    run = storm()
    found = Order(run.trace.records, run.places)
    lost = [place for place, record in enumerate(run.trace) if record[3] == Kind.LOST]
    assert lost
    assert [place for place in lost if found.after(place)] == []
