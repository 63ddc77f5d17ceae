"""The page on pytest: its test suite runs, and ends as the page says."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, block, page

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = page("pytest.md")
PROTOCOLS = page("protocols.md")


@pytest.fixture
def told(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.RunResult:
    """What pytest says of the suite of the page."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.syspath_prepend(pytester.path)
    pytester.mkdir("scenarios").joinpath("first_dies.toml").write_text(
        block(PROTOCOLS, "toml"), encoding="utf-8"
    )
    pytester.makepyfile(
        primary=block(PROTOCOLS, "python", "class Primary"), test_primary=block(PAGE, "python")
    )
    return pytester.runpytest_inprocess("-p", "_simulation_pytest")


def test_the_first_test_passes_and_the_second_fails(told: pytest.RunResult) -> None:
    assert told.parseoutcomes() == {"passed": 25, "failed": 25}


def test_a_failure_is_told_as_the_page_shows(told: pytest.RunResult) -> None:
    shown = [re.escape(line).replace(r"\.\.\.", ".*") for line in block(PAGE, "text").splitlines()]
    lines = iter(told.outlines)
    assert [line for line in shown if not any(re.fullmatch(line, found) for found in lines)] == []


def test_the_test_of_the_readme_passes(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(f"import pytest\n\n{block(README, 'python', 'mark.scenario')}")
    pytester.runpytest_inprocess("-p", "_simulation_pytest").assert_outcomes(passed=25)
