"""A file for Perfetto keeps to the format, and Perfetto shows in it what happened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

import simulation
from simulation.exports import perfetto_lines
from simulation.trace import Kind
from simulation.trace.record import CAUSE, ID, KIND, NO_CAUSE
from tests.exports.importer import Imported
from tests.order.runs import REENACTED, RUNS, reenacted, runner, storm

SCHEMA = Draft7Validator(
    json.loads((Path(__file__).parent / "trace_event.schema.json").read_text(encoding="utf-8"))
)

FLOWING = (Kind.MESSAGE, Kind.REQUEST, Kind.RETURN, Kind.LOST)


def imported(run: simulation.Run) -> Imported:
    return Imported(perfetto_lines(run))


@pytest.mark.parametrize(
    "run",
    [
        runner("leader_crash_complex_2").run(3),
        runner("duel", strategy="portfolio").run(4),
        runner("simple", participants=1).run(0),
        reenacted(REENACTED[0]),
        storm(),
    ],
    ids=["timed", "strategy", "tiny", "re-enacted", "storm"],
)
def test_a_file_keeps_to_the_format(run: simulation.Run) -> None:
    file = json.loads("\n".join(perfetto_lines(run)))
    assert [error.message for error in SCHEMA.iter_errors(file)] == []


@settings(max_examples=60)
@given(RUNS)
def test_slices_of_a_thread_nest_so_that_none_is_dropped(run: simulation.Run) -> None:
    assert imported(run).dropped == []


@settings(max_examples=60)
@given(RUNS)
def test_a_flow_leads_from_every_cause_to_what_came_of_it(run: simulation.Run) -> None:
    found = imported(run)
    assert [(begin["args"]["id"], end["args"]["id"]) for begin, end in found.flows] == [
        (record[CAUSE], record[ID])
        for record in run.trace
        if record[KIND] in FLOWING and record[CAUSE] != NO_CAUSE
    ]
    assert found.unfinished == []


@settings(max_examples=60)
@given(RUNS)
def test_every_event_is_shown_once_where_it_happened(run: simulation.Run) -> None:
    found = imported(run)
    shown = {event["args"]["id"]: event for event in found.events if event["ph"] in "Xi" and "args" in event}
    assert list(shown) == [record[ID] for record in run.trace]
    lives = len(found.of("X", "life"))
    assert len(found.slices) + len(found.of("i", "fault")) == run.events + lives


def test_every_thread_has_a_number_and_a_name_of_its_own() -> None:
    found = imported(storm())
    threads = [event["tid"] for event in found.events if event["name"] == "thread_name"]
    assert len(set(threads)) == len(threads)
    assert {event["tid"] for event in found.events} == set(threads)
    assert 0 not in threads


def test_a_machine_works_until_its_last_word_about_an_input() -> None:
    found = imported(runner("leader_crash_simple").run(0))
    work = next(each for each in found.of("X", "message") if each["name"].startswith("Prepare("))
    said = [
        each
        for each in found.of("X", "report")
        if each["tid"] == work["tid"] and work["ts"] <= each["ts"] <= work["ts"] + work["dur"]
    ]
    assert work["dur"] > 0
    assert said[-1]["ts"] == work["ts"] + work["dur"]


def test_a_call_lasts_until_it_returns() -> None:
    found = imported(runner("simple").run(0))
    call = found.of("X", "call")[0]
    number = call["args"]["id"]
    answer = next(each for each in found.of("X", "return") if each["args"]["content"]["call"] == number)
    assert (call["ts"] + call["dur"], call["tid"]) == (answer["ts"], answer["tid"])


def test_a_life_ends_with_a_death_and_begins_again_with_a_restart() -> None:
    run = storm()
    found = imported(run)
    (died_us,), (restarted_us,) = struck(found, "Kill", 2), struck(found, "Restart", 2)
    assert spans(found, "alive", "p3.life") == [(0, died_us), (restarted_us, run.virtual_us)]


def test_a_suspension_lasts_until_the_process_goes_on() -> None:
    found = imported(storm())
    suspended = spans(found, "suspended", "p1.life")
    assert suspended == list(zip(struck(found, "Suspend", 0), struck(found, "Resume", 0), strict=True))
    assert len(suspended) == 5


def struck(found: Imported, fault: str, process: int) -> list[int]:
    """When a fault struck a process."""
    strikes = [each for each in found.of("i", "fault") if each["args"]["content"]["is"] == "Strike"]
    return [
        each["ts"]
        for each in strikes
        if each["args"]["content"]["fault"]["is"] == fault and each["args"]["content"]["process"] == process
    ]


def spans(found: Imported, name: str, thread: str) -> list[tuple[int, int]]:
    """Beginning and end of the slices of this name on a thread."""
    named = [each for each in found.slices if each["name"] == name and found.thread(each) == thread]
    return [(each["ts"], each["ts"] + each["dur"]) for each in named]


def test_a_fault_that_lasts_has_a_span_from_its_beginning_to_its_end() -> None:
    found = imported(storm())
    begun, over = ({each["id"]: each for each in found.of(phase, "fault")} for phase in "be")
    lasted = {each["name"]: over[number]["ts"] - each["ts"] for number, each in begun.items()}
    assert list(begun) == list(over)
    assert lasted["split\nin two"] == 500_000
    assert [found.thread(each) for each in begun.values() if each["name"].startswith("slow")] == ["p3.life"]


def test_what_is_lost_is_shown_at_nobody() -> None:
    found = imported(storm())
    assert {found.thread(each) for each in found.of("X", "lost")} == {"lost.lost"}
