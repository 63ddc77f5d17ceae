"""Faults at steps of the protocol: read, resolved with the seed, explained, and what they do."""

from __future__ import annotations

import pytest

import simulation
from simulation import Runner, load
from simulation.faults import Kill
from simulation.protocols import find_protocol
from simulation.scenario import Scenario, explain, parse, plan
from simulation.scenario.pins import Pinned, nth, parse_pin
from simulation.scenario.values import MistakeError
from tests.scenario.files import CORRECT, problems
from tests.scenario.test_docs import EXAMPLES

PAXOS = find_protocol("paxos")

PINS = [
    ("Promised", 1, False),
    ("first Promised", 1, False),
    ("tenth  Promised", 10, False),
    ("1st DecisionSent", 1, False),
    ("2nd Promised", 2, False),
    ("3rd Promised", 3, False),
    ("11th Promised", 11, False),
    ("122nd Promised", 122, False),
    ("each of 12 Promised", 12, True),
]


@pytest.mark.parametrize(("text", "number", "each"), PINS)
def test_a_step_is_read(text: str, number: int, each: bool) -> None:
    step = text.split()[-1]
    assert parse_pin(text, PAXOS, before=True, by=None) == Pinned(step, number, each, True)


@pytest.mark.parametrize(
    "which", ["0th", "1th", "2st", "11st", "twelfth", "each", "each of", "each of 0", "200000th"]
)
def test_a_place_that_is_none_is_told(which: str) -> None:
    with pytest.raises(MistakeError, match="Which one: 'first' to 'tenth', '1st'"):
        parse_pin(f"{which} Promised", PAXOS, before=True, by=None)


@pytest.mark.parametrize("number", range(1, 130))
def test_an_ordinal_is_read_as_it_is_written(number: int) -> None:
    assert parse_pin(f"{nth(number)} Promised", PAXOS, before=False, by=None).nth == number


def test_a_protocol_without_steps_has_none_to_pin_anything_to() -> None:
    text = f'{CORRECT}\n[[fault]]\nafter = "Decided"\ndo = "kill it"\n'
    (said,) = problems(text, protocol="tests.cluster.toys:Puppet")
    assert "fault.1.after: protocol 'tests.cluster.toys:Puppet' publishes no steps" in said


def pinned(rest: str) -> Scenario:
    """The correct file with a fault that need not strike, and need not leave anybody."""
    text = CORRECT.replace('by = "all"', "").replace('"required"', '"allowed"')
    return parse(f"{text}\n[[fault]]\n{rest}", overrides={"order": "sorted"})


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ('after = "Promised"\ndo = "kill it"', "kill whoever takes the step after the 1st Promised"),
        ('before = "2nd AcceptSent"\ndo = "kill p1"', "kill p1 before the 2nd AcceptSent"),
        (
            'after = "each of 5 Promised"\nby = "waiting"\ndo = "cut it to leader"\nfor = "1s"',
            "cut from whoever takes the step to whoever leads, for 1s, after the 4th Promised of p2 p3 p4 p5",
        ),
        (
            'before = "Decided"\nby = "leader"\ndo = "suspend it"\nfor = "1s"\nmust_happen = false',
            "suspend whoever takes the step, for 1s, before the 1st Decided of whoever leads, if it happens",
        ),
    ],
)
def test_a_pinned_fault_is_explained(rest: str, said: str) -> None:
    lines = explain(plan(pinned(rest), 13)).splitlines()
    assert next(line for line in lines if line.startswith("  fault")).split("': ")[1] == said


def test_each_takes_its_turn_seed_by_seed() -> None:
    scenario = pinned('after = "each of 3 Promised"\ndo = "kill it"')
    assert [plan(scenario, seed).faults[0].pin.nth for seed in range(5)] == [1, 2, 3, 1, 2]


def test_a_sweep_may_try_steps() -> None:
    grid = '"fault.1.after" = ["Promised", "2nd Promised"]'
    fault = '[[fault]]\nafter = "Promised"\ndo = "suspend it"\nfor = "1s"'
    text = f"{CORRECT}\n{fault}\n[sweep]\ngrid = {{ {grid} }}"
    assert problems(text) == ()


@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_fault_strikes_at_its_step_and_no_other(protocol: str, number: int) -> None:
    rest = f'after = "{nth(number)} Accepted"\nname = "it"\ndo = "suspend it"\nfor = "1s"'
    run = simulation.run(load_with(pinned(rest), protocol), 3)
    votes = [record for record in run.trace if type(record[7]).__name__ == "Accepted" and record[3] == 2]
    strike = run.story.strikes[0]
    vote = votes[number - 1]
    assert run.trace.records[strike.place - 1] == vote
    assert strike.process == vote[6]


def load_with(scenario: Scenario, protocol: str) -> Scenario:
    return parse(scenario.text, overrides={**scenario.overrides, "protocol": protocol})


def test_a_step_that_never_comes_makes_the_run_unknown() -> None:
    run = simulation.run(pinned('after = "900th Promised"\nname = "late"\ndo = "kill it"'), 0)
    assert [found.message for found in run.unknowns] == ["did not happen: fault 'late'"]


def test_only_the_steps_of_those_that_are_named_count() -> None:
    run = simulation.run(
        pinned('after = "2nd BallotStarted"\nby = "p2"\ndo = "kill it"\nmust_happen = false'), 0
    )
    assert run.story.deaths() == []


# The pinned death of a leader is that of the protocol's own action, line by line.

OWN_WORDS = ("p1 - Propose 1 with action ", "p1 - Leader has action to die before decision ")


def told(run: simulation.Run) -> list[str]:
    return [line for line in run.log().splitlines() if not line.startswith(OWN_WORDS)]


@pytest.mark.parametrize(("profile", "alike"), [("local", 40), ("dist", 36)])
def test_a_leader_that_is_killed_before_the_decision_is_sent_prints_what_it_prints_by_its_action(
    profile: str, alike: int
) -> None:
    """Who dies over a line more dies later, and may answer one more heartbeat: seldom, nodes apart."""
    text = next(text for text in EXAMPLES if 'before = "DecisionSent"' in text)
    by_pin = Runner(parse(text, overrides={"profile": profile}))
    by_action = Runner(load("leader_crash_before_decision", profile=profile))
    same = 0
    for seed in range(40):
        one, other = by_pin.run(seed), by_action.run(seed)
        same += told(one) == told(other)
        assert (one.verdict, one.decisions, one.survivors) == ("pass", other.decisions, other.survivors)
        assert [death.content.fault for death in one.story.deaths()] == [Kill()]
    assert same >= alike


@pytest.mark.parametrize("protocol", ["paxos", "textbook"])
def test_correct_protocols_survive_a_death_at_any_step(protocol: str) -> None:
    for step in (*find_protocol(protocol).steps, *find_protocol(protocol).moments):
        for when in ("before", "after"):
            text = STEPPING.format(when=when, step=step, protocol=protocol)
            runner = Runner(parse(text))
            found = [violated for seed in range(12) for violated in runner.run(seed).violations]
            assert found == [], (when, step)


STEPPING = """\
format = 1
participants = 3
protocol = "{protocol}"

[network]
print = "1..5ms"

[script]
all = ["5 times: sleep 1..400ms, propose for 500ms", "propose for 5s", "wait 12s"]

[[fault]]
{when} = "each of 6 {step}"
do = "kill it"
for = "300ms"
must_happen = false
"""
