"""In a real browser: one event is looked at, others are folded away."""

import re

import pytest

import simulation
from simulation.order import Order
from simulation.scene import Scene, memories
from simulation.scene.folds import HEARTBEATS
from simulation.scene.words import whole
from tests.page import runs

pytestmark = pytest.mark.xdist_group("browser")


def sights(run):
    return Scene(run).sights


def first(run, shape):
    return next(sight for sight in sights(run) if sight.shape == shape)


def test_a_click_selects_what_is_clicked(show):
    shown = show(runs.simple())
    vote = first(runs.simple(), "vote")
    shown.click(f'.mark[data-place="{vote.place}"]')
    assert shown.selected == vote.id


@pytest.mark.parametrize("shape", ["ballot", "vote", "kill"])
def test_what_had_no_part_in_the_event_and_did_not_come_of_it_is_faint(show, shape):
    run = runs.deadly()
    chosen = first(run, shape)
    order = Order(run.trace.records, run.places)
    related = {chosen.place, *order.causes(chosen.place), *order.consequences(chosen.place)}
    shown = show(run, at=f"#e={chosen.id}")
    drawn = set(shown.places("#panes [data-place]"))
    assert set(shown.places("#panes .faint")) == drawn - related
    assert drawn - related
    shown.press("c")
    assert shown.places("#panes .faint") == []


def test_an_event_of_nobody_makes_nothing_faint(show):
    calm = next(sight for sight in sights(runs.calmed()) if sight.text == "calm")
    shown = show(runs.calmed(), at=f"#e={calm.id}")
    assert shown.places(".chosen") == [calm.place]
    assert shown.places("#panes .faint") == []


def sent_by(run, step):
    """The places of the messages that this event sends to others."""
    return [
        sight.place for sight in sights(run) if sight.cause == step.place and sight.fate and not sight.fold
    ]


def named(shown):
    """The first words of the names that what is selected has opened; fonts decide about the others."""
    return [re.match(r"\w+", text)[0] for text in shown.texts(".names text")]


def test_a_fan_out_is_named_arrow_by_arrow_where_it_is_selected(show):
    run = runs.simple()
    ballot = first(run, "ballot")
    shown = show(run, at=f"#e={ballot.id}")
    assert shown.places(".arrow.opened") == sent_by(run, ballot)
    assert named(shown) == ["Prepare", "Prepare"]
    shown.press("\ue00c")
    assert named(shown) == []


def test_a_report_opens_what_its_step_sends(show):
    run = runs.simple()
    shown = show(run, at=f"#e={first(run, 'question').id}")
    whats = {sight.what for sight in sights(run) if sight.place in shown.places(".arrow.opened")}
    assert whats == {"Accept"}
    assert named(shown) == ["Accept", "Accept"]


def test_whoever_points_at_an_event_is_told_what_it_is(show):
    run = runs.simple()
    prepare = next(sight for sight in sights(run) if sight.what == "Prepare" and not sight.fold)
    (told,) = show(run).texts(f'.arrow[data-place="{prepare.place}"] > title')
    assert told.endswith(f" s: {whole(run.trace.records[prepare.place], run.places)}")


def test_what_an_event_changed_is_marked_with_what_stood_before(show):
    run = runs.simple()
    change = next(m for m in memories(run) if m.fields.get("instances 1 promised") == "1")
    shown = show(run, at=f"#e={sights(run)[change.place].id}")
    assert "promised01" in shown.texts(".state .changed")


def test_a_report_shows_what_its_step_changed(show):
    run = runs.simple()
    shown = show(run, at=f"#e={first(run, 'vote').id}")
    assert "changed by event" in shown.texts(".state caption")[0]
    assert any(text.startswith("vote") for text in shown.texts(".state .changed"))


def test_everybody_has_a_row_and_messages_on_the_way(show):
    run = runs.simple()
    shown = show(run, at=f"#e={first(run, 'ballot').id}")
    assert shown.texts(".everybody th[scope=row]") == list(run.plan.names)
    assert [row[-1] for row in shown.texts(".everybody tbody tr")] == ["1", "1", "1"]


