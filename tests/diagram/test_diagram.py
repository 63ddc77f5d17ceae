"""A diagram shows what happened, in order, legibly, and takes no input that makes no sense."""

import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.diagram import Diagram
from simulation.diagram.warp import ROOM, WORDLESS, warp
from simulation.errors import InputError
from simulation.scene import Scene
from simulation.trace import Trace
from tests.scene.odd import MARKUP

SVG = "{http://www.w3.org/2000/svg}"

SCENARIOS = (
    "simple",
    "leader_crash_complex",
    "leader_crash_complex_2",
    "many_2",
    "leader_crash_before_decision",
)


def words_of(diagram):
    root = ElementTree.fromstring(str(diagram))
    return [node.text for node in root.iter(f"{SVG}text")]


def failing():
    scenario = simulation.load("duel", protocol="simulation.planted:VOTES_FOR_ANYTHING", strategy="portfolio")
    return next(run for run in map(simulation.Runner(scenario).run, range(200)) if run.verdict == "fail")


@given(st.sampled_from(SCENARIOS), st.integers(0, 300), st.sampled_from(["local", "dist"]))
@settings(max_examples=25, deadline=None)
def test_time_runs_downwards_and_words_in_a_lane_do_not_cover_each_other(name, seed, profile):
    sights = Scene(simulation.run(simulation.load(name, profile=profile), seed=seed)).sights
    shown = {sight.place for sight in sights if not sight.fold}
    where = warp(sights, shown, (), 100.0)
    ys = [where.y[sight.place] for sight in sights]
    assert ys == sorted(ys)
    lanes = defaultdict(list)
    for sight in sights:
        if sight.place in shown and sight.shape not in WORDLESS:
            lanes[sight.lane].append(where.y[sight.place])
    assert all(b - a >= ROOM for lane in lanes.values() for a, b in pairwise(lane))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_decision_vote_and_death_stands_in_the_diagram(name):
    run = simulation.run(name, seed=4)
    words = words_of(run.diagram(most=10_000))
    scene = Scene(run)
    for shape in ("decision", "vote", "kill", "leader"):
        told = sorted(sight.text for sight in scene.sights if sight.shape == shape)
        kinds = set(told)
        assert sorted(word for word in words if word in kinds) == told


def test_a_long_wait_is_a_bar_with_its_length():
    assert any(word.endswith(" pass") for word in words_of(simulation.run("simple", seed=7).diagram()))


def test_what_is_folded_away_is_counted_and_can_be_shown():
    run = simulation.run("simple", seed=7)
    assert "45 heartbeats" in words_of(run.diagram())[-1]
    assert "heartbeats" not in words_of(run.diagram(show=("heartbeats",)))[-1]
    few, all_of_them = str(run.diagram()), str(run.diagram(show=("heartbeats",)))
    assert all_of_them.count("<line") > few.count("<line") + 20


def test_the_evidence_of_every_violation_has_a_ring():
    run = failing()
    assert str(run.diagram()).count('class="ring"') == len(Scene(run).evidence)


def test_evidence_is_drawn_though_its_kind_is_folded_away():
    scenario = simulation.load("storm_restarts", protocol="simulation.planted:QUORUM_OF_HALF")
    run = simulation.run(scenario, seed=0)
    scene = Scene(run)
    assert any(scene.sights[place].fold for place in scene.evidence)
    assert str(run.diagram()).count('class="ring"') == len(scene.evidence)


def test_evidence_far_from_the_rest_is_drawn_and_what_lies_between_is_said_to_be_missing():
    run = failing()
    diagram = run.diagram(most=5)
    assert str(diagram).count('class="ring"') == len(Scene(run).evidence)
    assert any(word.endswith(" events not shown") for word in words_of(diagram))


def test_a_message_sent_before_all_that_is_shown_comes_from_above():
    run = simulation.run("leader_crash_before_decision", seed=7)
    vote = next(
        sight for sight in Scene(run).sights if sight.what == "Accepted" and sight.fate and not sight.fold
    )
    root = ElementTree.fromstring(str(run.diagram(around=vote.id, most=1)))
    arrow = next(line for line in root.iter(f"{SVG}line") if line.get("class").startswith("arrow b"))
    assert float(arrow.get("y1")) < float(arrow.get("y2"))


def test_the_violations_are_told_above_the_lanes():
    run = failing()
    words = words_of(run.diagram())
    assert words[1 : 1 + len(run.violations)] == [f"{v.check}: {v.message}" for v in run.violations]


