"""Disks: writes that take time, that a death cuts short, and that were never made."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.faults import KeepWrites, Kill, LoseWrites, Restart, Resume, Suspend, Unsaid, Wipe
from simulation.protocols.effects import Persist, Send
from simulation.trace import Kind
from simulation.trace.record import CONTENT, KIND
from tests.cluster.toys import QUICK, WITH_CLOCKS, Line, Note, heard, run_to, send, stage, tell, words

P1, P2, P3 = range(3)
P2S_CLOCK = 4
SYNCING = replace(QUICK, sync_us=(200, 200))


def reborn(cluster: Cluster, how: type[Kill] = Kill) -> tuple[object, ...]:
    """What p2 knows at the beginning of its next life."""
    cluster.strike(how(), P2, by="test")
    cluster.strike(Restart(), P2, by="test")
    return heard(cluster, P2)


def test_what_stands_behind_a_write_waits_for_it() -> None:
    cluster = stage(SYNCING)
    tell(cluster, P2, Persist("vote"), Line("voted"), Send(P3, Note("vote")))
    send(cluster, P1, P2, "later")
    run_to(cluster, 199)
    assert (cluster.hosts[P2].durable, words(cluster, Kind.REPORT), heard(cluster, P2)) == (None, [], ())
    run_to(cluster, 300)
    assert (cluster.hosts[P2].durable, words(cluster, Kind.REPORT)) == ("vote", ["voted"])
    assert (heard(cluster, P2), heard(cluster, P3)) == (("later",), ("vote",))


def test_a_death_in_the_middle_of_a_write_leaves_it_there_or_not() -> None:
    found = set()
    for seed in range(20):
        cluster = stage(SYNCING)
        cluster.reset(seed)
        for process in (P1, P2, P3):
            cluster.start(process)
        tell(cluster, P2, Persist("vote"), Line("voted"), Persist("more"))
        run_to(cluster, 100)
        (durable,) = reborn(cluster)
        unsaid = [record[CONTENT] for record in cluster.trace if type(record[CONTENT]) is Unsaid]
        assert unsaid == ([Unsaid(Line("voted"))] if durable else [])
        found.add(durable)
    assert found == {"vote", None}


def test_one_machine_may_remember_what_the_other_has_lost() -> None:
    found = set()
    for seed in range(30):
        cluster = stage(SYNCING, protocol=WITH_CLOCKS)
        cluster.reset(seed)
        for process in (P1, P2, P3):
            cluster.start(process)
        tell(cluster, P2, Persist("one"))
        tell(cluster, P2S_CLOCK, Persist("other"))
        run_to(cluster, 50)
        cluster.strike(Kill(), P2, by="test")
        found.add((cluster.hosts[P2].durable, cluster.hosts[P2S_CLOCK].durable))
    assert len(found) == 4


def test_a_suspended_machine_finishes_its_write_and_no_more() -> None:
    cluster = stage(SYNCING)
    tell(cluster, P2, Persist("vote"), Line("voted"))
    cluster.strike(Suspend(), P2, by="test")
    run_to(cluster, 1_000)
    assert (cluster.hosts[P2].durable, words(cluster, Kind.REPORT)) == ("vote", [])
    cluster.strike(Resume(), P2, by="test")
    run_to(cluster, 2_000)
    assert words(cluster, Kind.REPORT) == ["voted"]


def test_a_write_of_the_last_life_does_not_end_in_the_next() -> None:
    cluster = stage(SYNCING)
    tell(cluster, P2, Persist("old"))
    reborn(cluster)
    tell(cluster, P2, Persist("new"), Line("new"))
    run_to(cluster, 199)
    assert cluster.hosts[P2].durable != "new"
    run_to(cluster, 200)
    assert (cluster.hosts[P2].durable, words(cluster, Kind.REPORT)) == ("new", ["new"])


def test_who_is_wiped_knows_nothing() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("vote"))
    assert reborn(cluster, Wipe) == (None,)


def test_a_disk_that_lies_brings_back_what_it_had_before() -> None:
    cluster = stage()
    tell(cluster, P2, Persist("before"))
    cluster.strike(LoseWrites(), P2, by="test")
    tell(cluster, P2, Persist("since"))
    cluster.strike(LoseWrites(), P2, by="test")
    tell(cluster, P2, Persist("last"))
    assert reborn(cluster) == ("before",)
    tell(cluster, P2, Persist("and again"))
    assert reborn(cluster) == ("before",)


def test_a_disk_that_is_honest_again_has_written_everything() -> None:
    cluster = stage()
    cluster.strike(LoseWrites(), P2, by="test")
    tell(cluster, P2, Persist("since"))
    cluster.strike(KeepWrites(), P2, by="test")
    assert reborn(cluster) == ("since",)


@pytest.mark.parametrize("fault", [Wipe(), LoseWrites()])
def test_a_reset_cluster_has_honest_disks(fault: Kill | LoseWrites) -> None:
    cluster = stage()
    cluster.strike(fault, P2, by="test")
    cluster.reset(0)
    for process in (P1, P2, P3):
        cluster.start(process)
    tell(cluster, P2, Persist("vote"))
    assert reborn(cluster) == ("vote",)


def test_writes_leave_no_record() -> None:
    cluster = stage(SYNCING)
    before = len(cluster.trace)
    tell(cluster, P2, Persist("vote"))
    run_to(cluster, 1_000)
    assert [record[KIND] for record in cluster.trace.records[before:]] == [Kind.REQUEST]
