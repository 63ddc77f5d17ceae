"""What machines knew is found from a trace alone, and is what they knew."""

import pytest

import simulation
from simulation.protocols.reports import Decided
from simulation.scene import memories
from simulation.trace.record import CONTENT, PROCESS

SCENARIOS = ("simple", "leader_crash_complex", "many_2", "leader_should_nack")


def known_at_the_end(run):
    known = {}
    for memory in memories(run):
        fields = known.setdefault(memory.address, {})
        for path, text in memory.fields.items():
            if text is None:
                del fields[path]
            else:
                fields[path] = text
    return known


@pytest.mark.parametrize("name", SCENARIOS)
def test_who_decided_is_known_to_have_decided(name):
    run = simulation.run(name, seed=5)
    known = known_at_the_end(run)
    dead = set(run.plan.names) - set(run.survivors)
    for record in run.trace:
        if type(record[CONTENT]) is Decided and run.places.name(record[PROCESS]) not in dead:
            path = f"instances {record[CONTENT].instance} decision"
            assert known[record[PROCESS]][path] == str(record[CONTENT].value)


def test_a_death_forgets_all_but_what_is_durable():
    run = simulation.run("leader_crash_complex", seed=7)
    known = known_at_the_end(run)
    for name in set(run.plan.names) - set(run.survivors):
        assert all(path.startswith("durable") for path in known[run.plan.names.index(name)])


def test_a_restart_brings_back_what_was_durable_and_nothing_else():
    scenario = simulation.load("duel", strategy="portfolio")
    run = next(run for run in map(simulation.Runner(scenario).run, range(500)) if run.story.restarts())
    process = run.story.restarts()[0].process
    at = next(m for m in memories(run) if m.address == process and m.place >= run.story.restarts()[0].place)
    assert at.fields
    assert all(text is not None for text in at.fields.values())


def test_ballots_that_name_a_process_are_shown_by_its_name():
    run = simulation.run(simulation.load("simple", protocol="textbook"), seed=1)
    promised = {m.fields["records 1 promised"] for m in memories(run) if m.fields.get("records 1 promised")}
    nothing_yet = {"0"}
    assert promised > nothing_yet
    assert all(text.split("·")[1] in run.plan.names for text in promised - nothing_yet)


def test_a_set_of_processes_is_shown_by_their_names():
    run = simulation.run("leader_crash_complex", seed=7)
    known = known_at_the_end(run)
    names = f"{{{', '.join(name for name in run.plan.names if name in run.survivors)}}}"
    leader, elector = (run.plan.names.index("p10") + part * run.places.count for part in (0, 1))
    assert known[leader]["instances 1 votes"] == names
    assert names in {memory.fields.get("alive") for memory in memories(run) if memory.address == elector}


def test_a_protocol_of_ones_own_tells_which_fields_are_sets_of_processes():
    run = simulation.run(simulation.load("simple", protocol="tests.scene.odd:Odd"), seed=1)
    fields = next(memories(run)).fields
    assert fields["told heard"] == "{p1, p3}"
    assert fields["told voters"] == "{p2, p3, 99}"
    assert fields["told nobody"] == "{}"
    assert fields["untold heard"] == "5"


def test_a_wipe_forgets_what_was_durable_too(tmp_path):
    file = tmp_path / "wiped.toml"
    text = simulation.load("simple").text.replace("required", "allowed")
    file.write_text(f'{text}\n[[fault]]\ndo = "wipe p1"\nat = "50ms"\n', encoding="utf-8")
    run = simulation.run(simulation.load(file, protocol="textbook"), seed=1)
    assert any("durable 1 promised" in memory.fields for memory in memories(run) if memory.address == 0)
    assert known_at_the_end(run)[0] == {}


def test_nothing_is_left_out_of_a_sequence_in_which_two_have_one_name():
    run = simulation.run(simulation.load("simple", protocol="tests.scene.odd:Odd"), seed=1)
    fields = next(memories(run)).fields
    assert fields["seen"] == "(Seen(at 1, who 2), Seen(at 1, who 3))"
    assert fields["pairs"] == "((1, 4), (1, 5))"
    assert fields["nothing"] == "(Nothing, Nothing)"
