"""A scenario file on its way in: its data, where everything stands, and what is wrong with it.

All problems are collected, so that a user sees every mistake of a file at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from simulation.errors import ScenarioError, nearest
from simulation.scenario.keys import Key
from simulation.scenario.locate import Path, line_of, lines_of_keys
from simulation.scenario.settings import flattened, value_of
from simulation.scenario.values import MistakeError

_SYNTAX = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


class Document:
    """One file's data with its overrides applied. Raises ``ScenarioError`` where it is no TOML."""

    def __init__(self, text: str, *, source: str, overrides: Mapping[str, Any]) -> None:
        self.source = source
        self.overrides = flattened(overrides)
        self.data = _loaded(text, source)
        self._lines = lines_of_keys(text)
        self._problems: dict[tuple[int, str], None] = {}
        for key, value in self.overrides.items():
            self._override(key, value_of(value))
            inner = next((other for other in self.overrides if other.startswith(f"{key}.")), None)
            if inner is not None:
                # Which of the two counts would depend on their order.
                self.wrong((key,), f"is set as a whole, and {inner!r} in it too. Set one of them.")

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything found so far: overrides first, then by line."""
        return tuple(message for _, message in sorted(self._problems, key=lambda problem: problem[0]))

    def wrong(self, path: Path, message: str) -> None:
        """Note that what stands at ``path`` is wrong."""
        dotted = ".".join(path)
        override = next(self._overrides_of(path), None)
        if override is None:
            line = line_of(path, self._lines)
            self._problems[(line, f"{self.source}:{line}: {dotted}: {message}")] = None
        else:
            inside = dotted.removeprefix(override).lstrip(".")
            self._problems[(0, f"--set {override}: {inside and inside + ': '}{message}")] = None

    def refuse(self) -> None:
        """Raise ``ScenarioError`` if anything is wrong."""
        if self._problems:
            raise ScenarioError(self.problems, source=self.source)

    @contextmanager
    def noting(self, path: Path) -> Iterator[None]:
        """Note whatever is ``MistakeError`` inside the block as a problem at ``path``, and go on after it."""
        try:
            yield
        except MistakeError as mistake:
            self.wrong(path, str(mistake))

    def table(self, name: str) -> dict[str, Any]:
        """The table ``[name]``, empty where the file has none."""
        found = self.data.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong((name,), f"is not a table. Write [{name}] on a line of its own and its keys below.")
        return {}

    def read(
        self, table: Mapping[str, Any], path: Path, keys: Iterable[Key], *, beside: Sequence[str] = ()
    ) -> dict[str, Any]:
        """What ``table``, which stands at ``path``, says by key. A key with a problem is left out.

        ``beside`` are names that may stand there too and are read elsewhere.
        """
        found: dict[str, Any] = {}
        known = {key.name: key for key in keys}
        allowed = (*known, *beside)
        unknown = [name for name in table if name not in allowed]
        meant = "".join(nearest(name, allowed) for name in unknown)
        for name in unknown:
            self._unknown((*path, name), allowed)
        for name, key in known.items():
            if name not in table and key.required:
                if f"'{name}'" not in meant:
                    self.wrong((*path, name), f"is missing. Write it as in {name} = {key.example}.")
            elif name in table or key.default is not None:
                with self.noting((*path, name)):
                    found[name] = key.read(table.get(name, key.default))
        return found

    def _unknown(self, path: Path, known: Sequence[str]) -> None:
        self.wrong(path, f"no such key. Known: {', '.join(known)}.{nearest(path[-1], known)}")

    def _overrides_of(self, path: Path) -> Iterator[str]:
        """The override that put ``path`` there: of it, of what is around it, or of what is in it."""
        around = (".".join(path[:length]) for length in range(len(path), 0, -1))
        yield from (key for key in around if key in self.overrides)
        if path not in self._lines:
            yield from (key for key in self.overrides if key.startswith(".".join(path) + "."))

    def _override(self, key: str, value: Any) -> None:
        *tables, last = key.split(".")
        inside: Any = self.data
        for place, word in enumerate(tables):
            inside = _step_in(inside, word, create=place == 0)
        if isinstance(inside, dict):
            inside[last] = value
        else:
            self.wrong((key,), f"there is no {'.'.join(tables)!r} to put it in.")


def _step_in(inside: Any, word: str, *, create: bool) -> Any:
    if isinstance(inside, list):
        return inside[int(word) - 1] if word in map(str, range(1, len(inside) + 1)) else None
    if isinstance(inside, dict):
        return inside.setdefault(word, {}) if create else inside.get(word)
    return None


def _loaded(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError([_syntax(str(error), text, source)], source=source) from None


def _syntax(message: str, text: str, source: str) -> str:
    match = _SYNTAX.fullmatch(message)
    if not match:
        return f"{source}:1: not TOML: {message}."
    what, line, column = match.groups()
    if line is None:
        return f"{source}:{len(text.splitlines()) or 1}: not TOML: {what} at the end of the file."
    return f"{source}:{line}: not TOML, column {column}: {what}."
