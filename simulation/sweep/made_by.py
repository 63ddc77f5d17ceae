"""What made a result: versions, and a hash of the code that a run is carried out by.

Two results may stand in one folder, and two machines may work on one sweep, only where this is
the same. The version alone would not tell a checkout that was edited in between.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from simulation.protocols import find_protocol
from simulation.trace import FORMAT

PACKAGES = ("simulation", "simpy", "numpy", "msgspec")

_ROOT = Path(__file__).parents[1]

APART = ("cli", "report", "sweep", "power", "audit", "pytest_plugin")
"""Rooms that no run passes through; the form of a row has a number of its own (``row.FORM``)."""


@lru_cache(maxsize=1)
def versions() -> str:
    """Interpreter and packages, in one line."""
    parts = [f"{platform.python_implementation()} {platform.python_version()}", f"trace {FORMAT}"]
    return ", ".join([*(f"{name} {_version(name)}" for name in PACKAGES), *parts])


def code(protocol: str) -> str:
    """A hash of the package's code and that of the protocol of this name, 16 hexadecimal digits.

    Of a user's own protocol the modules count in which its machines and their bases are defined.
    Raises ``InputError`` for a protocol that cannot be imported here.
    """
    hashed = blake2b(_own_code(), digest_size=8)
    for _, file in sorted(_files_of(protocol)):
        hashed.update(_bytes(file))
    return hashed.hexdigest()


@lru_cache(maxsize=1)
def _own_code() -> bytes:
    hashed = blake2b(digest_size=16)
    for file in sorted(_ROOT.rglob("*.py")):
        inside = file.relative_to(_ROOT)
        if inside.parts[0] not in APART:
            hashed.update(inside.as_posix().encode() + b"\0" + _bytes(file))
    return hashed.digest()


def _files_of(protocol: str) -> Iterable[tuple[str, Path]]:
    found = find_protocol(protocol)
    modules = {kind.__module__ for part in found.components for kind in part.__mro__}
    if ":" in protocol:
        modules.add(protocol.partition(":")[0])
    for name in modules:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and not name.startswith("simulation.") and name != "builtins":
            yield name, Path(file)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        # A package inside an archive has no files of its own; its version has to do.
        return b""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
