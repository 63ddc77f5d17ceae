"""Slow disks are survived; disks that are wiped or lie break what rests on them, and that is found."""

from __future__ import annotations

import pytest

import simulation
from simulation import Runner
from simulation.scenario import explain, parse, plan

SLOW = """\
format = 1
participants = 3
protocol = "{protocol}"

[network]
print = "10..60us"
sync = "{sync}"

[script]
all = ["6 times: sleep 1..400ms, propose for 500ms", "propose for 5s", "wait 12s"]

[[fault]]
before = "each of 6 Accepted"
do = "kill it"
for = "5ms"
must_happen = false

[[fault]]
at = "{at}ms"
do = "kill first 2 of all"
for = "5ms"
must_happen = false

[[fault]]
after = "each of 7 {pinned}"
do = "{do}"
for = "10ms"
must_happen = false
"""


def found(protocol: str, do: str, seeds: range, sync: str = "5..20ms") -> dict[str, int]:
    """How often each check is violated."""
    checks: dict[str, int] = {}
    for seed in seeds:
        at = 5 + seed * 13 % 400 + (1_000 if protocol == "paxos" else 0)
        text = SLOW.format(protocol=protocol, do=do, at=at, pinned="Accepted", sync=sync)
        for violated in Runner(parse(text)).run(seed).violations:
            checks[violated.check] = checks.get(violated.check, 0) + 1
    return checks


@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_a_correct_protocol_survives_deaths_in_the_middle_of_writes(protocol: str) -> None:
    assert found(protocol, "kill it", range(200)) == {}


@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_an_acceptor_that_is_wiped_after_its_vote_breaks_its_promise(protocol: str) -> None:
    assert "promises kept" in found(protocol, "wipe it", range(60), "0ms")


LYING = """\
format = 1
participants = 3
protocol = "textbook"

[script]
all = ["6 times: sleep 1..400ms, propose for 500ms", "propose for 5s", "wait 12s"]

[[fault]]
at = "0ms"
do = "lose unsynced writes of all"

[[fault]]
before = "each of 3 DecisionSent"
do = "kill all"
for = "5ms"
must_happen = false
"""


def test_disks_that_lie_lose_what_was_chosen() -> None:
    runner = Runner(parse(LYING))
    checks = {violated.check for seed in range(60) for violated in runner.run(seed).violations}
    assert "promises kept" in checks


def test_a_disk_that_lies_is_explained() -> None:
    lines = explain(plan(parse(LYING, overrides={"order": "sorted"}), 0)).splitlines()
    (line,) = [line for line in lines if "writes of all" in line]
    assert line.endswith("': lose unsynced writes of p1 p2 p3 0us after the start")


def test_a_run_with_slow_disks_is_repeated_from_its_record() -> None:
    text = SLOW.format(protocol="textbook", do="wipe it", at=30, pinned="Promised", sync="5..20ms")
    run = simulation.run(parse(text), 4)
    assert simulation.replay(run).digest == run.digest
