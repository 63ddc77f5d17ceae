"""What a marker asks for: a scenario, its seeds, and what may come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from simulation.errors import InputError, nearest
from simulation.pytest_plugin.naming import name_of
from simulation.pytest_plugin.seeds import read_seeds
from simulation.scenario import Scenario, load, with_overrides
from simulation.scenario.library import FOLDER, is_path

EXAMPLE = '@pytest.mark.scenario("simple", seeds=200)'

TOLERABLE = ("unknown", "fail")
"""What may be allowed to come out beside ``pass``."""

_NAME = re.compile(r"\w[\w .,+=@-]*")


class Place(NamedTuple):
    """Where a test stands: the name of its module, its folder and the root of the project."""

    module: str
    folder: Path
    root: Path


class Wanted(NamedTuple):
    """The runs that a marker asks for. ``written`` is what it calls the scenario, if it is no object."""

    scenario: Scenario
    written: str | None
    seeds: Sequence[int]
    allowed: tuple[str, ...]


def read_marker(
    arguments: Sequence[Any], settings: dict[str, Any], place: Place, instead: str | None
) -> Wanted:
    """What the marker with these arguments asks for; ``instead`` are seeds that replace its own.

    Raises ``InputError``.
    """
    if len(arguments) != 1:
        count = len(arguments) or "no"
        raise InputError(f"the marker names {count} scenarios; one is needed, as in {EXAMPLE}")
    overrides = dict(settings)
    seeds, allow = overrides.pop("seeds", None), overrides.pop("allow", ())
    if "protocol" in overrides:
        overrides["protocol"] = name_of(overrides["protocol"], place.module)
    scenario, written = _scenario(arguments[0], overrides, place)
    seeds = seeds if instead is None else instead
    return Wanted(scenario, written, _seeds(seeds, scenario), _allowed(allow))


def _scenario(which: Any, overrides: dict[str, Any], place: Place) -> tuple[Scenario, str | None]:
    if isinstance(which, Scenario):
        if not _NAME.fullmatch(which.name):
            raise InputError(f"scenario: is called {which.name!r}, which cannot be the name of a test's part")
        return with_overrides(which, **overrides) if overrides else which, None
    if not isinstance(which, (str, Path)):
        raise InputError(f"scenario: is {which!r}; a name, a path or a simulation.Scenario is needed")
    return load(_found(which, place), **overrides), str(which)


def _found(which: str | Path, place: Place) -> str | Path:
    """Below the root or beside the test; a bare name that is not there is one of those installed."""
    if not is_path(which):
        own = place.root / FOLDER / f"{which}.toml"
        return _shown(own) if own.is_file() else which
    for folder in (place.root, place.folder):
        if (folder / which).is_file():
            return _shown(folder / which)
    raise InputError(
        f"scenario: there is no file {str(which)!r}, neither in {place.root} nor beside the test."
    )


def _shown(path: Path) -> Path:
    """The path as messages name it: from the current folder, if it is in there."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _seeds(given: Any, scenario: Scenario) -> Sequence[int]:
    own = scenario.model.sweep.seeds
    if given is None and own is not None:
        return read_seeds(range(*own))
    if given is None:
        raise InputError(f"seeds: is missing, and the scenario has no sweep.seeds. Write {EXAMPLE}.")
    return read_seeds(given)


def _allowed(given: Any) -> tuple[str, ...]:
    words = (given,) if isinstance(given, str) else given
    if not isinstance(words, (tuple, list)):
        raise InputError(f"allow: is {given!r}; 'unknown', 'fail' or both are needed")
    for word in words:
        if word not in TOLERABLE:
            raise InputError(
                f"allow: is {word!r}. Known: {', '.join(TOLERABLE)}.{nearest(str(word), TOLERABLE)}"
            )
    return tuple(words)
