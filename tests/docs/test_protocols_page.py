"""The page on writing a protocol: its example runs, and fails as the page says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulation
from simulation.report.summary import reasons
from simulation.scenario import parse

PAGE = (Path(__file__).parents[2] / "docs" / "protocols.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.fixture
def primary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example as a module that Python finds, and forgets afterwards."""
    (tmp_path / "primary.py").write_text(blocks("python")[0], encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("primary", None)


@pytest.mark.usefixtures("primary")
@pytest.mark.parametrize("command", [line for line in blocks("sh")[0].splitlines() if line.strip()])
def test_the_example_passes_where_the_page_says_so(command: str) -> None:
    name = command.split()[2]
    run = simulation.run(simulation.load(name, protocol="primary:Primary"), seed=0)
    assert run.verdict == "pass"


@pytest.mark.usefixtures("primary")
def test_the_example_fails_as_the_page_shows() -> None:
    run = simulation.run(parse(blocks("toml")[0], name="first_dies"), seed=0)
    told = blocks("text")[-1].strip()
    assert list(reasons(run)) == [told]


@pytest.mark.usefixtures("primary")
def test_a_protocol_that_publishes_no_steps_is_judged_on_what_all_owe() -> None:
    run = simulation.run(simulation.load("simple", protocol="primary:Primary"), seed=0)
    judged = {finding.check for finding in run.findings}
    assert {"agreement", "validity", "termination"} < judged
    assert "quorum behind decision" not in judged
