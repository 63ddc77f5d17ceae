"""The longer commands and programs of the pages work, on fewer runs than are shown."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulation
from simulation.cli import main
from simulation.replay import record_lines
from tests.docs.pages import ROOT, block, blocks, commands

FEWER = {
    "sweep": ["--jobs", "1"],
    "power": ["--jobs", "1", "--repetitions", "1", "--cap", "20", "--control-runs", "2"],
}
"""What is added to a command, in the place of what it says itself."""

VOTES_FOR_ANYTHING = simulation.load(
    "duel", strategy="portfolio", protocol="simulation.planted:VOTES_FOR_ANYTHING"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder, with what the pages take for granted: a log, a failing run, a protocol."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "some.log").write_text(simulation.run("simple").log() + "\n", encoding="utf-8")
    failing = "\n".join(record_lines(simulation.run(VOTES_FOR_ANYTHING, 28)))
    (tmp_path / "failing.jsonl").write_text(failing + "\n", encoding="utf-8")
    (tmp_path / "mypackage").mkdir()
    mine = "from simulation.protocols.textbook import TEXTBOOK as MyPaxos\n"
    (tmp_path / "mypackage" / "paxos.py").write_text(mine, encoding="utf-8")
    (tmp_path / "path" / "to").mkdir(parents=True)
    scenario = block((ROOT / "README.md").read_text(encoding="utf-8"), "toml")
    (tmp_path / "path" / "to" / "it.toml").write_text(scenario, encoding="utf-8")
    yield tmp_path
    for name in ("mypackage.paxos", "mypackage"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["README.md", "docs/sweeps.md", "docs/power.md", "docs/strategies.md"])
def test_what_a_page_types_works(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for each in blocks((ROOT / name).read_text(encoding="utf-8")):
        if each.language == "python" and "import pytest" not in each.text and "@pytest" not in each.text:
            exec(each.text, names)
        for line in each.text.splitlines() if each.language == "sh" else ():
            for command in commands(f"```sh\n{line}\n```"):
                _works(command, line, capsys)


def _works(command: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    if "--cluster" in command or "exhaustive" in command:
        # Each has tests of its own: one needs a cluster, the other minutes.
        return
    words = shlex.split(command)[1:]
    if "--seeds" in words:
        at = words.index("--seeds") + 1
        first = int(words[at].partition(":")[0])
        words[at] = f"{first}:{first + 3}"
    capsys.readouterr()
    assert main([*words, *FEWER.get(words[0], [])]) in (0, 1), line
    target = line.partition("#")[0].partition(" > ")[2].strip()
    if target:
        Path(target).write_text(capsys.readouterr().out, encoding="utf-8")
