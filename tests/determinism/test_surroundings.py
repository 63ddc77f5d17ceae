"""The same digests under any hash seed, in any Python that is here, on a lesser processor.

Interpreters are looked for on the PATH (``python3.12``) and in SIMULATION_PYTHONS, a list
of paths. One counts if it can import what the package needs.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from itertools import chain
from types import ModuleType

import numpy
import pytest

from tests.determinism.elsewhere import python, table
from tests.golden.table import Digests

LIBM = "import math; print(*(math.log(1 - (i + 0.5) / 40_000).hex() for i in range(40_000)))"
"""Prints what differs between two machines whose C libraries compute differently."""

LESSER_PROCESSOR = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX512F"}


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_digests_do_not_depend_on_the_hash_seed(seed: str, here: dict[str, Digests]) -> None:
    assert table(PYTHONHASHSEED=seed) == here


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_digests_do_not_depend_on_the_version_of_python(version: str, here: dict[str, Digests]) -> None:
    interpreter = interpreter_of(version)
    if interpreter is None:
        pytest.skip(f"no Python {version} here that can import simpy, numpy and msgspec")
    assert table(interpreter=interpreter) == here


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="not an x86-64 processor")
def test_digests_do_not_depend_on_the_instructions_of_the_processor(here: dict[str, Digests]) -> None:
    if python(["-c", LIBM]).stdout == python(["-c", LIBM], **LESSER_PROCESSOR).stdout:
        pytest.skip("this C library computes the same logarithms either way")
    assert table(**LESSER_PROCESSOR, NPY_DISABLE_CPU_FEATURES=" ".join(dispatched())) == here


def interpreter_of(version: str) -> str | None:
    """A Python of this version that can run the package, this one if it is of that version."""
    named = os.environ.get("SIMULATION_PYTHONS", "").split(os.pathsep)
    found = chain([sys.executable, shutil.which(f"python{version}")], named)
    return next((path for path in found if path and can_run_us(path, version)), None)


def can_run_us(interpreter: str, version: str) -> bool:
    program = "import sys, simpy, numpy, msgspec; print('%d.%d' % sys.version_info[:2])"
    return python(["-c", program], interpreter=interpreter).stdout.strip() == version


def dispatched() -> list[str]:
    """The instruction sets that NumPy chooses at run time here, and can be told not to."""
    core: ModuleType = numpy._core if hasattr(numpy, "_core") else numpy.core
    return list(core._multiarray_umath.__cpu_dispatch__)
