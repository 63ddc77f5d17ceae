"""What targets see of a cluster: who is up, whom each names leader, who started which ballot."""

from __future__ import annotations

from simulation.faults import Kill, Target, resolve
from simulation.protocols.reports import BallotStarted, LeaderNamed
from tests.cluster.toys import stage, tell

P1, P2, P3 = range(3)


def test_nobody_is_believed_to_lead_at_first() -> None:
    assert stage().believed_leader(P1) is None


def test_the_believed_leader_is_who_was_named_last() -> None:
    cluster = stage()
    tell(cluster, P1, LeaderNamed(P2), LeaderNamed(P3))
    assert cluster.believed_leader(P1) == P3


def test_a_belief_is_a_processes_own() -> None:
    cluster = stage()
    tell(cluster, P1, LeaderNamed(P2))
    assert cluster.believed_leader(P2) is None


def test_nobody_has_started_a_ballot_at_first() -> None:
    assert stage().highest_ballot(P1) is None


def test_the_highest_ballot_is_the_one_that_was_started_last() -> None:
    cluster = stage()
    tell(cluster, P1, BallotStarted(1, (1, 0)), BallotStarted(1, (2, 0)))
    assert cluster.highest_ballot(P1) == (2, 0)


def test_a_reset_cluster_has_forgotten_beliefs_and_ballots() -> None:
    cluster = stage()
    tell(cluster, P1, LeaderNamed(P1), BallotStarted(1, 1))
    cluster.reset(0)
    assert (cluster.believed_leader(P1), cluster.highest_ballot(P1)) == (None, None)


def test_the_leader_of_a_cluster_is_a_target() -> None:
    cluster = stage()
    tell(cluster, P1, LeaderNamed(P2))
    tell(cluster, P2, LeaderNamed(P2))
    leader = Target("leader", leader=True)
    before = resolve(leader, cluster)
    cluster.strike(Kill(), P2, by="test")
    assert (before, resolve(leader, cluster)) == ((P2,), ())
