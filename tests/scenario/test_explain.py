"""What ``--explain`` prints, word for word."""

from __future__ import annotations

from simulation.scenario import explain, load, parse, plan
from tests.scenario.files import CORRECT

COMPLEX = """\
leader_crash_complex, seed 7: 11 participants, order p3 p6 p1 p8 p11 p10 p2 p7 p5 p4 p9; majority 6
  killed    p3 p6 p1 p8 p11
  leaders   p3 p6           propose for 1s; sleep 1..5ms; kill
  followers p1 p8 p11       sleep 1..5ms; kill
  spare     p10 p2 p7 p5 p4 p9
  rescuer   p10             sleep 10ms; propose until commit; wait 50s
  waiting   p2 p7 p5 p4 p9  wait 50s
  values    p3 206, p6 203, p1 203, p8 206, p11 208, p10 205, p2 203, p7 204, p5 209, p4 209, p9 202
  protocol  paxos
  profile   local
  killed by script 5 of 11, 6 left: a decision is possible; expected: required of p10 p2 p7 p5 p4 p9
  has to show: leaders killed; followers killed"""

FAULTY = (
    CORRECT.replace('by = "all"', 'by = "p1"')
    + """
[network]
delay = "0.2..1.2ms"
fifo = false
boot = "300ms"

[[fault]]
at = "5ms"
do = "suspend leader"
must_happen = false

[[fault]]
name = "two go"
at = "1s"
do = "kill last 2 of all"
"""
)

EXPLAINED = """\
faulty, seed 0: 5 participants, order p1 p2 p3 p4 p5; majority 3
  proposer p1           propose; wait 10s
  waiting  p2 p3 p4 p5  wait 10s
  values   p1 1, p2 2, p3 3, p4 4, p5 5
  protocol paxos
  profile  local, with delay 200us..1.2ms, fifo false, boot 300ms, boot_deviation 0us, boot_least 100ms
  fault    'suspend leader at 5ms': suspend whoever leads 5ms after the start, if it happens
  fault    'two go': kill p4 p5 1s after the start
  killed by script 0 and by fault 2 of 5, 3 left: a decision is possible; expected: required of p1"""


def test_a_plan_is_printed_by_role() -> None:
    scenario = load("leader_crash_complex")
    assert explain(plan(scenario, 7)) == COMPLEX


def test_a_plan_is_printed_with_its_faults_and_its_own_conditions() -> None:
    scenario = parse(FAULTY, name="faulty", overrides={"order": "sorted", "values": [1, 2, 3, 4, 5]})
    assert explain(plan(scenario, 0)) == EXPLAINED


def test_a_death_by_action_is_counted() -> None:
    scenario = load("leader_crash_before_decision", order="sorted")
    last_but_one = explain(plan(scenario, 0)).splitlines()[-2]
    assert last_but_one.startswith(
        "  killed by script 0 and by action 1 of 5, 4 left: a decision is possible;"
    )


def test_a_script_for_all_has_a_line() -> None:
    scenario = load("many_2", participants=3, order="sorted")
    lines = explain(plan(scenario, 0)).splitlines()
    assert lines[1] == "  all      p1 p2 p3  10 times: sleep 1..10ms, propose; wait 10s"


def test_a_role_of_nobody_is_said_to_be_nobody() -> None:
    scenario = parse(CORRECT, overrides={"participants": 1})
    assert "  waiting  nobody" in explain(plan(scenario, 0)).splitlines()
