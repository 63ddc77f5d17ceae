"""Between two effects: what happens there has happened before the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from simulation.cluster import Cluster
from simulation.faults import Cut, Kill, LinksHit, Pin, Resume, Suspend
from simulation.protocols.effects import Effect, Multicast, Persist, Send
from simulation.trace import Kind
from tests.cluster.toys import (
    PRINTING,
    PUPPETS,
    SENDING,
    Line,
    Note,
    heard,
    run_to,
    stage,
    tell,
    words,
)

P1, P2, P3 = range(3)
NOTED = replace(PUPPETS, moments={"NoteSent": Note})

EFFECTS: tuple[Effect, ...] = (
    Persist("one"),
    Line("said"),
    Persist("two"),
    Send(P3, Note("sent")),
    Persist("3"),
)


def watched(step: str, before: bool, happens: Callable[[Cluster], None], **given: object) -> Cluster:
    """A cluster in which something happens at a step of p2."""
    cluster = stage(protocol=NOTED, **given)
    cluster.watch([(Pin(step, 1, before), lambda process: happens(cluster))])
    return cluster


def kill(cluster: Cluster) -> None:
    cluster.strike(Kill(), P2, by="test")


@pytest.mark.parametrize(
    ("step", "before", "durable"),
    [("Line", True, "one"), ("Line", False, "one"), ("NoteSent", True, "two"), ("NoteSent", False, "two")],
)
def test_who_dies_at_a_point_does_nothing_behind_it(step: str, before: bool, durable: str) -> None:
    cluster = watched(step, before, kill)
    tell(cluster, P2, *EFFECTS)
    run_to(cluster, 1_000)
    assert cluster.hosts[P2].durable == durable
    assert words(cluster, Kind.REPORT) == ["said"] * (step == "NoteSent" or not before)
    assert heard(cluster, P3) == ("sent",) * (step == "NoteSent" and not before)
    assert cluster.alive() == [P1, P3]


def test_after_a_line_means_when_it_is_printed() -> None:
    cluster = watched("Line", False, kill, conditions=PRINTING)
    tell(cluster, P2, *EFFECTS)
    run_to(cluster, 99)
    assert cluster.alive() == [P1, P2, P3]
    run_to(cluster, 100)
    assert (cluster.alive(), words(cluster, Kind.REPORT)) == ([P1, P3], ["said"])


def test_after_a_broadcast_means_when_all_of_it_has_left() -> None:
    cluster = watched("NoteSent", False, kill, conditions=SENDING)
    tell(cluster, P2, Multicast((P1, P3), Note("to all")), Persist("never"))
    run_to(cluster, 100_000)
    assert (heard(cluster, P1), heard(cluster, P3)) == (("to all",), ("to all",))
    assert cluster.hosts[P2].durable is None


def test_who_is_suspended_at_a_point_goes_on_there() -> None:
    cluster = watched("NoteSent", True, lambda cluster: cluster.strike(Suspend(), P2, by="test"))
    tell(cluster, P2, *EFFECTS)
    run_to(cluster, 1_000)
    assert (heard(cluster, P3), cluster.hosts[P2].durable) == ((), "two")
    cluster.strike(Resume(), P2, by="test")
    run_to(cluster, 2_000)
    assert (heard(cluster, P3), cluster.hosts[P2].durable) == (("sent",), "3")


def test_links_that_are_cut_at_a_point_lose_what_is_sent_behind_it() -> None:
    def cut(cluster: Cluster) -> None:
        cluster.hit_links(LinksHit(Cut(), (P2,), (P3,), False, "cut"))

    cluster = watched("NoteSent", True, cut)
    tell(cluster, P2, *EFFECTS)
    run_to(cluster, 1_000)
    assert (heard(cluster, P3), cluster.hosts[P2].durable) == ((), "3")


def test_a_reset_cluster_watches_nothing() -> None:
    cluster = watched("Line", True, kill)
    cluster.reset(0)
    for process in (P1, P2, P3):
        cluster.start(process)
    tell(cluster, P2, *EFFECTS)
    run_to(cluster, 1_000)
    assert cluster.alive() == [P1, P2, P3]
