"""The notebooks are what their text says, run from top to bottom, and show what is stored."""

from __future__ import annotations

import configparser
import re
import sys

import pytest

from tests.docs import notebooks
from tests.docs.notebooks import FOLDER, NAMES, PROJECT
from tests.fidelity.conftest import seed_log

OF_THE_LOG = "5_the_seed_log"
"""The notebook that needs the seed log, which is no part of the project."""

# One process does all that has to do with one notebook, so it is run once.
EACH = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"notebook {name}")) for name in NAMES]
)


@EACH
def test_a_notebook_runs_and_shows_what_is_stored(name: str, request: pytest.FixtureRequest) -> None:
    seed = seed_log()
    if name == OF_THE_LOG and (seed is None or not seed.is_file()):
        pytest.skip("no seed log: name the file in SIMULATION_SEED_LOG, or put it into ../shared/seed")
    now = notebooks.executed(name, {} if seed is None else {"SIMULATION_SEED_LOG": str(seed.resolve())})
    if request.config.getoption("--rewrite-notebooks"):
        notebooks.store(name, now)
    assert notebooks.shown(now) == notebooks.shown(notebooks.stored(name))


@EACH
def test_a_notebook_has_the_cells_of_its_text(name: str) -> None:
    assert notebooks.cells(notebooks.stored(name)) == notebooks.cells(notebooks.text_of(name))


@EACH
def test_a_notebook_says_first_what_one_will_know(name: str) -> None:
    kind, source, _ = notebooks.cells(notebooks.text_of(name))[0]
    assert (kind, "you will know" in source) == ("markdown", True)


def test_every_notebook_has_a_text() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES != []


@EACH
def test_a_notebook_imports_nothing_but_the_package_and_its_extra(name: str) -> None:
    allowed = {"simulation", *sys.stdlib_module_names, *installed_with("notebook"), *written_in(name)}
    assert sorted(set(imported_by(name)) - allowed) == []


def installed_with(extra: str) -> set[str]:
    """What ``pip install 'simulation[extra]'`` asks for; here distributions and modules share their names."""
    setup = configparser.ConfigParser()
    setup.read(PROJECT / "setup.cfg", encoding="utf-8")
    asked = setup["options"]["install_requires"] + setup["options.extras_require"][extra]
    return set(re.findall(r"^([A-Za-z0-9_]+)", asked, re.M))


def imported_by(name: str) -> list[str]:
    """The first names of what its cells import, or the modules that they write."""
    sources = [cell.source for cell in notebooks.text_of(name).cells if cell.cell_type == "code"]
    return re.findall(r"^(?:import|from) (\w+)", "\n".join(sources), re.M)


def written_in(name: str) -> set[str]:
    """The modules that a notebook writes itself."""
    sources = [cell.source for cell in notebooks.text_of(name).cells]
    return set(re.findall(r"^%%writefile (\w+)\.py$", "\n".join(sources), re.M))