def test_of_a_long_run_the_neighbourhood_of_the_violation_is_drawn_and_the_rest_is_said_to_be_missing():
    run = failing()
    diagram = run.diagram(most=20)
    last = max(Scene(run).evidence)
    assert Scene(run).sights[last].text in words_of(diagram)
    assert "not shown" in words_of(diagram)


def test_a_diagram_around_an_event_shows_it():
    run = simulation.run("leader_crash_complex", seed=7)
    kill = next(sight for sight in Scene(run).sights if sight.shape == "kill")
    assert "kill" in words_of(run.diagram(around=kill.id, most=5))


@pytest.mark.parametrize("strategy", ["swarm", "portfolio", "reach"])
def test_lost_late_and_repeated_messages_are_told_apart(strategy):
    runner = simulation.Runner(simulation.load("duel", strategy=strategy))
    fates = defaultdict(int)
    for run in map(runner.run, range(40)):
        drawn = str(run.diagram())
        fates["late"] += ">late</text>" in drawn
        fates["lost"] += ">nobody gets it</text>" in drawn
        fates["again"] += ">again</text>" in drawn
    assert fates["late"]
    assert strategy != "swarm" or all(fates.values())


def test_nothing_in_a_scenario_can_break_out_of_the_drawing(tmp_path):
    file = tmp_path / 'a"><script>x.toml'
    text = simulation.load("simple").text.replace("waiting", "w-1")
    file.write_text(text, encoding="utf-8")
    drawn = str(simulation.run(file, seed=1).diagram())
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn


def test_nothing_that_a_protocol_says_can_break_out_of_the_drawing():
    run = simulation.run(simulation.load("simple", protocol="tests.scene.odd:Odd"), seed=1)
    root = ElementTree.fromstring(str(run.diagram()))
    titles = {title.text for title in root.iter(f"{SVG}title")}
    assert any(MARKUP in title for title in titles)
    assert "<script" not in run._repr_html_()


def test_a_diagram_needs_no_script_and_no_network():
    drawn = str(simulation.run("many_1", seed=1).diagram()).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in drawn
    assert "<script" not in drawn
    assert "url(" not in drawn


def test_the_same_run_is_drawn_the_same_in_another_process():
    code = "import simulation; print(simulation.run('storm_links', seed=3).diagram(), end='')"
    command = [sys.executable, "-c", code]
    drawn = {
        subprocess.run(
            command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert drawn == {str(simulation.run("storm_links", seed=3).diagram())}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"show": ("heartbeat",)}, "Did you mean 'heartbeats'"),
        ({"show": "heartbeats"}, r"a list of names is needed, as in show=\['heartbeats'\]"),
        ({"show": 3}, "a list of names is needed"),
        ({"show": (3,)}, "there is no fold 3"),
        ({"around": 10**9}, "no event 1000000000"),
        ({"most": 0}, "a whole number from 1 on"),
    ],
)
def test_what_makes_no_sense_is_told(arguments, said):
    with pytest.raises(InputError, match=said):
        simulation.run("simple", seed=1).diagram(**arguments)


def test_a_notebook_shows_the_line_the_drawing_and_folds_without_script():
    shown = simulation.run("leader_crash_complex", seed=7)._repr_html_()
    assert shown.startswith("<div><p><strong>leader_crash_complex · seed 7")
    assert "<svg" in shown
    assert [part.split("<")[0] for part in shown.split("<summary>")[1:]] == [
        "decisions",
        "messages",
        "faults that struck",
        "log",
    ]
    assert "<script" not in shown


def test_a_notebook_shows_why_a_run_fails():
    run = failing()
    assert f"violated: {run.violations[0].check}" in run._repr_html_()


def test_a_diagram_tells_in_a_sentence_what_it_shows():
    run = simulation.run("simple", seed=7)
    root = ElementTree.fromstring(str(Diagram(run)))
    assert root.get("role") == "img"
    assert root.get("aria-label").startswith("Space-time diagram of simple · seed 7")


def test_of_a_run_without_events_nothing_is_drawn():
    run = simulation.run("simple", seed=1)
    empty = simulation.Run(run.scenario, run.plan, Trace(), run.places, run.outcome, 0)
    for draw in (empty.diagram, empty.page):
        with pytest.raises(InputError, match="no events"):
            draw()
