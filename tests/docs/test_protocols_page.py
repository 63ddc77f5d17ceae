"""The page on writing a protocol: its example runs, and fails as the page says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulation
from simulation.protocols import Protocol
from simulation.report.summary import reasons
from simulation.scenario import parse
from tests.docs.pages import block, page

PAGE = page("protocols.md")


@pytest.fixture
def primary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example as a module that Python finds, and forgets afterwards."""
    text = block(PAGE, "python", "class Primary") + block(PAGE, "python", "PRIMARY =")
    (tmp_path / "primary.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("primary", None)


@pytest.mark.usefixtures("primary")
@pytest.mark.parametrize("command", [line for line in block(PAGE, "sh").splitlines() if line.strip()])
def test_the_example_passes_where_the_page_says_so(command: str) -> None:
    name = command.split()[2]
    run = simulation.run(simulation.load(name, protocol="primary:Primary"), seed=0)
    assert run.verdict == "pass"


@pytest.mark.usefixtures("primary")
def test_the_example_fails_as_the_page_shows() -> None:
    run = simulation.run(parse(block(PAGE, "toml"), name="first_dies"), seed=0)
    told = block(PAGE, "text").strip()
    assert list(reasons(run)) == [told]


@pytest.mark.usefixtures("primary")
def test_the_protocol_with_a_name_passes_too() -> None:
    assert simulation.run(simulation.load("simple", protocol="primary:PRIMARY")).verdict == "pass"


def test_the_page_names_every_field_of_a_protocol() -> None:
    rows = [
        line.split("|")[1] for line in PAGE.partition("| field |")[2].splitlines() if line.startswith("| `")
    ]
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(Protocol.__struct_fields__)


@pytest.mark.usefixtures("primary")
def test_a_protocol_that_publishes_no_steps_is_judged_on_what_all_owe() -> None:
    run = simulation.run(simulation.load("simple", protocol="primary:Primary"), seed=0)
    judged = {finding.check for finding in run.findings}
    assert {"agreement", "validity", "termination"} < judged
    assert "quorum behind decision" not in judged
