"""The page's program keeps the shape that the project wants of its modules."""

import re
from importlib import resources
from pathlib import Path

import pytest

from simulation.page.page import PROGRAM

FOLDER = resources.files("simulation.page")

DOCS = Path(__file__).parents[2] / "docs" / "page.md"

FILES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".js"))


def test_every_file_of_the_program_is_put_into_the_page():
    assert sorted(f"{name}.js" for name in PROGRAM) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_first_what_it_is_for_and_fits_in_300_lines(name):
    lines = FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 300


def test_the_docs_name_every_key_that_does_something():
    table = FOLDER.joinpath("keys.js").read_text(encoding="utf-8").split("const KEYS")[1].split("];")[0]
    keys = [key for names in re.findall(r"\[\[(.*?)\], \"", table) for key in re.findall(r'"(.*?)"', names)]
    assert len(keys) > 15
    documented = re.findall(r"`(.*?)`", DOCS.read_text(encoding="utf-8"))
    assert [key for key in keys if key not in documented] == []
