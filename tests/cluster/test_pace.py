"""Processes at another pace: what takes longer there, until when, and nowhere else."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.faults import Drift, Fault, Kill, Restart, Slow, Steady
from simulation.protocols.effects import Multicast, Persist, SetTimer
from simulation.trace import Kind
from simulation.trace.record import KIND, PROCESS, TIME
from tests.cluster.toys import QUICK, WITH_CLOCKS, Line, Note, run_to, stage, tell

P1, P2, P3 = range(3)
BUSY = replace(QUICK, print_us=(100, 100), send_us=(20, 20), sync_us=(300, 300))


def times_of(cluster: Cluster, kind: Kind) -> list[tuple[int, int]]:
    return [(record[PROCESS], record[TIME]) for record in cluster.trace if record[KIND] == kind]


def paced(*faults: Fault) -> Cluster:
    """A cluster in which p2 suffers from these faults, and p1 and p2 do the same."""
    cluster = stage(BUSY)
    for fault in faults:
        cluster.strike(fault, P2, by="test")
    for process in (P1, P2):
        tell(cluster, process, SetTimer(Note("ring"), 5_000, 5_000), Persist("it"), Line("said"))
        tell(cluster, process, Multicast((P3,), Note("to all")), Line("sent"))
    run_to(cluster, 100_000)
    return cluster


def test_everything_takes_longer_in_a_slow_process_and_in_no_other() -> None:
    cluster = paced(Slow(10))
    assert times_of(cluster, Kind.REPORT) == [(P1, 400), (P1, 520), (P2, 4_000), (P2, 5_200)]
    assert times_of(cluster, Kind.TIMER) == [(P1, 5_000), (P2, 50_000)]


def test_only_timers_drift() -> None:
    cluster = paced(Drift(-100))
    assert times_of(cluster, Kind.REPORT) == [(P1, 400), (P2, 400), (P1, 520), (P2, 520)]
    assert times_of(cluster, Kind.TIMER) == [(P2, 4_500), (P1, 5_000)]


def test_a_slow_process_may_drift_too() -> None:
    assert times_of(paced(Slow(2), Drift(500)), Kind.TIMER) == [(P1, 5_000), (P2, 15_000)]


def test_who_is_steady_again_is_as_quick_as_the_others() -> None:
    assert times_of(paced(Slow(10), Drift(5), Steady()), Kind.TIMER) == [(P1, 5_000), (P2, 5_000)]


def test_a_restart_does_not_mend_a_slow_machine() -> None:
    assert times_of(paced(Slow(10), Kill(), Restart()), Kind.TIMER) == [(P1, 5_000), (P2, 50_000)]


def test_the_dead_recover_too() -> None:
    cluster = paced(Slow(10), Kill(), Steady(), Restart())
    assert times_of(cluster, Kind.TIMER) == [(P1, 5_000), (P2, 5_000)]


def test_all_machines_of_a_process_go_at_its_pace() -> None:
    cluster = stage(protocol=WITH_CLOCKS)
    cluster.strike(Slow(10), P2, by="test")
    run_to(cluster, 2_200)
    clocks = [process for process, _ in times_of(cluster, Kind.TIMER)]
    assert (clocks.count(3), clocks.count(4), clocks.count(5)) == (22, 2, 22)


def test_a_reset_cluster_is_steady() -> None:
    cluster = stage(BUSY)
    cluster.strike(Slow(10), P2, by="test")
    cluster.reset(0)
    for process in (P1, P2, P3):
        cluster.start(process)
    tell(cluster, P2, Line("said"))
    run_to(cluster, 1_000)
    assert times_of(cluster, Kind.REPORT) == [(P2, 100)]


def test_what_is_left_of_a_timer_goes_at_the_new_pace() -> None:
    cluster = stage()
    tell(cluster, P1, SetTimer(Note("ring"), 5_000, 5_000))
    tell(cluster, P2, SetTimer(Note("ring"), 5_000, 5_000))
    run_to(cluster, 1_000)
    cluster.strike(Slow(10), P2, by="test")
    run_to(cluster, 11_000)
    cluster.strike(Steady(), P2, by="test")
    run_to(cluster, 100_000)
    assert times_of(cluster, Kind.TIMER) == [(P1, 5_000), (P2, 11_000 + 3_000)]


def test_who_prints_when_the_pace_changes_goes_on_afterwards() -> None:
    cluster = stage(replace(QUICK, print_us=(100, 100)))
    tell(cluster, P2, Line("first"), Line("second"))
    run_to(cluster, 50)
    cluster.strike(Slow(10), P2, by="test")
    run_to(cluster, 10_000)
    assert times_of(cluster, Kind.REPORT) == [(P2, 100), (P2, 1_100)]
