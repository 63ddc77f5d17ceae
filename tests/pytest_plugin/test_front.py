"""What everybody pays who has the package installed, and how pytest finds the plugin."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from tests.cli.shell import PROJECT
from tests.pytest_plugin.conftest import Suite

PROGRAM = (
    "import sys, _simulation_pytest as it; print(*[name for name in sys.modules if name.split('.')[0] in {}])"
)


def test_loading_the_plugin_imports_nothing_of_the_package() -> None:
    program = PROGRAM.format(("simulation", "numpy", "simpy", "msgspec"))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_session_without_marked_tests_imports_nothing_of_the_package(
    suite: Suite, project: pytest.Pytester
) -> None:
    suite("import sys\n\ndef test_it():\n    assert 'simulation' not in sys.modules\n")
    assert project.runpytest_subprocess().ret == 0


def test_pytest_finds_the_plugin_where_the_package_is_installed() -> None:
    assert [found.value for found in entry_points(group="pytest11", name="simulation")] == [
        "_simulation_pytest"
    ]


def test_the_installed_plugin_works_without_being_asked_for(
    suite: Suite, project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite('@pytest.mark.scenario("duel", seeds=2)\ndef test_it(run):\n    pass\n')
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    project.makeini("[pytest]\naddopts = --strict-markers")
    assert project.runpytest_subprocess().ret == 0


def test_pytest_knows_the_marker_and_the_option(project: pytest.Pytester) -> None:
    project.runpytest_inprocess("--markers").stdout.fnmatch_lines(
        ["@pytest.mark.scenario(which, [*], seeds, *"]
    )
    project.runpytest_inprocess("--help").stdout.fnmatch_lines(["*--simulation-seeds=N|A:B*"])


def test_tests_that_are_not_marked_are_left_alone(suite: Suite) -> None:
    done = suite("@pytest.fixture\ndef run():\n    return 7\n\ndef test_it(run):\n    assert run == 7\n")
    assert done.parseoutcomes() == {"passed": 1}
