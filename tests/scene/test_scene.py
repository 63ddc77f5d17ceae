"""A scene has every event once, says where it happened, and folds away what repeats."""

from collections import Counter

import pytest

import simulation
from simulation.scene import Scene
from simulation.scene.fates import FATES
from simulation.scene.folds import FOLDS, HEARTBEATS, POLLS

NAMES = ("simple", "leader_crash_complex", "minority_non_leader_crash", "many_1")

STORMY = simulation.load("duel", strategy="swarm")

WEATHER = """
format = 1
about = "Links that lose, repeat and hold back; a partition that heals."
participants = 5
[roles]
proposer = "first of sorted all"
waiting  = "all except proposer"
[script]
proposer = ["propose until commit"]
waiting  = ["wait 50s"]
[expect]
decision = "allowed"
[[fault]]
do = "lose 10%"
at = "0ms"
[[fault]]
do = "duplicate 30%"
at = "0ms"
[[fault]]
do = "partition p1 from p2"
at = "1s"
for = "1s"
"""


@pytest.fixture(scope="module")
def weather(tmp_path_factory):
    file = tmp_path_factory.mktemp("weather") / "weather.toml"
    file.write_text(WEATHER, encoding="utf-8")
    return simulation.load(file)


@pytest.mark.parametrize("name", NAMES)
def test_every_event_is_seen_once_and_in_order(name):
    run = simulation.run(name, seed=3)
    assert [sight.id for sight in Scene(run).sights] == [record[2] for record in run.trace]


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_seen_to_come_from_what_sent_it(name):
    scene = Scene(simulation.run(name, seed=3))
    sent = [sight for sight in scene.sights if sight.fate and sight.cause >= 0]
    assert sent
    assert all(scene.sights[sight.cause].lane == sight.source for sight in sent)
    assert all(sight.cause < sight.place for sight in sent)


def test_signs_of_life_and_polls_are_folded_away():
    folds = Counter(sight.fold for sight in Scene(simulation.run("leader_crash_complex", seed=7)).sights)
    assert folds[HEARTBEATS] > 200
    assert folds[POLLS] > 200
    assert 100 < folds[""] < 200
    assert set(folds) <= {*FOLDS, ""}


def test_what_a_protocol_of_ones_own_says_is_shown_where_it_lists_no_steps():
    run = simulation.run(simulation.load("simple", protocol="tests.scene.greeter:Greeter"), seed=1)
    assert [sight.fold for sight in Scene(run).sights if sight.what == "Greeted"] == ["", "", ""]


def test_the_smallest_role_names_a_process_and_the_first_among_equals():
    scene = Scene(simulation.run("leader_crash_complex", seed=7))
    by_role = {lane.name: lane.role for lane in scene.lanes}
    assert by_role["p10"] == "rescuer"
    assert by_role["p1"] == "followers"


def test_who_only_proposes_is_told_from_who_votes():
    roles = [lane.role.split(",")[0] for lane in Scene(simulation.run(STORMY, seed=1)).lanes]
    assert roles == ["acceptor"] * 3 + ["proposer"] * 2


def test_all_that_can_become_of_a_message_is_seen(weather):
    runs = [*map(simulation.Runner(weather).run, range(3)), simulation.run(STORMY, seed=28)]
    found = {sight.fate for run in runs for sight in Scene(run).sights}
    assert found == {*FATES, ""}


def test_a_kill_lasts_until_the_restart():
    runner = simulation.Runner(STORMY)
    run = next(run for run in map(runner.run, range(500)) if run.story.restarts())
    scene, restart = Scene(run), run.story.restarts()[0]
    dead = next(band for band in scene.bands if band.lanes == (restart.process,))
    assert (dead.what, dead.end) == ("dead", restart.place)


def test_a_partition_lasts_until_it_heals(weather):
    scene = Scene(simulation.run(weather, seed=1))
    band = next(band for band in scene.bands if "partition" in band.text)
    assert band.what == "links"
    assert scene.sights[band.end].time_us - scene.sights[band.begin].time_us == 1_000_000


def test_each_of_many_partitions_lasts_until_it_heals(weather):
    rate = 'every = "50ms"\nuntil = "1s"\nfor = "200ms"'
    many = simulation.scenario.parse(weather.text.replace('at = "1s"\nfor = "1s"', rate))
    scene = Scene(simulation.run(many, seed=1))
    ends = [(band.begin, band.end) for band in scene.bands if "partition" in band.text]
    times = [(scene.sights[begin].time_us, scene.sights[end].time_us) for begin, end in ends]
    assert len(times) > 10
    assert {end_us - begin_us for begin_us, end_us in times} == {200_000}


def test_the_evidence_of_a_violation_is_marked():
    scenario = simulation.load("duel", protocol="simulation.planted:VOTES_FOR_ANYTHING", strategy="portfolio")
    run = next(run for run in map(simulation.Runner(scenario).run, range(200)) if run.verdict == "fail")
    scene = Scene(run)
    assert scene.evidence
    assert {scene.sights[place].id for place in scene.evidence} == {
        number for violation in run.violations for number in violation.events
    }


def test_ballots_that_cannot_be_compared_have_an_order_nevertheless_and_a_list_is_none():
    scene = Scene(simulation.run(simulation.load("simple", protocol="tests.scene.odd:Odd"), seed=1))
    assert scene.ballots == (1, (1, 2))
    sent = [sight for sight in scene.sights if sight.what == "Listed"]
    assert {sight.ballot for sight in sent} == {-1, 0, 1}
    assert {sight.fate for sight in sent} <= {*FATES}


def test_another_life_begins_with_a_sign_of_its_own():
    runner = simulation.Runner(STORMY)
    run = next(run for run in map(runner.run, range(500)) if run.story.restarts())
    place = run.story.restarts()[0].place
    assert Scene(run).sights[place].shape == "restart"
