"""In a real browser: one steps along the run, along its causes, from proof to proof."""

import pytest

from simulation.page import Page
from simulation.scene import Scene
from simulation.trace.record import CAUSE, ID
from tests.page import runs

pytestmark = pytest.mark.xdist_group("browser")

LEFT, RIGHT, HOME, END, ESCAPE = "\ue012", "\ue014", "\ue011", "\ue010", "\ue00c"


def unfolded(run):
    """The numbers of the events that are shown at first."""
    return [sight.id for sight in Scene(run).sights if not sight.fold]


def test_it_opens_at_the_first_ballot(show):
    shown = show(runs.simple())
    first = next(sight for sight in Scene(runs.simple()).sights if sight.shape == "ballot")
    assert shown.selected == first.id


def test_it_opens_at_what_proves_the_violation(show):
    shown = show(runs.violated())
    assert shown.selected == runs.violated().violations[0].events[0]
    assert "agreement" in shown.texts("#top .violated")[0]


def test_it_begins_with_the_verdict_and_the_command(show):
    shown = show(runs.violated())
    assert shown.texts(".verdict") == ["FAIL"]
    assert shown.texts("#top code")[0].startswith("simulation run ")


def test_steps_go_through_all_that_is_shown_and_nothing_else(show):
    shown = show(runs.simple())
    shown.press(HOME)
    seen = [shown.selected]
    for _ in unfolded(runs.simple())[1:]:
        shown.press("j")
        seen.append(shown.selected)
    assert seen == unfolded(runs.simple())


def test_a_step_back_undoes_a_step(show):
    shown = show(runs.simple())
    before = shown.selected
    shown.press(RIGHT, RIGHT, LEFT, "k")
    assert shown.selected == before


def test_a_step_beyond_the_end_stays_there(show):
    shown = show(runs.simple())
    shown.press(END, RIGHT)
    assert shown.selected == unfolded(runs.simple())[-1]


def test_the_chain_of_causes_leads_to_what_sent_the_message(show):
    run = runs.simple()
    scene = Scene(run)
    message = next(s for s in scene.sights if s.what == "Prepare" and not s.fold)
    shown = show(run, at=f"#e={message.id}")
    shown.press("[")
    assert shown.selected == run.trace.records[message.place][CAUSE]
    shown.press("]")
    causes = {record[ID]: record[CAUSE] for record in run.trace}
    assert causes[shown.selected] == causes[message.id]


def test_proofs_are_gone_through_in_turn(show):
    shown = show(runs.violated())
    scene = Scene(runs.violated())
    shown.press(HOME)
    seen = []
    for _ in scene.evidence:
        shown.press("n")
        seen.append(shown.selected)
    assert seen == [scene.sights[place].id for place in scene.evidence]


def test_faults_are_gone_through_in_turn(show):
    shown = show(runs.deadly())
    shown.press(HOME, *"fffff")
    assert "kill at p6" in shown.announced
    shown.press("f")
    assert "kill at p1" in shown.announced


def test_the_search_goes_to_what_holds_the_text(show):
    shown = show(runs.deadly())
    shown.press("/", *"p4 votes", "\ue007")
    assert "p4 votes 205" in shown.announced
    assert shown.texts("#found") == ["1 of 1"]


def test_the_position_is_in_the_address_and_is_read_from_it(show):
    shown = show(runs.simple())
    shown.press("j")
    number = shown.selected
    shown.ask("return new Promise((done) => setTimeout(done, 400))")
    assert shown.browser.current_url.endswith(f"#e={number}")
    assert show(runs.simple(), at=f"#e={number}").selected == number
    shown.ask("location.hash = '#e=8'")
    shown.ask("return new Promise((done) => setTimeout(done, 50))")
    assert shown.selected == 8


def test_a_folded_event_that_is_gone_to_is_shown(show):
    shown = show(runs.simple(), at="#e=8")
    assert shown.places(".mark.chosen") == [0]
    shown.press("j")
    assert 0 not in shown.places(".mark")


def test_escape_selects_nothing(show):
    shown = show(runs.simple())
    shown.press(ESCAPE)
    assert shown.selected is None
    assert shown.places(".chosen, .faint") == []


@pytest.mark.parametrize("keys", [(END, HOME), "jjjj", "ll", "+++---0"])
def test_a_long_run_is_stepped_through_as_well(show, keys):
    shown = show(runs.long())
    shown.press(*keys)
    drawn = shown.ask("return document.querySelectorAll('[data-place]').length")
    assert 0 < drawn < runs.long().events / 2
    assert shown.places(".chosen") != []


def test_a_notebook_steps_too(show):
    shown = show(html=Page(runs.simple())._repr_html_())
    shown.browser.switch_to.frame(0)
    before = shown.selected
    shown.find(".scroll").click()
    shown.press("j")
    assert shown.selected == unfolded(runs.simple())[unfolded(runs.simple()).index(before) + 1]
