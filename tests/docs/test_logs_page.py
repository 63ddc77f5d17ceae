"""What README and the page on logs show of ``simulation check`` is what it prints."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import simulation
from simulation.cli import main
from tests.docs.pages import ROOT, block, page
from tests.fidelity.conftest import seed_log

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = page("logs.md")


def lines_of(text: str, language: str, word: str) -> list[str]:
    """The lines of the first fenced block of a language that has this word in it."""
    return block(text, language, word).splitlines()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    main(arguments)
    captured = capsys.readouterr()
    return [*captured.out.splitlines(), *captured.err.splitlines()]


def test_the_readme_shows_what_is_printed_for_the_real_log(capsys: pytest.CaptureFixture[str]) -> None:
    log = seed_log()
    if log is None or not log.is_file():
        pytest.skip("no seed log: name the file in SIMULATION_SEED_LOG, or put it into ../shared/seed")
    lines = iter(said(capsys, "check", str(log)))
    shown = [line for line in lines_of(README, "", "re-enacted exactly") if line != "..."]
    assert [line for line in shown if line not in lines] == []


@pytest.mark.parametrize("text", [README, PAGE], ids=["README", "logs.md"])
def test_the_commands_shown_pass(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in lines_of(text, "sh", "simulation check run.log"):
        command, _, target = line.partition("#")[0].partition(">")
        assert main(shlex.split(command)[1:]) == 0, line
        out = capsys.readouterr().out
        if target:
            (tmp_path / target.strip()).write_text(out, encoding="utf-8")


def test_the_divergence_shown_is_the_one_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = simulation.run("simple", 3).log().replace("p1 3 2 false", "p1 3 3 false")
    (tmp_path / "it.log").write_text(log, encoding="utf-8")
    (shown,) = lines_of(PAGE, "text", "diverges")
    assert shown in said(capsys, "check", str(tmp_path / "it.log"))


def test_the_python_shown_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec("\n".join(lines_of(PAGE, "python", "Auditor")), {})
    assert capsys.readouterr().out.startswith("0 leader_crash_complex pass ")
