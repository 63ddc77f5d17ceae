"""A run as a row: each column against the run's record, read as anybody could read it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import msgspec
import pytest

import simulation
from simulation.replay import record_lines
from simulation.sweep.row import COLUMNS, OF_CELL, OF_RUN, Row, encode, row_of
from tests.sweep.sweeping import mutant

Event = dict[str, Any]

SCENARIOS = (
    "simple",
    "leader_crash_simple",
    "leader_crash_complex",
    "many_1",
    "many_2",
    "leader_should_nack",
)

RUNS = [(name, seed) for name in SCENARIOS for seed in (0, 7)]


def events(run: simulation.Run) -> list[Event]:
    """The events of the run's record."""
    return [json.loads(line) for line in list(record_lines(run))[1:-1]]


def row(run: simulation.Run) -> Row:
    return row_of(0, run)


@pytest.fixture(scope="module", params=RUNS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def run(request: pytest.FixtureRequest) -> simulation.Run:
    name, seed = request.param
    return simulation.run(name, seed)


def said(run: simulation.Run, word: str) -> list[Event]:
    return [event for event in events(run) if event["content"]["is"] == word and event["event"] == "report"]


def first_known_us(run: simulation.Run) -> dict[str, int]:
    """When each process, or its client, first knew a decision."""
    known: dict[str, int] = {}
    for event in events(run):
        content, process = event["content"], event["process"].partition(".")[0]
        told = event["event"] == "return" and content.get("reply", {}).get("is") == "Decision"
        if told or (event["event"] == "report" and content["is"] == "Decided"):
            known.setdefault(process, event["time_us"])
    return known


def began_us(run: simulation.Run) -> int:
    calls = [each for each in events(run) if each["event"] == "call" and each["content"]["is"] == "Propose"]
    return int(calls[0]["time_us"])


def test_the_columns_that_a_json_object_has_too_agree_with_it(run: simulation.Run) -> None:
    found, told = row(run), run.as_json()
    for name in ("seed", "verdict", "ballots", "events", "virtual_us", "digest"):
        assert getattr(found, name) == told[name], name
    assert found.messages_by_kind == told["messages"]
    assert found.messages == sum(told["messages"].values())
    assert found.survivors == len(told["survivors"])


def test_what_was_decided_is_every_value_by_instance(run: simulation.Run) -> None:
    values = {(int(i), value) for i, by in run.as_json()["decisions"].items() for value in by.values()}
    assert row(run).decided == " ".join(f"{i}={value}" for i, value in sorted(values))


def test_deciders_are_the_processes_that_say_a_decision(run: simulation.Run) -> None:
    assert row(run).deciders == len({event["process"] for event in said(run, "Decided")})


def test_the_first_decision_is_timed_from_the_first_proposal(run: simulation.Run) -> None:
    assert row(run).first_decision_us == min(first_known_us(run).values()) - began_us(run)


def test_the_decision_is_made_when_the_last_knows_who_has_to(run: simulation.Run) -> None:
    known = first_known_us(run)
    due = [run.plan.names[process] for process in run.plan.expect.by]
    assert row(run).decision_us == max(known[name] for name in due) - began_us(run)


def test_leaders_change_as_often_as_the_most_restless_changes_its_mind(run: simulation.Run) -> None:
    minds: dict[str, list[int]] = {}
    for event in said(run, "LeaderNamed"):
        minds.setdefault(event["process"], []).append(event["content"]["leader"])
    changes = [sum(a != b for a, b in pairwise(mind)) for mind in minds.values()]
    assert row(run).leader_changes == max(changes, default=0)


def test_faults_are_the_strikes_of_the_trace(run: simulation.Run) -> None:
    assert row(run).faults == len([event for event in events(run) if event["event"] == "strike"])


def test_a_run_that_passes_has_no_cause(run: simulation.Run) -> None:
    found = row(run)
    assert (found.verdict, found.failed_check, found.message, found.cause) == ("pass", None, None, None)


def test_a_leader_that_dies_is_followed_by_another() -> None:
    assert row(simulation.run("leader_crash_complex", 0)).leader_changes > 0
    assert row(simulation.run("simple", 0)).leader_changes == 0


def test_without_a_decision_there_is_no_time_of_it() -> None:
    found = row(simulation.run(mutant("NEVER_DECIDES", "simple"), 0))
    assert (found.first_decision_us, found.decision_us, found.decided, found.deciders) == (None, None, "", 0)


def test_where_some_never_learn_there_is_no_time_of_all() -> None:
    run = simulation.run(simulation.load("simple", protocol="tests.cli.machines:Loner"), 0)
    found = row(run)
    assert found.first_decision_us is not None
    assert found.decision_us is None


def test_a_run_that_fails_names_its_check_and_its_message() -> None:
    run = simulation.run(mutant("INVENTS_A_VALUE", "simple"), 0)
    found = row(run)
    assert (found.verdict, found.failed_check) == ("fail", "validity")
    assert found.message in [violation.message for violation in run.violations]


def test_a_run_that_cannot_be_judged_says_why() -> None:
    run = simulation.run(simulation.load("simple", limit="200ms"), 0)
    found = row(run)
    assert (found.verdict, found.failed_check) == ("unknown", run.unknowns[0].check)
    assert found.message == run.unknowns[0].message


def test_two_different_decisions_are_both_told() -> None:
    run = simulation.run(simulation.load("many_1", protocol="tests.cli.machines:Loner"), 0)
    values = sorted({value for by in run.decisions.values() for value in by.values()})
    assert len(values) > 1
    assert row(run).decided == " ".join(f"2={value}" for value in values)


def test_a_row_is_one_line_that_reads_back(run: simulation.Run) -> None:
    line = encode(row(run))
    assert b"\n" not in line
    assert msgspec.json.decode(line, type=Row) == row(run)


def test_every_column_of_a_run_is_a_field_of_its_row() -> None:
    assert Row.__struct_fields__ == ("cell", *OF_RUN)
    assert sorted(COLUMNS) == sorted([*OF_CELL, *OF_RUN])


def test_the_page_on_sweeps_lists_every_column() -> None:
    from tests.tidy.sources import PROJECT

    page = (PROJECT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    table = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(name.strip(" `") for cell in table for name in cell.split(",")) == sorted(COLUMNS)
