"""The one command that repeats a run, for somebody who types it where pytest was started."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, suppress
from hashlib import blake2b
from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.pytest_plugin.marks import Wanted
from simulation.pytest_plugin.naming import python_path
from simulation.scenario import Scenario, load
from simulation.scenario.settings import pairs


def command(wanted: Wanted, seed: int, config: pytest.Config) -> str:
    """``repeat with: simulation run ...``: that gives exactly this run. Or why no command does.

    A scenario that no name and no path gives again is written into pytest's cache.
    """
    here, scenario = config.invocation_params.dir, wanted.scenario
    settings = dict(pair.split("=", 1) for pair in pairs(scenario.overrides))
    with chdir(here):
        which = next(_candidates(wanted, settings, config), None)
    if which is None:
        return (
            "no command repeats it: this Scenario object is not what its text says, so it was changed after"
            " it was read. Give overrides instead, or parse another text."
        )
    words = ["simulation", "run", which, "--seed", str(seed)]
    for key, value in settings.items():
        words += ["--set", f"{key}={value}"]
    return f"repeat with: {python_path(scenario.model.protocol, here)}{shlex.join(words)}"


def _candidates(wanted: Wanted, settings: dict[str, str], config: pytest.Config) -> Iterator[str]:
    """What the command line may call the scenario, if that really is the same one."""
    scenario = wanted.scenario
    for which in (wanted.written, scenario.source, scenario.name):
        if which is not None and _is_same(which, settings, scenario):
            yield which
    stored = _stored(scenario, config)
    if _is_same(stored, settings, scenario):
        yield stored


def _is_same(which: str, settings: dict[str, str], scenario: Scenario) -> bool:
    try:
        found = load(which, **settings)
    except InputError:
        return False
    return (found.name, found.text, found.model) == (scenario.name, scenario.text, scenario.model)


def _stored(scenario: Scenario, config: pytest.Config) -> str:
    """The path of a file with the scenario's text, named as it is called."""
    here = config.invocation_params.dir
    text = scenario.text.encode()
    file = _folder(config) / blake2b(text, digest_size=4).hexdigest() / f"{scenario.name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text)
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _folder(config: pytest.Config) -> Path:
    """A folder of pytest's cache; a new one where there is no cache, or none that can be written."""
    cache = getattr(config, "cache", None)
    if cache is not None:
        with suppress(OSError):
            return Path(cache.mkdir("simulation"))
    return Path(tempfile.mkdtemp(prefix="simulation-"))
