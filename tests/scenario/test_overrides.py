"""Single keys replaced from outside: as Python values, or as words of the command line."""

from __future__ import annotations

import pytest

from simulation.scenario import load, parse, plan
from tests.scenario.files import CORRECT, problems


@pytest.mark.parametrize("given", [7, "7"])
def test_a_number_may_be_a_word(given: object) -> None:
    assert parse(CORRECT, overrides={"participants": given}).model.participants == 7


def test_a_word_that_is_no_toml_value_is_a_string() -> None:
    assert parse(CORRECT, overrides={"profile": "dist"}).model.profile == "dist"


def test_a_list_may_be_a_word() -> None:
    scenario = parse(CORRECT, overrides={"script.waiting": '["sleep 1ms", "wait 1s"]'})
    assert len(scenario.model.scripts[1].steps) == 2


def test_a_dotted_key_reaches_into_a_table() -> None:
    conditions = parse(CORRECT, overrides={"network.delay": "0.2..1.2ms"}).model.conditions
    assert conditions.delay_us == (200, 1_200)


def test_a_table_may_be_given_as_a_mapping() -> None:
    scenario = parse(CORRECT, overrides={"network": {"delay": "1ms"}, "expect": {"decision": "allowed"}})
    assert scenario.model.conditions.delay_us == (1_000, 1_000)
    assert scenario.overrides == {"network.delay": "1ms", "expect.decision": "allowed"}


def test_a_fault_is_reached_by_its_number() -> None:
    text = CORRECT + '[[fault]]\nat = "5ms"\ndo = "resume leader"\n'
    (fault,) = parse(text, overrides={"fault.1.at": "7ms"}).model.faults
    assert fault.at_us == 7_000


def test_a_new_role_may_be_added() -> None:
    found = plan(load("simple", **{"roles.tail": "last of all"}), 7)
    assert found.roles["tail"] == found.order[-1:]


def test_a_tuple_is_a_list() -> None:
    assert parse(CORRECT, overrides={"values": (1, 2, 3, 4, 5)}).model.values == [1, 2, 3, 4, 5]


def test_a_scenario_can_be_made_again_from_what_a_record_carries() -> None:
    scenario = load("leader_crash_complex", participants="7", network={"delay": "1ms"}, values='"1..3"')
    again = parse(scenario.text, name=scenario.name, source=scenario.source, overrides=scenario.overrides)
    assert again == scenario


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (
            {"participants": "five"},
            "--set participants: is 'five'. A whole number from 1 to 1000, without quotes.",
        ),
        ({"participants": -3}, "--set participants: is -3. A whole number from 1 to 1000."),
        ({"profile": "wan9"}, "--set profile: is 'wan9'. Known: local, dist."),
        ({"network.dely": "1ms"}, "--set network.dely: no such key. Known: "),
        ({"participents": 3}, "--set participents: no such key. Known: "),
        ({"fault.1.at": "5ms"}, "--set fault.1.at: there is no 'fault.1' to put it in."),
        ({"participants.x": 3}, "--set participants.x: there is no 'participants' to put it in."),
        ({"nonsense.x": 3}, "--set nonsense.x: nonsense: no such key. Known: "),
        (
            {"script.waiting": ["slep 1ms"]},
            "--set script.waiting: step 'slep 1ms' is not understood. Steps: ",
        ),
        (
            {"expect": {"decision": "no"}},
            "--set expect.decision: is 'no'. Known: required, allowed, impossible.",
        ),
    ],
)
def test_a_wrong_override_is_named(overrides: dict[str, object], message: str) -> None:
    (said, *_) = problems(CORRECT, **overrides)
    assert said.startswith(message)


def test_what_an_override_breaks_elsewhere_is_said_at_its_line() -> None:
    (said,) = problems(
        CORRECT, **{"roles.proposer": "first majority of all", "script.proposer": '["propose","kill"]'}
    )
    assert said.startswith("wrong.toml:13: expect.decision: required, but 3 of 5 are killed")
