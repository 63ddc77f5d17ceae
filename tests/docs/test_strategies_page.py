"""The page on strategies shows what happens."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from simulation.cli import main
from tests.docs.pages import block, page

PAGE = page("strategies.md")


@pytest.mark.parametrize(("record", "end"), [("failing.jsonl", "INEVITABLE"), ("stuck.jsonl", "and so on")])
def test_the_story_shown_is_the_one_that_is_told(
    record: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run, shrink, replay = block(PAGE, "sh", f"simulation shrink {record}").splitlines()
    command, _, target = run.partition(">")
    assert main(shlex.split(command)[1:]) == 1
    Path(target.strip()).write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(shlex.split(shrink)[1:]) == 1
    assert capsys.readouterr().out.splitlines() == block(PAGE, "text", end).splitlines()
    assert main(shlex.split(replay)[1:]) == 1
    assert "the same digest" in capsys.readouterr().err
