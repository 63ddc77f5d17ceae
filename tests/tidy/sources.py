"""The sources of the package, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]


class Module(NamedTuple):
    """A module: its dotted name, its text and its tree."""

    name: str
    text: str
    tree: ast.Module


def modules(folder: str = "simulation") -> list[Module]:
    """Every module below a folder of the project; to the package belongs what pytest loads of it."""
    beside = [PROJECT / "_simulation_pytest.py"] if folder == "simulation" else []
    return [_module(path) for path in [*beside, *sorted((PROJECT / folder).rglob("*.py"))]]


def imports(module: Module) -> Iterator[str]:
    """What a module imports, wherever in it: dotted names, as ``numpy.random.Philox``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


def undocumented(module: Module) -> Iterator[str]:
    """The module itself, its public classes, functions and methods, where they have no docstring."""
    if module.text and not ast.get_docstring(module.tree):
        yield module.name
    yield from _undocumented(module.tree, module.name)


def _undocumented(inside: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    for node in inside.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{name}.{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from _undocumented(node, f"{name}.{node.name}")


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
    return Module(name, text, ast.parse(text))
