"""What a protocol that is handed over as an object is called, and from where it can be imported."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, Final

from simulation.errors import InputError
from simulation.protocols import Machine, Protocol
from simulation.protocols.registry import protocols

_LOOK: Final = """\
import importlib.util, json, sys
sys.path.append("")
spec = importlib.util.find_spec(sys.argv[1])
print(json.dumps(spec and ([spec.origin] if spec.origin else list(spec.submodule_search_locations or []))))
"""
"""Looks for a module where ``simulation run`` does: in the current folder last."""


def name_of(protocol: Any, user: str) -> Any:
    """The name under which a scenario finds this protocol, which the module ``user`` hands over.

    Names are given back as they are. Raises ``InputError`` for an object that nobody can import.
    """
    if isinstance(protocol, Protocol):
        if protocols().get(protocol.name) is protocol:
            return protocol.name
        names = _names(protocol, _modules(protocol, user))
    elif isinstance(protocol, type) and issubclass(protocol, Machine):
        names = _names(protocol, [protocol.__module__])
    else:
        return protocol
    found = next(names, None)
    if found is None:
        raise InputError(
            f"protocol: {protocol!r} cannot be imported by its name. Define it at the top of a module, where"
            " 'package.module:Class' finds it again."
        )
    return found


def python_path(protocol: str, here: Path) -> str:
    """``PYTHONPATH=FOLDER `` where a command typed ``here`` needs it to import the protocol, or nothing.

    It does where pytest alone finds the protocol's module: by a setting, a conftest or the test itself.
    """
    name = protocol.partition(":")[0]
    file = getattr(sys.modules.get(name), "__file__", None)
    top = sys.modules.get(name.partition(".")[0])
    others = os.environ.get("PYTHONPATH", "")
    if file is None or top is None or _found_afresh(top.__name__, here, others) == _place(top.__spec__):
        return ""
    path = Path(file).resolve()
    root = path.parents[name.count(".") + (path.stem == "__init__")]
    shown = str(root.relative_to(here)) if root.is_relative_to(here) else str(root)
    return f"PYTHONPATH={shlex.quote(os.pathsep.join(filter(None, (shown, others))))} "


@lru_cache(maxsize=64)
def _found_afresh(module: str, here: Path, _path: str) -> list[str] | None:
    """From where a new interpreter, whose PYTHONPATH is ``_path``, imports a module without dots, if at all.

    What pytest and its workers have added to ``sys.path`` cannot be told from it afterwards.
    """
    asked = [sys.executable, "-P", "-c", _LOOK, module]
    try:
        said = subprocess.run(asked, cwd=here, capture_output=True, text=True, check=True).stdout
        found = json.loads(said.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
    return None if found is None else _resolved(found)


def _place(spec: ModuleSpec | None) -> list[str] | None:
    if spec is None:
        return None
    return _resolved([spec.origin] if spec.origin else spec.submodule_search_locations or [])


def _resolved(files: Iterable[str]) -> list[str]:
    # A package without __init__ is found once by every entry of sys.path that leads there.
    return sorted({str(Path(file).resolve()) for file in files})


def _names(protocol: object, modules: Sequence[str]) -> Iterator[str]:
    """``module:name`` for every name that the protocol has at the top of these modules."""
    for module in modules:
        if module != "__main__" and module in sys.modules:
            for name, value in list(vars(sys.modules[module]).items()):
                if value is protocol:
                    yield f"{module}:{name}"


def _modules(protocol: Protocol, user: str) -> list[str]:
    """Where to look for it: first where its machines are at home, last where it is used."""
    homes = [machine.__module__ for machine in protocol.components]
    others = [name for name in list(sys.modules) if name not in homes and name != user]
    return [*homes, *others, user]
