"""Overrides: ``--set KEY=VALUE`` on the command line, keyword arguments in Python.

A key is dotted: ``participants``, ``network.delay``, ``expect.decision``,
``roles.killed``, ``fault.1.at``. A value is what the file would hold; a string is read
as it would be on the command line, where ``5`` is a number and ``5ms`` a string.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

_BARE = re.compile(r"[A-Za-z0-9_-]+")

TABLES = ("roles", "script", "let", "calm", "network", "expect", "sweep")


def value_of(given: Any) -> Any:
    """The value that an override stands for. A string that is no TOML value is itself: ``local``, ``5ms``."""
    if not isinstance(given, str) or "\n" in given:
        return given
    try:
        return tomllib.loads(f"value = {given}")["value"]
    except (ValueError, RecursionError):
        return given


def flattened(overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Overrides with dotted keys only: ``network={"delay": "1ms"}`` is ``network.delay``.

    Tuples become lists, as a file would have them.
    """
    flat: dict[str, Any] = {}
    for key, value in overrides.items():
        if key in TABLES and isinstance(value, dict):
            flat.update((f"{key}.{inner}", _plain(content)) for inner, content in value.items())
        else:
            flat[key] = _plain(value)
    return flat


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def pairs(overrides: Mapping[str, Any]) -> list[str]:
    """Overrides as they are typed, ``KEY=VALUE``. Their order stays: it may decide what is drawn first."""
    return [f"{key}={_written(value)}" for key, value in overrides.items()]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else _toml(value)


def _toml(value: Any) -> str:
    """A value inside others, on one line. JSON's texts, numbers and truths are TOML's too."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return msgspec.json.encode(value).decode()


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else msgspec.json.encode(key).decode()
