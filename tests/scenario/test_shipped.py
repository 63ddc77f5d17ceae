"""The files that come with the package say what the tests of the real system do."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import run
from simulation.checks import Held
from simulation.harness.plan import Plan
from simulation.scenario import load, names, plan
from simulation.scenario.wording import show_script
from tests.golden.table import SCENARIOS as SHIPPED

FOLDER = Path(__file__).parents[2] / "scenarios"
STORMS = [name for name in SHIPPED if name.startswith("storm_")]
SHAKE = "10 times: suspend, sleep 1..5ms, resume"


def planned(name: str, seed: int = 7, **overrides: object) -> Plan:
    return plan(load(name, **overrides), seed)


def scripts(found: Plan) -> list[str]:
    """What everybody does, in the participants' order."""
    return [show_script(found.scripts[process]) for process in found.order]


def by_name(found: Plan) -> list[str]:
    """What everybody does, by the processes' names in alphabetical order."""
    alphabetical = sorted(range(len(found.names)), key=found.names.__getitem__)
    return [show_script(found.scripts[process]) for process in alphabetical]


def dropped(participants: list[int]) -> tuple[list[int], list[int]]:
    """The rule of the real tests: drop from the front while more than n/2 + 1 are left."""
    n, left = len(participants), list(participants)
    while len(left) > n / 2 + 1:
        left = left[1:]
    return participants[: n - len(left)], left


def test_every_file_in_the_folder_is_one_of_the_family() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == list(SHIPPED)


