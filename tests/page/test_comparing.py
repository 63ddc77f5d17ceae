"""In a real browser: two runs are looked at side by side."""

import pytest

from simulation.scene import Scene
from tests.page import runs

pytestmark = pytest.mark.xdist_group("browser")


def test_two_runs_stand_side_by_side_at_their_first_difference(show):
    one, other = runs.stormy(3), runs.stormy(28)
    shown = show(one, other)
    first = runs.apart(one, other)
    assert shown.texts(".difference b") == [f"{first} events"]
    assert shown.places(".pane:nth-child(1) .chosen") == shown.places(".pane:nth-child(2) .chosen") == [first]
    assert shown.ask("return document.querySelectorAll('path.differs').length") == 2


def test_as_long_as_two_runs_agree_they_are_stepped_through_together(show):
    one, other = runs.stormy(3), runs.stormy(28)
    shown = show(one, other, at="#e=4")
    assert shown.places(".pane:nth-child(2) .chosen") == [4]
    shown.press("d", "j", "j")
    assert shown.places(".pane:nth-child(2) .chosen") == [runs.apart(one, other)]


def test_the_panel_follows_the_run_that_is_used(show):
    shown = show(runs.stormy(3), runs.stormy(28))
    vote = next(sight for sight in Scene(runs.stormy(28)).sights if sight.shape == "vote")
    shown.click(f'.pane:nth-child(2) .mark[data-place="{vote.place}"]')
    assert shown.selected == vote.id
    assert "run 2" in shown.texts("#panel h2")[0]


@pytest.mark.parametrize("longer", [1, 2])
def test_a_run_that_is_the_beginning_of_the_other_is_told_to_be(show, longer):
    beginning, whole = runs.cut_off(), runs.simple()
    pair = (whole, beginning) if longer == 1 else (beginning, whole)
    shown = show(*pair)
    told = shown.texts(".difference")[0]
    assert f"Run {3 - longer} is the beginning of run {longer}" in told
    assert f"after {beginning.events} events" in told
    assert f"for {whole.events - beginning.events} more" in told
    assert shown.places(f".pane:nth-child({longer}) .chosen") == [beginning.events]
    assert shown.places(f".pane:nth-child({3 - longer}) .chosen") == [beginning.events - 1]
    assert f"run {longer}" in shown.texts("#panel h2")[0]


def test_a_run_is_the_same_as_itself_and_stepped_through_twice(show):
    run = runs.stormy(3)
    shown = show(run, run)
    assert shown.texts(".difference") == [f"The two runs are the same: {run.events} events."]
    before = shown.selected
    shown.press("d", "j")
    assert shown.selected not in (None, before)
    assert shown.places(".pane:nth-child(1) .chosen") == shown.places(".pane:nth-child(2) .chosen")