def test_the_dead_are_told_to_be_dead(show):
    run = runs.deadly()
    shown = show(run)
    dead = set(run.plan.names) - set(run.survivors)
    assert shown.texts(".everybody .dead th") == [f"{name} dead" for name in run.plan.names if name in dead]


def test_what_is_folded_away_is_counted_and_can_be_shown(show):
    run = runs.simple()
    shown = show(run)
    count = sum(sight.fold == HEARTBEATS for sight in sights(run))
    assert f"heartbeats {count}" in shown.texts("#hidden span")[0]
    shown.click(f'[data-member="{HEARTBEATS}"]')
    assert "heartbeats" not in shown.texts("#hidden span")[0]
    shown.click("[data-all]")
    assert shown.texts("#hidden span") == [f"All {run.events} events are shown."]


def test_a_kind_of_message_can_be_switched_off(show):
    run = runs.simple()
    shown = show(run)
    prepares = {sight.place for sight in sights(run) if sight.what == "Prepare"}
    assert prepares & set(shown.places(".arrow"))
    shown.click('[data-set=kinds][data-member="Prepare"]')
    assert not prepares & set(shown.places(".arrow"))


def test_a_process_can_be_switched_off_with_all_that_it_sends(show):
    run = runs.simple()
    shown = show(run)
    shown.click('[data-set=lanes][data-member="1"]')
    assert shown.texts(".head b") == ["p1", "p3"]
    of_it = {sight.place for sight in sights(run) if 1 in (sight.lane, sight.source)}
    assert not of_it & set(shown.places("[data-place]"))


def test_one_instance_can_be_looked_at(show):
    run = simulation.run("simple_3", seed=1)
    shown = show(run)
    choice = shown.find("#instance")
    shown.ask("arguments[0].value = '2'; arguments[0].dispatchEvent(new Event('change'))", choice)
    of_others = {sight.place for sight in sights(run) if sight.instance == 1}
    assert set(shown.places(".mark, .arrow")) & of_others <= set(shown.places(".chosen"))


def test_the_list_is_a_table_in_the_order_of_the_run(show):
    run = runs.simple()
    shown = show(run)
    shown.press("l")
    numbers = [int(text) for text in shown.texts("#list tbody td:first-child")]
    assert numbers == [sight.id for sight in sights(run) if not sight.fold]
    assert shown.texts("#list [aria-current] td:first-child") == [str(shown.selected)]


def test_the_diagram_says_in_a_sentence_what_it_shows(show):
    shown = show(runs.deadly())
    sight = shown.find(".sight")
    assert sight.get_attribute("role") == "img"
    assert "11 processes" in sight.get_attribute("aria-label")
    assert "p10 starts ballot 1" in sight.get_attribute("aria-label")


def test_proofs_have_a_ring_and_nothing_else_has(show):
    shown = show(runs.violated())
    proofs = set(Scene(runs.violated()).evidence)
    drawn = set(shown.places("#panes [data-place]"))
    assert set(shown.places("#panes [data-place]:has(.ring)")) == proofs & drawn
    assert len(proofs & drawn) > 2


def test_a_lost_message_ends_in_a_ring(show):
    run = runs.deadly()
    prepares = [sight for sight in sights(run) if sight.what == "Prepare" and not sight.fold]
    shown = show(run)
    lost = {sight.place for sight in prepares if sight.fate == "lost"}
    ringed = set(shown.places(".arrow:has(circle.hollow)"))
    assert ringed & {sight.place for sight in prepares} == lost


def test_real_time_has_no_gaps(show):
    shown = show(runs.simple())
    assert shown.texts(".gap text") != []
    shown.click("[data-switch=real]")
    assert shown.texts(".gap text") == []


def test_the_help_lists_every_key(show):
    shown = show(runs.simple())
    shown.press("?")
    assert shown.ask("return document.getElementById('help').open")
    assert set("jk[]nfcld?/") - {"?"} <= set(shown.texts("#help kbd"))


def test_the_command_can_be_copied(show):
    shown = show(runs.simple())
    shown.click("[data-copy]")
    assert shown.ask("return String(getSelection())") == shown.texts("#top code")[0]
