"""Modules, functions and docstrings keep the shape that the project wants of them."""

from __future__ import annotations

import pytest

from tests.tidy.sources import Module, functions, modules, undocumented

MOST_LINES_OF_A_MODULE = 300

MOST_LINES_OF_A_FUNCTION = 40

ANY = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@ANY
def test_a_module_holds_one_concept(module: Module) -> None:
    assert len(module.text.splitlines()) <= MOST_LINES_OF_A_MODULE


@ANY
def test_a_function_fits_on_a_screen(module: Module) -> None:
    assert [name for name, lines in functions(module) if lines > MOST_LINES_OF_A_FUNCTION] == []


@ANY
def test_everything_public_has_a_docstring(module: Module) -> None:
    assert list(undocumented(module)) == []


@pytest.mark.parametrize("folder", ["tests", "benchmarks"])
def test_functions_of_other_folders_fit_on_a_screen_too(folder: str) -> None:
    found = [pair for module in modules(folder) for pair in functions(module)]
    assert [name for name, lines in found if lines > MOST_LINES_OF_A_FUNCTION] == []
