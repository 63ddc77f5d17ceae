"""In a real browser, by its tree for screen readers: whoever does not see the page is told what it says."""

import pytest

from simulation.scene import Scene
from tests.page import runs

pytestmark = pytest.mark.xdist_group("browser")

TAB = "\ue004"

CONTROLS = ("button", "link", "searchbox", "combobox", "application", "DisclosureTriangle")


def test_the_verdict_and_the_selected_event_are_headings(show):
    shown = show(runs.violated())
    headings = shown.tree("heading")
    assert headings[0].startswith("FAIL duel seed 28")
    assert headings[1].startswith(f"event {runs.violated().violations[0].events[0]} ")


def test_a_step_is_told_with_what_it_proves_and_what_it_changed(show):
    run = runs.violated()
    decided = next(sight for sight in Scene(run).sights if sight.shape == "decision")
    shown = show(run, at=f"#e={decided.id}")
    assert shown.announced.startswith(f"Event {decided.id}, {decided.place + 1} of {run.events}, ")
    assert f": {run.places.names[decided.lane]} decides " in shown.announced
    assert "proof: agreement" in shown.announced
    assert "Changed: decided " in shown.announced


def test_what_is_told_of_two_runs_says_of_which(show):
    shown = show(runs.cut_off(), runs.simple())
    assert shown.announced.startswith("Run 2. Event ")


def test_a_step_tells_nothing_else(show):
    shown = show(runs.simple())
    shown.ask(
        "window.told = []; const watch = new MutationObserver(() => told.push(1));"
        "for (const each of document.querySelectorAll('[role=status], output'))"
        " watch.observe(each, { childList: true, characterData: true, subtree: true })"
    )
    before = shown.announced
    shown.press("j")
    assert shown.announced != before
    assert shown.ask("return told.length") == 0


def test_the_state_is_a_table_with_heads(show):
    shown = show(runs.simple())
    assert "p1 knows changed by event 263" in shown.tree("table")
    assert {"field", "before", "after", "process", "promised"} <= set(shown.tree("columnheader"))
    assert {"instances 1", "running", "p1", "p2", "p3"} <= set(shown.tree("rowheader"))
    assert {"False", "True"} <= set(shown.tree("cell"))


@pytest.mark.parametrize("run", [runs.violated, runs.calmed])
def test_everything_that_can_be_used_has_a_name(show, run):
    names = show(run()).tree(*CONTROLS)
    assert len(names) > 20
    assert all(names)


def test_the_diagram_is_one_picture_and_takes_the_keys(show):
    shown = show(runs.simple())
    (picture,) = shown.tree("image")
    assert "Selected: p1 starts ballot 1." in picture
    assert shown.tree("application") != []


def test_the_focus_goes_from_the_top_to_the_panel(show):
    shown = show(runs.violated())
    seen = []
    while not seen or seen[-1] != "panel":
        shown.press(TAB)
        within = "const at = document.activeElement.closest('header, #tools, .scroll, #hidden, #panel')"
        seen.append(shown.ask(f"{within}; return at.id || at.className"))
        assert len(seen) < 60
    assert list(dict.fromkeys(seen)) == ["top", "tools", "scroll", "hidden", "panel"]


def test_a_link_that_is_followed_leaves_the_focus_in_the_panel(show):
    shown = show(runs.simple())
    shown.click("#panel dd a")
    assert shown.ask("return document.activeElement.id") == "panel"
