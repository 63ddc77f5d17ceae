"""A real browser, and whatever leaves it or goes wrong in it."""

import json
import os
import shutil

import pytest

from simulation.page import Page

CHROMIUM, DRIVER = "chromium", "chromedriver"

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--window-size=1400,1000",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium without a window; skips where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium: pip install -e '.[test]'")
    chromium, driver = shutil.which(CHROMIUM), shutil.which(DRIVER)
    if chromium is None or driver is None:
        pytest.skip(f"needs {CHROMIUM} and {DRIVER}: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for option in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(driver, log_output=os.devnull)
    opened = webdriver.Chrome(options=options, service=service)
    yield opened
    opened.quit()


@pytest.fixture
def show(browser, tmp_path):
    """Open a page, from a file as everybody does. Afterwards nothing has left it and nothing was wrong."""
    shown = []
    browser.get_log("browser")

    def open_page(*runs, at="", html=None):
        file = tmp_path / f"page{len(shown)}.html"
        file.write_text(html or Page(*runs).html(), encoding="utf-8")
        shown.append(file.as_uri())
        browser.get(file.as_uri() + at)
        return Shown(browser)

    yield open_page
    assert browser.get_log("browser") == []
    asked_for = list(requests(browser, shown))
    assert asked_for
    assert [url for url in asked_for if url not in shown] == []


def requests(browser, documents):
    """The addresses of all that these documents, or those within them, asked for."""
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            document = message["params"]["documentURL"].split("#")[0]
            if document in documents or document == "about:srcdoc":
                yield message["params"]["request"]["url"]


class Shown:
    """What a reader sees of the page, and can do."""

    def __init__(self, browser):
        self.browser = browser

    def press(self, *keys):
        """Press keys, one after the other."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def click(self, selector):
        """Click the first thing that a CSS selector finds, as a script would."""
        self.ask("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", self.find(selector))

    def find(self, selector):
        """The first thing that a CSS selector finds."""
        return self.browser.find_element("css selector", selector)

    def each(self, selector, what):
        """A property of all that a CSS selector finds."""
        found = f"[...document.querySelectorAll(arguments[0])].map((each) => each.{what})"
        return self.ask(f"return {found}", selector)

    def texts(self, selector):
        """The texts of all that a CSS selector finds."""
        return self.each(selector, "textContent")

    def ask(self, script, *arguments):
        """What a script returns in the page."""
        return self.browser.execute_script(script, *arguments)

    def places(self, selector):
        """The places of the events that a CSS selector finds in the diagram."""
        return sorted(map(int, self.each(selector, "dataset.place")))

    def tree(self, *roles):
        """What a screen reader finds: the names of all that has one of these roles."""
        self.browser.execute_cdp_cmd("Accessibility.enable", {})
        nodes = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        told = [node for node in nodes if not node["ignored"]]
        return [node["name"]["value"] for node in told if node["role"]["value"] in roles]

    @property
    def selected(self):
        """The number of the selected event, as the panel has it; None where there is none."""
        heads = self.texts("#panel h2")
        return int(heads[0].split()[1]) if heads else None

    @property
    def announced(self):
        """What a screen reader is told."""
        return self.find("#live").get_attribute("textContent")
