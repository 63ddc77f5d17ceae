"""Where scenarios are: files, and those that come with the package."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from msgspec import Struct

from simulation.errors import InputError, nearest
from simulation.scenario.model import Scenario
from simulation.scenario.read import parse

FOLDER = "scenarios"
_PACKAGE = "simulation.scenario_files"
_SUFFIX = ".toml"

MOST_CHARACTERS = 16_000_000
"""No scenario has more: who names such a file has named another one than was meant."""


class Entry(Struct, frozen=True):
    """A scenario that can be loaded by its bare ``name``, with its ``about``."""

    name: str
    about: str


def load(name_or_path: str | Path, /, **overrides: Any) -> Scenario:
    """The scenario in a file, or of a bare name: ``scenarios/NAME.toml``, then those installed.

    ``overrides`` are by key, as in ``participants=5`` or ``**{"network.delay": "1ms"}``.
    Raises ``InputError`` for a scenario that is not there and ``ScenarioError`` for one that
    is wrong.
    """
    written = str(name_or_path)
    if is_path(name_or_path):
        path = Path(written)
        return parse(_text(path, written), name=path.stem, source=written, overrides=overrides)
    for place, source in _places(written):
        if place.is_file():
            return parse(_text(place, source), name=written, source=source, overrides=overrides)
    known = names()
    raise InputError(
        f"scenario: there is no {written!r}.{nearest(written, known)}"
        f" Known: {', '.join(known)}, or the path of a {_SUFFIX} file."
    )


def is_path(name_or_path: str | Path) -> bool:
    """Whether ``load`` takes this for the path of a file, and not for a bare name."""
    written = str(name_or_path)
    return isinstance(name_or_path, Path) or written.endswith(_SUFFIX) or "/" in written or "\\" in written


def is_bundled(name: str, text: str) -> bool:
    """Whether the bare ``name`` means this ``text`` anywhere: it is installed, and nothing here hides it."""
    if is_path(name):
        return False
    *_, installed = places = list(_places(name))
    try:
        found = [_text(place, source) for place, source in places if place.is_file()]
        return installed[0].is_file() and all(each == text for each in found)
    except (InputError, OSError):
        # The scenario of a record may have any name, of any length.
        return False


def names() -> tuple[str, ...]:
    """The bare names that ``load`` knows here, sorted."""
    found = {file.name.removesuffix(_SUFFIX) for folder in _folders() for file in _scenario_files(folder)}
    return tuple(sorted(found))


def available() -> tuple[Entry, ...]:
    """What ``simulation list`` shows: every known scenario with its sentence."""
    return tuple(Entry(name, _about(name)) for name in names())


def _places(name: str) -> Iterator[tuple[Traversable, str]]:
    """Where a scenario of this name may be, and how messages call that place."""
    file = name + _SUFFIX
    yield Path(FOLDER) / file, f"{FOLDER}/{file}"
    for folder in _folders()[1:]:
        yield folder / file, file


def _folders() -> tuple[Traversable, ...]:
    """The folder of the user, the installed one, and that of a source checkout."""
    try:
        return Path(FOLDER), resources.files(_PACKAGE)
    except ModuleNotFoundError:
        return Path(FOLDER), Path(__file__).parents[2] / FOLDER


def _scenario_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return [file for file in folder.iterdir() if file.name.endswith(_SUFFIX)]


def _about(name: str) -> str:
    place, source = next(place for place in _places(name) if place[0].is_file())
    try:
        about = tomllib.loads(_text(place, source)).get("about", "")
    except (ValueError, RecursionError, InputError):
        return "cannot be read: run it to see why"
    return about if isinstance(about, str) else ""


def _text(place: Traversable, source: str) -> str:
    try:
        with place.open("r", encoding="utf-8-sig") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except FileNotFoundError:
        folder, known = Path(source).parent, names()
        near = nearest(Path(source).stem, known)
        raise InputError(f"scenario: there is no file {source!r} in {str(folder)!r}.{near}") from None
    except UnicodeDecodeError:
        raise InputError(f"scenario: {source!r} is no text in UTF-8.") from None
    except OSError as error:
        raise InputError(f"scenario: {source!r} cannot be read: {error.strerror}.") from None
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"scenario: {source!r} has more than {MOST_CHARACTERS:,} characters, which no scenario has."
            " Name the file of one."
        )
    return text
