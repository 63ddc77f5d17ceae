"""Who may import and do what. The directions between rooms are import-linter's, in setup.cfg."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.tidy.sources import PROJECT, Module, imports, modules

CHANCE_AND_TIME = ("simpy", "numpy", "random", "secrets", "time", "datetime", "uuid")

OF_PROTOCOLS = {
    "__future__",
    "bisect",
    "collections",
    "enum",
    "functools",
    "importlib",
    "itertools",
    "msgspec",
    "operator",
    "typing",
}
"""What a protocol may need beside the package: nothing with a clock, chance or an outside."""

HEAVY = {
    "duckdb",
    "tqdm",
    "filelock",
    "distributed",
    "pandas",
    "matplotlib",
    "IPython",
    "pytest",
    "hypothesis",
    "jsonschema",
    "importlinter",
}
"""What nobody should wait for who imports the package."""


def room(module: Module) -> str:
    return ".".join(module.name.split(".")[:2])


WALL_CLOCK = "simulation.sweep.clock"
"""How long a sweep takes is nobody's result: the one other place that reads a clock."""

OUTSIDE_KERNEL = [
    module for module in modules() if room(module) != "simulation.kernel" and module.name != WALL_CLOCK
]

PROTOCOLS = [module for module in modules() if room(module) == "simulation.protocols"]


@pytest.mark.parametrize("module", OUTSIDE_KERNEL, ids=lambda module: module.name)
def test_only_the_kernel_knows_time_and_chance(module: Module) -> None:
    assert [name for name in imports(module) if name.split(".")[0] in CHANCE_AND_TIME] == []


@pytest.mark.parametrize("module", PROTOCOLS, ids=lambda module: module.name)
def test_a_protocol_imports_nothing_of_the_world(module: Module) -> None:
    own = ("simulation.protocols", "simulation.errors", "simulation.units")
    others = [name for name in imports(module) if not name.startswith(own)]
    assert [name for name in others if name.split(".")[0] not in OF_PROTOCOLS] == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_nobody_prints(module: Module) -> None:
    calls = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    assert [call for call in calls if isinstance(call, ast.Name) and call.id == "print"] == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_only_the_plugin_knows_pytest(module: Module) -> None:
    knows = "pytest" in {name.split(".")[0] for name in imports(module)}
    assert not knows or room(module) in ("simulation.pytest_plugin", "_simulation_pytest")


@pytest.mark.parametrize("name", ["simulation", "simulation.cli"])
def test_importing_the_package_imports_nothing_that_it_can_do_without(name: str) -> None:
    program = f"import sys, {name}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert HEAVY.intersection(done.stdout.split()) == set()
