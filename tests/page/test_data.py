"""The file holds the whole run, is the same for the same run, and cannot be broken out of."""

import json
import re

import msgspec
import pytest

import simulation
from simulation.page import Page
from simulation.scene import Scene, memories
from simulation.scene.words import whole
from simulation.trace.record import CAUSE, ID, TIME
from tests.page import runs

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)

NAMES = ("simple", "leader_crash_complex", "many_2", "leader_should_nack")


def data(*shown):
    return json.loads(DATA.search(Page(*shown).html())[1])


def summed(steps):
    found, total = [], 0
    for step in steps:
        total += step
        found.append(total)
    return found


def sentences(run):
    """Every event's sentence, put together as the page does it."""
    addresses, events = run["addresses"], run["events"]
    told = []
    for who, source, kind in zip(events["who"], events["source"], events["kind"], strict=True):
        text, sentence = events["kinds"][kind][3:5]
        names = {"who": addresses[who], "source": addresses[source] if source >= 0 else "", "text": text}
        told.append(re.sub(r"\{(who|source|text)\}", lambda found, names=names: names[found[1]], sentence))
    return told


@pytest.mark.parametrize("name", NAMES)
def test_every_event_is_in_the_file_with_its_time_and_cause(name):
    run = simulation.run(name, seed=3)
    events = data(run)["runs"][0]["events"]
    ids = summed(events["id"])
    assert ids == [record[ID] for record in run.trace]
    assert summed(events["time"]) == [record[TIME] for record in run.trace]
    causes = [ids[place - back] if back else -1 for place, back in enumerate(events["back"])]
    assert causes == [record[CAUSE] if record[CAUSE] in ids else -1 for record in run.trace]


@pytest.mark.parametrize("name", NAMES)
def test_every_event_says_what_the_scene_says(name):
    run = simulation.run(name, seed=3)
    assert sentences(data(run)["runs"][0]) == [whole(record, run.places) for record in run.trace]


def test_what_every_machine_knew_is_in_the_file():
    run = runs.deadly()
    found = data(run)["runs"][0]["memories"]
    told = []
    for place, address, *pairs in found["changes"]:
        values = [found["values"][value] if value >= 0 else None for value in pairs[1::2]]
        paths = [found["paths"][path] for path in pairs[::2]]
        told.append((place, address, dict(zip(paths, values, strict=True))))
    assert told == [(memory.place, memory.address, memory.fields) for memory in memories(run)]


def test_violations_come_with_the_places_that_prove_them():
    run = runs.violated()
    places = {place for reason in data(run)["runs"][0]["reasons"] for place in reason["places"]}
    assert places == set(Scene(run).evidence)


def command(run):
    return data(run)["runs"][0]["command"]


def test_a_run_of_a_scenario_of_the_package_is_repeated_by_its_name():
    assert command(runs.simple(4)) == "simulation run simple --seed 4"


def test_a_run_of_a_file_is_repeated_from_that_file(tmp_path):
    file = tmp_path / "simple.toml"
    file.write_text(f"# mine\n{runs.simple().scenario.text}", encoding="utf-8")
    run = simulation.run(simulation.load(file), seed=4)
    assert command(run) == f"simulation run {file} --seed 4"


def test_a_run_whose_scenario_is_nowhere_is_repeated_from_its_record(tmp_path):
    file = tmp_path / "simple.toml"
    file.write_text(f"# mine\n{runs.simple().scenario.text}", encoding="utf-8")
    run = simulation.run(simulation.load(file), seed=4)
    file.unlink()
    assert command(run) == "simulation replay RECORD"


def test_a_run_that_followed_moves_is_repeated_from_its_record():
    run = runs.stormy(3)
    again = simulation.Runner(run.scenario).follow(run.moves, run.seed)
    assert command(again) == "simulation replay RECORD"


def test_the_same_run_is_the_same_file():
    one, other = (Page(simulation.run("simple", seed=5)).html() for _ in range(2))
    assert one == other


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "$title ${data}"])
def test_nothing_that_a_scenario_says_breaks_out(text):
    run = runs.simple()
    scenario = msgspec.structs.replace(run.scenario, name=text)
    named = simulation.run(scenario, seed=1)
    html = Page(named).html()
    assert len(re.findall(r"<script", html)) == len(re.findall(r"<script", Page(run).html()))
    assert json.loads(DATA.search(html)[1])["runs"][0]["name"] == text


def test_a_notebook_shows_the_same_file():
    page = Page(runs.simple())
    shown = page._repr_html_()
    unescaped = re.search(r'srcdoc="(.*?)"', shown, re.S)[1]
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"), ("&", "&amp;")):
        unescaped = unescaped.replace(entity, sign)
    assert unescaped == page.html()


def test_ten_thousand_events_are_less_than_a_megabyte():
    assert runs.long().events > 9_500
    assert len(Page(runs.long()).html().encode()) < 1_000_000


def test_two_runs_are_told_where_they_part():
    one, other = runs.stormy(3), runs.stormy(28)
    told = [[whole(record, run.places) for record in run.trace] for run in (one, other)]
    pairs = enumerate(zip(*told, strict=False))
    parted = next(place for place, (here, there) in pairs if here != there)
    assert data(one, other)["difference"]["agree"] == parted


def test_runs_that_differ_in_times_first_are_told_to_be_alike_for_longer():
    assert data(runs.simple(4), runs.simple(5))["difference"] == {"agree": 6, "alike": 16}


def test_a_run_agrees_with_itself_to_the_end():
    run = runs.simple()
    assert data(run, run)["difference"] == {"agree": run.events, "alike": run.events}
