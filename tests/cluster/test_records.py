"""What the driver records: in order of time, each once, with what caused it."""

from __future__ import annotations

import pytest

from simulation.errors import HarnessError
from simulation.faults import Fault
from simulation.protocols.effects import Multicast, Send, SetTimer
from simulation.protocols.inputs import GetDecision
from simulation.trace import Kind, Record
from simulation.trace.record import CAUSE, ID, NO_CAUSE, TIME
from tests.cluster.toys import (
    PRINTING,
    SENDING,
    WITH_CLOCKS,
    Line,
    Note,
    Whisper,
    of_kind,
    run_to,
    send,
    stage,
    tell,
)

P1, P2, P3 = range(3)


def by_word(records: list[Record]) -> dict[str, Record]:
    return {record[7].word: record for record in records}


def test_a_message_is_caused_by_the_input_that_sent_it() -> None:
    cluster = stage()
    tell(cluster, P2, Send(P1, Note("news")), word="order")
    run_to(cluster, 1_000)
    order = next(record for record in cluster.trace if getattr(record[7], "word", "") == "order")
    assert by_word(of_kind(cluster, Kind.MESSAGE))["news"][CAUSE] == order[ID]


@pytest.mark.parametrize("conditions", [PRINTING, SENDING], ids=["printing", "sending"])
@pytest.mark.parametrize("said", [Line("said"), Whisper("said")], ids=["line", "whisper"])
def test_what_follows_a_report_is_caused_by_it(conditions: object, said: Line) -> None:
    cluster = stage(conditions)  # type: ignore[arg-type]
    tell(cluster, P2, said, Multicast((P1,), Note("news")), Line("after"))
    run_to(cluster, 1_000)
    reports = by_word(of_kind(cluster, Kind.REPORT))
    assert by_word(of_kind(cluster, Kind.MESSAGE))["news"][CAUSE] == reports["said"][ID]
    assert reports["after"][CAUSE] == reports["said"][ID]


def test_a_timer_is_caused_by_the_input_that_set_it() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500), word="order")
    run_to(cluster, 1_000)
    order = next(record for record in cluster.trace if getattr(record[7], "word", "") == "order")
    assert of_kind(cluster, Kind.TIMER)[0][CAUSE] == order[ID]


def test_the_first_input_of_a_life_has_no_cause() -> None:
    cluster = stage()
    assert {record[CAUSE] for record in cluster.trace} == {NO_CAUSE}


def test_every_record_has_an_id_of_its_own() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("one"), Multicast((P1, P3), Note("news")), SetTimer(Note("ring"), 5, 5))
    send(cluster, P1, P3, "one", "two")
    run_to(cluster, 1_000)
    ids = [record[ID] for record in cluster.trace]
    assert len(set(ids)) == len(ids)


def test_records_stand_in_the_order_of_time() -> None:
    cluster = stage(PRINTING)
    for process in (P1, P2, P3):
        tell(cluster, process, Line("one"), Multicast((P1, P2, P3), Note("news")), Line("two"))
    run_to(cluster, 1_000)
    times_us = [record[TIME] for record in cluster.trace]
    assert times_us == sorted(times_us)


def test_records_stand_in_the_order_of_time_where_a_broadcast_loses_messages() -> None:
    cluster = stage(SENDING, protocol=WITH_CLOCKS)
    cluster.names_become_visible([[1_000] * 3] * 3)
    tell(cluster, 4, Multicast((3, 4, 5), Note("by name")))
    send(cluster, P1, P3, "news")
    run_to(cluster, 90)
    times_us = [record[TIME] for record in cluster.trace]
    assert times_us == sorted(times_us)


def test_an_input_without_a_handler_is_a_harness_error_that_names_the_handler_to_write() -> None:
    cluster = stage()
    with pytest.raises(HarnessError, match=r"Puppet has no handler for GetDecision.*@handles\(GetDecision\)"):
        cluster.driver.give(cluster.hosts[P1], GetDecision(1, 1))


def test_a_fault_that_the_cluster_does_not_know_is_a_harness_error() -> None:
    class Curse(Fault, frozen=True, array_like=True, tag=True, gc=False):
        """Unheard of."""

    with pytest.raises(HarnessError, match="does not know the fault Curse"):
        stage().strike(Curse(), P1, by="test")