def test_every_shipped_scenario_is_known_by_name() -> None:
    assert set(SHIPPED) <= set(names())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_file_names_its_schema_in_the_first_line(name: str) -> None:
    first, *_ = (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert first == "#:schema ./scenario.schema.json"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_file_says_in_a_sentence_what_it_is_about(name: str) -> None:
    assert load(name).model.about.endswith(".")


@pytest.mark.parametrize("participants", [5, 7, 11, 12])
@pytest.mark.parametrize("name", ["leader_crash_complex", "leader_crash_complex_2"])
def test_the_kill_sets_are_those_of_the_real_tests(name: str, participants: int) -> None:
    found = planned(name, participants=participants)
    killed, spare = dropped(list(found.order))
    half = len(killed) // 2
    assert found.roles["leaders"] == tuple(killed[:half])
    assert found.roles["followers"] == tuple(killed[half:])
    assert found.roles["spare"] == tuple(spare)


@pytest.mark.parametrize("participants", [5, 7, 11])
def test_leader_crash_simple_2_kills_the_head_and_whom_the_rule_drops(participants: int) -> None:
    found = planned("leader_crash_simple_2", participants=participants)
    killed, spare = dropped(list(found.order))
    assert found.roles["doomed"] == found.order[:1]
    assert found.roles["followers"] == tuple(killed[1:])
    assert found.roles["spare"] == tuple(spare)


@pytest.mark.parametrize("participants", [3, 5, 7, 11])
def test_minority_non_leader_crash_kills_half_of_them_after_the_head(participants: int) -> None:
    found = planned("minority_non_leader_crash", participants=participants)
    assert found.roles["killed"] == found.order[1 : participants // 2 + 1]


@pytest.mark.parametrize("participants", [3, 5])
def test_simple_lets_the_head_propose(participants: int) -> None:
    assert scripts(planned("simple", participants=participants)) == [
        "propose; wait 10s",
        *["wait 10s"] * (participants - 1),
    ]


def test_simple_alone_reads_the_queues_at_once() -> None:
    assert {name: load(name).model.linger_us for name in SHIPPED} == {
        name: 0 if name == "simple" else 100_000 for name in SHIPPED
    }


def test_simple_2_lets_head_and_second_propose() -> None:
    assert scripts(planned("simple_2")) == ["propose; wait 10s", "propose; wait 10s", "wait 10s"]


def test_simple_3_lets_everybody_wait_for_one_of_two_instances() -> None:
    found = scripts(planned("simple_3"))
    ones = ["propose; wait 10s", "propose instance 2; wait 10s", "wait 10s"]
    twos = ["propose; wait 10s instance 2", "propose instance 2; wait 10s instance 2", "wait 10s instance 2"]
    assert found in (ones, twos)


def test_many_1_lets_everybody_propose_for_instance_2() -> None:
    assert set(scripts(planned("many_1"))) == {"propose instance 2; sleep 1..10ms; wait 10s instance 2"}


def test_many_2_lets_everybody_propose_ten_times() -> None:
    assert set(scripts(planned("many_2"))) == {"10 times: sleep 1..10ms, propose; wait 10s"}


def test_non_leader_crash_kills_the_second() -> None:
    assert scripts(planned("non_leader_crash")) == ["propose; wait 10s", "sleep 1..5ms; kill", "wait 10s"]


def test_minority_non_leader_crash_kills_two_of_five() -> None:
    assert scripts(planned("minority_non_leader_crash")) == [
        "propose; wait 10s",
        *["sleep 1..5ms; kill"] * 2,
        *["wait 10s"] * 2,
    ]


def test_leader_crash_simple_kills_the_head_after_its_proposal() -> None:
    assert scripts(planned("leader_crash_simple")) == [
        "propose for 1s; sleep 1..5ms; kill",
        "sleep 10ms; propose until commit; wait 10s",
        *["wait 10s"] * 3,
    ]


def test_leader_crash_simple_2_kills_three_of_seven() -> None:
    assert scripts(planned("leader_crash_simple_2")) == [
        "propose for 1s; sleep 1..5ms; kill",
        *["sleep 1..5ms; kill"] * 2,
        "sleep 10ms; propose until commit; wait 10s",
        *["wait 10s"] * 3,
    ]


def test_leader_crash_complex_kills_two_leaders_and_three_followers() -> None:
    found = planned("leader_crash_complex")
    assert found.announce == "participants"
    assert scripts(found) == [
        *["propose for 1s; sleep 1..5ms; kill"] * 2,
        *["sleep 1..5ms; kill"] * 3,
        "sleep 10ms; propose until commit; wait 50s",
        *["wait 50s"] * 5,
    ]


def test_leader_crash_complex_2_shakes_everybody_who_does_not_lead() -> None:
    found = planned("leader_crash_complex_2")
    assert found.announce == "kill sets"
    assert scripts(found) == [
        *["propose for 1s; sleep 1..5ms; kill"] * 2,
        *[f"{SHAKE}; kill"] * 3,
        f"sleep 10ms; propose; {SHAKE}; propose until commit; wait 50s",
        *[f"{SHAKE}; wait 50s"] * 4,
        f"{SHAKE}, propose; wait 50s",
    ]


def test_leader_crash_before_decision_is_by_sorted_names() -> None:
    assert by_name(planned("leader_crash_before_decision", participants=11)) == [
        "propose for 1s action kill_before_decision",
        "sleep 10ms; propose until commit; wait 10s",
        *["wait 10s"] * 9,
    ]


def test_non_leader_proposes_after_election_waits_five_seconds_before() -> None:
    assert by_name(planned("non_leader_proposes_after_election")) == [
        "wait 15s",
        "sleep 5s; propose for 1s expecting decision; wait 15s",
        *["wait 15s"] * 3,
    ]


RAISE = "sleep 10ms; propose for 1s action increase_ballot_number; wait 15s"
TWICE = "sleep 2s; propose for 1s expecting abort; propose expecting decision; wait 15s"


def test_leader_should_nack_lets_the_leader_propose_twice() -> None:
    found = planned("leader_should_nack")
    assert by_name(found) == [TWICE, RAISE, RAISE, "wait 15s", "wait 15s"]


def test_non_leader_should_nack_lets_the_last_propose_twice() -> None:
    found = planned("non_leader_should_nack")
    assert by_name(found) == ["wait 15s", RAISE, RAISE, "wait 15s", TWICE]


@pytest.mark.parametrize("name", [name for name in SHIPPED if "crash" in name])
def test_a_crash_scenario_proves_nothing_unless_somebody_was_killed(name: str) -> None:
    assert "killed" in {happening.what for happening in planned(name).expect.happens}


@pytest.mark.parametrize("name", STORMS)
def test_after_a_storm_a_majority_is_left_in_peace(name: str) -> None:
    found = planned(name)
    assert found.calm is not None
    assert found.expect.by == found.calm.core
    assert len(found.calm.core) == found.quorum


@pytest.mark.parametrize("name", STORMS)
@pytest.mark.parametrize("seed", range(3))
def test_after_a_storm_the_core_decides(name: str, seed: int) -> None:
    done = run(name, seed=seed)
    assert Held("liveness") in done.findings
    assert done.verdict == "pass"


@pytest.mark.parametrize("name", sorted({*SHIPPED} - {*STORMS}))
def test_a_decision_is_required_of_everybody_who_is_not_killed(name: str) -> None:
    found = planned(name)
    killed = {one for said in found.expect.happens if said.what == "killed" for one in said.processes}
    assert sorted(found.expect.by) == sorted(set(range(len(found.names))) - killed)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_scenario_runs_over_both_networks(name: str) -> None:
    assert planned(name, profile="dist").profile == "dist"
