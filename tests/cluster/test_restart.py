"""Another life: what was durable, and nothing else."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.faults import Kill, Suspend
from simulation.protocols import Protocol, handles
from simulation.protocols.effects import Multicast, Persist, SetTimer
from simulation.protocols.inputs import Restarted
from simulation.protocols.machine import Step
from simulation.trace import Kind
from tests.cluster.toys import (
    PRINTING,
    SENDING,
    WITH_CLOCKS,
    Line,
    Note,
    Puppet,
    heard,
    of_kind,
    run_to,
    send,
    stage,
    tell,
    words,
)

P1, P2, P3 = range(3)
P2S_CLOCK = 4


def kill_and_restart(cluster: Cluster, process: int = P2) -> None:
    cluster.strike(Kill(), process, by="test")
    cluster.restart(process)


def test_a_restarted_process_gets_what_was_durable() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("promise 1"))
    kill_and_restart(cluster)
    assert heard(cluster, P2) == ("promise 1",)


def test_it_gets_the_last_record_alone() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("promise 1"), Persist("promise 2"))
    kill_and_restart(cluster)
    assert heard(cluster, P2) == ("promise 2",)


def test_it_gets_none_where_nothing_was_durable() -> None:
    cluster = stage()
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    kill_and_restart(cluster)
    assert heard(cluster, P2) == (None,)


class Medium(Puppet):
    """Begins its next life with whatever is left of the last."""

    @handles(Restarted)
    def on_restarted(self, state: Any, sender: int, restarted: Restarted) -> Step:
        return state, ()


def test_nothing_is_left_of_the_state_of_the_last_life() -> None:
    cluster = stage(protocol=Protocol("mediums", "they see what is left", components=(Medium,)))
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    kill_and_restart(cluster)
    assert heard(cluster, P2) is None


def test_what_was_to_be_persisted_behind_the_death_is_not_durable() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Persist("promise 1"), Line("slow"), Persist("promise 2"))
    run_to(cluster, 50)
    kill_and_restart(cluster)
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == ("promise 1",)


def test_what_was_durable_survives_a_second_death() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("promise 1"))
    kill_and_restart(cluster)
    kill_and_restart(cluster)
    assert heard(cluster, P2) == ("promise 1",)


def test_each_machine_of_a_process_has_its_own_durable_record() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    tell(cluster, P2S_CLOCK, Persist("time"))
    tell(cluster, P2, Persist("promise 1"))
    kill_and_restart(cluster)
    assert (heard(cluster, P2), cluster.hosts[P2S_CLOCK].durable) == (("promise 1",), "time")


def test_a_reset_cluster_has_nothing_durable() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("promise 1"))
    cluster.reset(0)
    cluster.restart(P2)
    assert heard(cluster, P2) == (None,)


def test_messages_that_waited_for_the_last_life_do_not_reach_the_next() -> None:
    cluster = stage()
    cluster.strike(Suspend(), P2, by="test")
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    kill_and_restart(cluster)
    run_to(cluster, 2_000)
    assert heard(cluster, P2) == (None,)


def test_a_message_on_its_way_reaches_the_next_life() -> None:
    cluster = stage()
    send(cluster, P1, P2, "news")
    run_to(cluster, 5)
    kill_and_restart(cluster)
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == (None, "news")


def test_timers_of_the_last_life_do_not_go_off_in_the_next() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    kill_and_restart(cluster)
    run_to(cluster, 1_000)
    assert of_kind(cluster, Kind.TIMER) == []


def test_a_timer_of_the_last_life_does_not_go_off_in_the_place_of_a_new_one() -> None:
    cluster = stage()
    tell(cluster, P2, SetTimer(Note("ring"), 500, 500))
    kill_and_restart(cluster)
    tell(cluster, P2, SetTimer(Note("ring"), 800, 800))
    run_to(cluster, 799)
    before = heard(cluster, P2)
    run_to(cluster, 800)
    assert (before, heard(cluster, P2)) == ((None,), (None, "ring"))


def test_a_line_that_the_last_life_was_printing_is_not_printed_in_the_next() -> None:
    cluster = stage(PRINTING)
    tell(cluster, P2, Line("last words"))
    run_to(cluster, 50)
    kill_and_restart(cluster)
    tell(cluster, P2, Line("first words"))
    run_to(cluster, 1_000)
    assert words(cluster, Kind.REPORT) == ["first words"]


def test_a_broadcast_of_the_last_life_does_not_end_a_line_of_the_next() -> None:
    cluster = stage(replace(SENDING, print_us=(100, 100)))
    tell(cluster, P2, Multicast((P1, P3), Note("to all")))
    kill_and_restart(cluster)
    tell(cluster, P2, Line("slow"), Persist("behind the line"))
    run_to(cluster, 99)
    assert cluster.hosts[P2].durable is None


def test_a_process_killed_while_suspended_is_not_suspended_in_its_next_life() -> None:
    cluster = stage()
    cluster.strike(Suspend(), P2, by="test")
    kill_and_restart(cluster)
    send(cluster, P1, P2, "news")
    run_to(cluster, 1_000)
    assert heard(cluster, P2) == (None, "news")


def test_a_restarted_process_lives() -> None:
    cluster = stage()
    kill_and_restart(cluster)
    assert cluster.alive() == [P1, P2, P3]
