"""Words in a diagram can be read: none covers another, and all of them are on the paper."""

from xml.etree import ElementTree

import pytest

import simulation
from simulation.diagram.measure import cut, wide, wrapped
from simulation.diagram.warp import ARROWS
from simulation.scene import Scene
from tests.diagram.boxes import SVG, covered, words_in

STORMS = ("storm_partitions", "storm_links", "storm_restarts", "storm_paces", "storm_loss", "storm_rates")

DEJAVU = {"promises 2·p4, voted 209 in 3·p5": 16.59, "Accepted 1·p5": 7.219, "LinksHit WWW @%": 9.543}
"""How wide these are in DejaVu Sans, in parts of the letters' size."""


def width_of(drawing):
    return float(ElementTree.fromstring(drawing).get("width"))


def storm(name, seed=3):
    return simulation.run(simulation.load(name, protocol="textbook"), seed=seed)


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("name", STORMS)
def test_words_in_a_storm_do_not_cover_each_other(name, seed):
    assert covered(words_in(str(storm(name, seed).diagram()))) == []


def test_words_between_eleven_lanes_do_not_cover_each_other():
    run = simulation.run(simulation.load("leader_crash_complex", participants=11), seed=3)
    assert covered(words_in(str(run.diagram()))) == []


@pytest.mark.parametrize("strategy", ["portfolio", "swarm"])
def test_words_where_messages_overtake_each_other_do_not_cover_each_other(strategy):
    runner = simulation.Runner(simulation.load("duel", strategy=strategy))
    assert [
        pair for run in map(runner.run, range(20)) for pair in covered(words_in(str(run.diagram())))
    ] == []


def test_words_of_what_began_before_all_that_is_shown_do_not_cover_each_other():
    run = storm("storm_links")
    last = Scene(run).sights[-1].id
    words = words_in(str(run.diagram(around=last, most=20)))
    assert sum(word.text.startswith(("duplicate", "reorder", "spike")) for word in words) == 3
    assert covered(words) == []


def test_in_a_storm_every_question_for_promises_is_named():
    run = storm("storm_partitions")
    told = [word.text for word in words_in(str(run.diagram()))]
    ballots = sum(sight.shape == "ballot" for sight in Scene(run).sights)
    assert sum(word.startswith("Prepare ") for word in told) == ballots


def test_what_a_message_says_is_told_where_a_pointer_rests():
    run = storm("storm_links")
    drawn = [group for group in ElementTree.fromstring(str(run.diagram())).iter(f"{SVG}g") if of_arrow(group)]
    sent = [sight for sight in Scene(run).sights if sight.shape in ARROWS and not sight.fold]
    assert len(drawn) == len(sent)
    assert all(sight.text in group[0].text for sight, group in zip(sent, drawn, strict=True))


def of_arrow(group):
    return group[0].tag == f"{SVG}title" and group[1].get("class", "").startswith("arrow")


@pytest.mark.parametrize("name", [*STORMS, "simple"])
def test_a_picture_is_as_wide_as_its_lanes_and_all_words_are_on_it(name):
    drawing = str(storm(name).diagram())
    words = words_in(drawing)
    last = max(word.left for word in words if word.text in ("p3", "p5"))
    assert max(word.right for word in words) <= width_of(drawing) <= last + 230


def test_what_is_violated_is_told_in_lines_that_have_room():
    scenario = simulation.load("simple", protocol="simulation.planted:QUORUM_OF_HALF", strategy="swarm")
    run = next(run for run in map(simulation.Runner(scenario).run, range(50)) if run.violations)
    drawing = str(run.diagram())
    words = words_in(drawing)
    told = " ".join(word.text for word in words)
    assert all(f"{violation.check}: {violation.message}" in told for violation in run.violations)
    assert max(word.right for word in words) <= width_of(drawing)


@pytest.mark.parametrize("words", DEJAVU)
def test_words_are_thought_a_little_wider_than_they_are(words):
    assert DEJAVU[words] <= wide(words, 1) <= DEJAVU[words] * 1.04


def test_a_title_is_broken_between_its_parts():
    assert wrapped("a b · c d · e f", wide("a b · c d", 10), 10) == ["a b · c d", "e f"]


def test_a_part_that_is_too_long_is_broken_between_words_and_a_word_anywhere():
    assert wrapped("a · bb cc dddddd", wide("ddd", 10), 10) == ["a", "bb", "cc", "ddd", "ddd"]


def test_what_is_cut_has_room():
    words = "promises 2·p4, voted 209"
    found = [cut(words, room, 11) for room in range(20, 200)]
    assert all(wide(each, 11) <= room for each, room in zip(found, range(20, 200), strict=True))
    assert found[-1] == words
