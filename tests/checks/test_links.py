"""A fault of links has to have been felt, and correct protocols survive it."""

from __future__ import annotations

import pytest

import simulation
from simulation.checks import Unknown
from simulation.scenario import parse

LONELY = """\
format = 1
participants = 5

[roles]
proposer = "last of sorted all"
waiting  = "all except proposer"

[script]
proposer = ["sleep 2500ms", "propose until commit for 20s", "wait 20s"]
waiting  = ["wait 30s"]

[[fault]]
name = "storm"
at   = "2500ms"
do   = "isolate leader"
for  = "4s"

[expect]
by = "proposer"
"""


def run(seed: int = 0, **overrides: object) -> simulation.Run:
    return simulation.run(parse(LONELY, name="lonely", overrides=overrides), seed)


def test_a_fault_that_no_message_felt_proves_nothing() -> None:
    (unknown,) = run(**{"fault.1.for": "1us"}).unknowns
    assert unknown == Unknown("did what it says", "did not happen: fault 'storm'")


def test_a_fault_that_need_not_be_felt_is_not_missed() -> None:
    assert run(**{"fault.1.for": "1us", "fault.1.must_happen": False}).verdict == "pass"


@pytest.mark.parametrize("profile", ["local", "dist"])
@pytest.mark.parametrize(
    "deed",
    [
        "isolate leader",
        "lose 20%",
        "delay 1ms..50ms",
        "partition p1 from p2",
        "spike 20% by 10ms..200ms",
        "reorder 30%",
        "duplicate 30% after 0ms..2s",
        "clog all to all",
    ],
)
def test_the_rest_decides_whatever_becomes_of_some_messages(deed: str, profile: str) -> None:
    done = [run(seed, profile=profile, **{"fault.1.do": deed}) for seed in range(5)]
    assert [each.verdict for each in done] == ["pass"] * 5


def test_a_majority_that_is_cut_off_from_the_rest_decides_without_it() -> None:
    deed = "partition last majority of sorted all from first minority of sorted all"
    done = run(**{"fault.1.do": deed, "fault.1.at": "0ms", "fault.1.for": "60s", "expect.by": "proposer"})
    assert (done.verdict, sorted(done.decisions[1])) == ("pass", ["p3", "p4", "p5"])


def test_a_minority_cannot_decide_alone() -> None:
    deed = "isolate last minority of sorted all"
    done = run(
        **{"fault.1.do": deed, "fault.1.at": "0ms", "fault.1.for": "60s", "expect.decision": "allowed"}
    )
    assert done.decisions == {}


def test_a_run_with_faults_of_links_is_repeated_from_its_record() -> None:
    done = run(3)
    assert simulation.replay(done).digest == done.digest


STORM = """\
format = 1
participants = 3
protocol = "{protocol}"

[network]
print = "1..5ms"

[script]
all = ["6 times: sleep 1..400ms, propose for 500ms", "propose for 5s", "wait 12s"]

[[fault]]
at = "0ms"
do = "duplicate 40% after 0ms..900ms"

[[fault]]
at = "0ms"
do = "reorder 30% by 0ms..300ms"
must_happen = false

[[fault]]
at = "0ms"
do = "lose 5%"
for = "3s"
must_happen = false

[[fault]]
at = "400ms"
do = "clog first 2 of all to last 2 of all"
for = "500ms"
must_happen = false

[[fault]]
after = "each of 6 Accepted"
do = "kill it"
for = "5ms"
must_happen = false

[[fault]]
before = "each of 5 Accepted"
name = "before"
do = "kill it"
for = "50ms"
must_happen = false
"""


@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_late_copies_lost_order_and_deaths_at_votes_break_no_correct_protocol(protocol: str) -> None:
    runner = simulation.Runner(parse(STORM.format(protocol=protocol)))
    found = [(seed, violated) for seed in range(200) for violated in runner.run(seed).violations]
    assert found == []
