"""A bug of the harness does not go unnoticed: the test that is there to find it fails, and not just any."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.harness_bugs.watches import WATCHES, Watch
from tests.mutants.harness import BUGS

PROJECT = Path(__file__).parents[2]

LIGHT = [
    "-o",
    "addopts=",
    "--noconftest",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:hypothesispytest",
]
"""Nothing that takes long to begin, and nothing that is left behind."""

TESTS_FAILED = 1
"""How pytest ends when tests ran and some failed. Where it cannot even begin, it ends otherwise."""


def run(folder: Path, watches: Iterable[Watch], *options: str) -> tuple[int, dict[str, str]]:
    """How pytest ends when it runs the tests of these watches, and what becomes of each."""
    report = folder / "report.xml"
    tests = dict.fromkeys(f"{watch.file}::{test}" for watch in watches for test in (watch.by, watch.beside))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *LIGHT, f"--junitxml={report}", *options, *tests],
        cwd=PROJECT,
        env={name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
    )
    assert report.exists(), done.stdout + done.stderr
    cases = ElementTree.parse(report).iter("testcase")
    return done.returncode, {case.attrib["name"]: fate(case) for case in cases}


def fate(case: ElementTree.Element) -> str:
    """What became of a test: passed, refuted by what it asserts, or else how it ended."""
    for part in case.findall("failure") + case.findall("error") + case.findall("skipped"):
        message = part.attrib["message"]
        asserted = part.tag == "failure" and message.startswith(("assert ", "AssertionError"))
        return "refuted" if asserted else f"{part.tag}: {message}"
    return "passed"


def test_somebody_watches_for_every_bug() -> None:
    assert WATCHES.keys() == BUGS.keys()


def test_where_there_is_no_bug_nobody_finds_one(tmp_path: Path) -> None:
    code, fates = run(tmp_path, WATCHES.values())
    assert (code, set(fates.values())) == (0, {"passed"})


@pytest.mark.parametrize("bug", WATCHES)
def test_a_bug_of_the_harness_is_found_by_the_test_that_watches_for_it(bug: str, tmp_path: Path) -> None:
    watch = WATCHES[bug]
    found = run(tmp_path, [watch], "-p", "tests.mutants.harness", "--harness-bug", bug)
    assert found == (TESTS_FAILED, {watch.by: "refuted", watch.beside: "passed"})
