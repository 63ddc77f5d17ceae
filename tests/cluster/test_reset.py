"""A reset cluster equals a fresh one, whatever it did before."""

from __future__ import annotations

import pytest

from simulation.cluster import Cluster
from simulation.harness import Harness
from simulation.protocols import find_protocol
from simulation.scenario import load, plan

SCENARIOS = [
    ("leader_crash_complex_2", "paxos", "local"),
    ("leader_crash_complex_2", "paxos", "dist"),
    ("many_2", "textbook", "local"),
    ("leader_crash_simple", "textbook", "dist"),
]


def digest(cluster: Cluster | None, scenario: str, protocol: str, profile: str, seed: int) -> str:
    """The digest of one run, on this cluster or on a fresh one."""
    wanted = plan(load(scenario, protocol=protocol, profile=profile), seed)
    if cluster is None:
        cluster = Cluster(find_protocol(wanted.protocol), wanted.names, wanted.conditions)
    Harness(cluster, wanted).run()
    return cluster.trace.digest()


@pytest.mark.parametrize(("scenario", "protocol", "profile"), SCENARIOS)
def test_a_run_on_a_used_cluster_equals_the_run_on_a_fresh_one(
    scenario: str, protocol: str, profile: str
) -> None:
    first = plan(load(scenario, protocol=protocol, profile=profile), 0)
    used = Cluster(find_protocol(protocol), first.names, first.conditions)
    seeds = (3, 2**128 - 1, 3, 0, 8)
    again = [digest(used, scenario, protocol, profile, seed) for seed in seeds]
    assert again == [digest(None, scenario, protocol, profile, seed) for seed in seeds]


def test_a_run_that_was_cut_in_the_middle_leaves_nothing_behind() -> None:
    wanted = plan(load("simple"), 3)
    used = Cluster(find_protocol(wanted.protocol), wanted.names, wanted.conditions)
    for process in range(used.count):
        used.start(process)
    used.kernel.run(until=1_000_500)
    Harness(used, wanted).run()
    assert used.trace.digest() == digest(None, "simple", "paxos", "local", 3)


def test_other_seeds_have_other_digests() -> None:
    assert len({digest(None, "simple", "paxos", "local", seed) for seed in range(5)}) == 5


def test_a_trace_that_was_kept_is_not_touched_by_the_next_run() -> None:
    wanted = plan(load("simple"), 3)
    used = Cluster(find_protocol(wanted.protocol), wanted.names, wanted.conditions)
    Harness(used, wanted).run()
    kept, certified = used.trace, used.trace.digest()
    used.reset(4)
    assert kept.digest() == certified
