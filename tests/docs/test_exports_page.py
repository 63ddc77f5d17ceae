"""The page on exports: its Python runs, and shows what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.exports import EXPORTS
from tests.docs.pages import block, blocks, page

PAGE = page("exports.md")


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What all of its Python prints, run in one go in an empty folder."""
    monkeypatch.chdir(tmp_path)
    exec("\n".join(each.text for each in blocks(PAGE) if each.language == "python"), {})
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("word", ["median", "may have had a part"])
def test_what_is_shown_is_what_is_printed(word: str, printed: list[str]) -> None:
    shown = block(PAGE, "text", word).splitlines()
    first = printed.index(shown[0])
    assert printed[first : first + len(shown)] == shown


@pytest.mark.usefixtures("printed")
def test_the_log_shown_is_the_one_that_is_written() -> None:
    lines = iter(Path("run.shiviz").read_text(encoding="utf-8").splitlines())
    shown = block(PAGE, "text", "clock").splitlines()
    assert [line for line in shown if line != "..." and line not in lines] == []


@pytest.mark.parametrize("ending", EXPORTS)
def test_every_export_has_a_row(ending: str) -> None:
    assert f"\n| `{ending}` | " in PAGE
