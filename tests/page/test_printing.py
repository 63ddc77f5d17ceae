"""In a real browser: the page on paper."""

import pytest

from simulation.scene import Scene
from simulation.scene.look import INKS
from tests.page import runs

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def on_paper(browser):
    """Let the browser take its window for dark paper, for as long as a test takes."""
    dark = {"name": "prefers-color-scheme", "value": "dark"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": [dark]})
    yield
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def drawn(shown):
    return set(shown.places("#panes [data-place]"))


def test_the_whole_run_is_printed_and_every_reason(show):
    run = runs.deadly()
    unfolded = {sight.place for sight in Scene(run).sights if not sight.fold}
    shown = show(run)
    before = drawn(shown)
    assert before < unfolded
    shown.ask("dispatchEvent(new Event('beforeprint'))")
    assert drawn(shown) == unfolded
    shown.ask("dispatchEvent(new Event('afterprint'))")
    assert drawn(shown) == before


def test_every_reason_is_printed(show):
    shown = show(runs.violated())
    shown.ask("dispatchEvent(new Event('beforeprint'))")
    assert shown.each("#top details", "open") == [True]
    shown.ask("dispatchEvent(new Event('afterprint'))")
    assert shown.each("#top details", "open") == [False]


@pytest.mark.usefixtures("on_paper")
def test_paper_is_light_and_has_no_switches(show):
    shown = show(runs.simple())
    assert shown.ask("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.ask("return getComputedStyle(document.getElementById('tools')).display") == "none"


@pytest.mark.usefixtures("on_paper")
def test_a_diagram_is_light_on_paper(show):
    shown = show(html=f"<!DOCTYPE html>{runs.simple().diagram()}")
    ink = shown.ask("return getComputedStyle(document.querySelector('svg')).getPropertyValue('--ink')")
    assert ink == INKS["ink"][0]
