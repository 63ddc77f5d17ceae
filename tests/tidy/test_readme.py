"""The README's Start: exactly two commands, and the gate runs the second."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import simulation
from tests.tidy.sources import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]

SMALL_README = """\
# A project

## Start

Two commands:

```sh
exit 9
echo second ran >&2 && exit 7
```

```sh
exit 8
```
"""


def start() -> list[str]:
    """The lines of the first fenced block of the section Start."""
    section = re.search(r"^## Start$(.*?)^## ", PAGES[0].read_text(encoding="utf-8"), re.M | re.S)
    assert section is not None
    block = re.search(r"^```\w*\n(.*?)^```", section.group(1), re.M | re.S)
    assert block is not None
    return block.group(1).splitlines()


def test_start_has_exactly_two_commands() -> None:
    first, second = start()
    assert "simulation run " in first
    assert "pytest" in second


@pytest.mark.parametrize("number", [0, 1])
def test_each_command_is_complete_on_a_fresh_machine(number: int) -> None:
    assert "venv" in start()[number]
    assert "pip install" in start()[number]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the gate is a script for bash")
def test_the_gate_runs_the_second_command(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    (tmp_path / ".ci" / "browser").write_text("", encoding="utf-8")
    (tmp_path / "README.md").write_text(SMALL_README, encoding="utf-8")
    done = subprocess.run(["bash", tmp_path / ".ci" / "run"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (7, "second ran\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_calls_is_there(page: Path) -> None:
    called = re.findall(r"\bsimulation\.(\w+)\(", page.read_text(encoding="utf-8"))
    assert [name for name in called if name not in simulation.__all__] == []


def test_the_readme_names_what_python_users_begin_with() -> None:
    readme = PAGES[0].read_text(encoding="utf-8")
    assert [name for name in ("load", "run") if f"simulation.{name}(" not in readme] == []
