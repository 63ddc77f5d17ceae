"""Pages promise what there is: links lead somewhere, commands are understood, nothing is left empty."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from simulation import __version__
from simulation.checks import CHECKS, name_of
from simulation.cli.arguments import CommandLine
from simulation.replay import record_lines
from simulation.report.frame import COLUMNS
from simulation.run import run
from simulation.trace import codec
from tests.docs.pages import DOCS, PAGES, ROOT, commands, page
from tests.docs.tables import MARKED

EVERY = pytest.mark.parametrize("path", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda path: str(path.stem))


@EVERY
def test_a_page_has_no_empty_place(path: Path) -> None:
    assert "<!--" not in MARKED.sub("", path.read_text(encoding="utf-8"))


@EVERY
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", path.read_text(encoding="utf-8"))
    for file, place in links:
        target = path.parent / file if file else path
        assert target.exists(), file
        assert not place or place in places(target), f"{file}#{place}"


@EVERY
def test_every_command_that_is_shown_is_understood(path: Path) -> None:
    for command in commands(path.read_text(encoding="utf-8")):
        program, *words = shlex.split(command)
        assert (program, CommandLine(__version__).parse(words).command) == ("simulation", words[0])


def test_the_map_names_every_page() -> None:
    listed = re.findall(r"^\| \[(.*?)\]", page("README.md"), re.M)
    assert sorted(listed) == sorted(path.name for path in DOCS.glob("*.md") if path.name != "README.md")


def test_the_page_on_checks_has_a_section_for_each() -> None:
    assert re.findall(r"^### (.*)", page("checks.md"), re.M) == [name_of(check) for check in CHECKS]


def test_the_legend_names_every_field_of_an_event() -> None:
    done = run("simple")
    first = codec.event(done.trace.records[0], done.places)
    assert rows("field") == [*first]
    assert {*first} | {"detail"} == {*COLUMNS}


def test_the_legend_names_every_key_of_a_record() -> None:
    begin, *_, end = [json.loads(line) for line in record_lines(run("simple"))]
    assert {*rows("key of the first line")} == {*begin, "reenacts", "schedule"}
    assert {*rows("key of the last line")} == {*end}


def rows(head: str) -> list[str]:
    """The words in the first column of the table of the legend that begins with this word."""
    table = next(part for part in page("trace.md").split("\n\n") if part.startswith(f"| {head} |"))
    return [word for line in table.splitlines()[2:] for word in re.findall(r"`(\w+)`", line.split("|")[1])]


def places(path: Path) -> set[str]:
    """What the headings of a page are called in links."""
    headings = re.findall(r"^#+ (.*)", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
