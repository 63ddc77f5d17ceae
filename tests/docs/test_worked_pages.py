"""Pages that can be followed from top to bottom: every step comes out as it is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import page
from tests.docs.worked import Worked, shows

FOLLOWED = ("start.md", "scenarios.md", "checks.md", "trace.md", "determinism.md")


@pytest.fixture
def worked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Worked]:
    """An empty folder, whose modules Python finds and forgets afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Worked(capsys)
    sys.modules.pop("mine", None)


@pytest.mark.parametrize("name", FOLLOWED)
def test_what_a_page_shows_comes_out(worked: Worked, name: str) -> None:
    assert list(worked.differences(page(name))) == []


def test_dots_stand_for_lines_and_for_parts_of_lines() -> None:
    came = ["one", "two of three", "four"]
    assert shows(["one", "..."], came)
    assert shows(["...", "two ...", "four"], came)
    assert not shows(["one", "four"], came)
    assert not shows(["...", "two", "..."], came)
