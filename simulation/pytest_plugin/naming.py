"""What a protocol that is handed over as an object is called, and from where it can be imported."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.protocols import Machine, Protocol
from simulation.protocols.registry import protocols


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


def python_path(protocol: str, before: Iterable[str], here: Path) -> str:
    """``PYTHONPATH=FOLDER `` where a command needs it to import the protocol, or nothing.

    It does where pytest added the folder of the protocol's module: it is neither ``here``
    nor one of those that the interpreter looked into ``before``.
    """
    root = _root(protocol.partition(":")[0])
    if root is None or root in _resolved([*before, str(here)]) or root not in _resolved(sys.path):
        return ""
    shown = str(root.relative_to(here)) if root.is_relative_to(here) else str(root)
    others = os.environ.get("PYTHONPATH", "")
    return f"PYTHONPATH={shlex.quote(os.pathsep.join(filter(None, (shown, others))))} "


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


def _root(module: str) -> Path | None:
    """The folder from which a module is imported."""
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return None
    path = Path(file).resolve()
    up = module.count(".") + (path.stem == "__init__")
    return path.parents[up]


def _resolved(folders: Iterable[str]) -> set[Path]:
    return {Path(folder).resolve() for folder in folders}
