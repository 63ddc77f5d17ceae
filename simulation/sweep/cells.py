"""What a sweep runs: scenarios x the points of a grid, each over a range of seeds."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import Any

from msgspec import Struct

from simulation import scenario as scenarios
from simulation.errors import InputError, ScenarioError
from simulation.scenario import Scenario
from simulation.scenario.settings import pairs
from simulation.sweep.seeds import Range, wanted

Grid = Mapping[str, Sequence[Any]]

Key = tuple[str, str]


class Cell(Struct, frozen=True, dict=True):
    """One scenario with one set of overrides, over the ``seeds`` from the first to before the second."""

    scenario: Scenario
    seeds: Range

    @cached_property
    def key(self) -> Key:
        """The scenario's name and its overrides as they are typed: rows are ordered by it, and by seed."""
        overrides = self.scenario.overrides
        typed = pairs(overrides)
        # Of roles and draws the first comes first; everything else is the same in any order.
        in_order = any(key.partition(".")[0] in ("roles", "let") for key in overrides)
        return self.scenario.name, shlex.join(typed if in_order else sorted(typed))

    @cached_property
    def text_hash(self) -> str:
        """A hash of the scenario's text, 16 hexadecimal digits."""
        return blake2b(self.scenario.text.encode(), digest_size=8).hexdigest()

    @property
    def title(self) -> str:
        """How tables and messages call it."""
        return " ".join(word for word in self.key if word)


def cells(given: Iterable[Scenario | str | Path], seeds: Any = None, grid: Grid | None = None) -> list[Cell]:
    """Every scenario at every point of the grid, in the order given, the grid's last key fastest.

    ``seeds`` and ``grid`` go before what the files' ``[sweep]`` says. Raises ``InputError``, and
    ``ScenarioError`` for a point of the grid at which a scenario cannot be.
    """
    loaded = [each if isinstance(each, Scenario) else scenarios.load(each) for each in given]
    if not loaded:
        raise InputError("scenario: there is none to sweep")
    asked = None if seeds is None else wanted(seeds)
    found = [
        Cell(point, asked or _own_seeds(scenario))
        for scenario in loaded
        for point in _points(scenario, _checked(grid or {}))
    ]
    _distinct(found)
    return found


def _own_seeds(scenario: Scenario) -> Range:
    own = scenario.model.sweep.seeds
    if own is None:
        raise InputError(
            f"seeds: which ones? {scenario.name} has no [sweep] that says it. Give a range, as in"
            " --seeds 0:1000; B is excluded."
        )
    return wanted(own)


def _points(scenario: Scenario, grid: Grid) -> Iterable[Scenario]:
    own = {key: values for key, values in scenario.model.sweep.grid.items() if key not in scenario.overrides}
    for key in grid:
        if key in scenario.overrides:
            raise InputError(f"grid: {key!r} is fixed by an override already. Give it once.")
    whole = {**own, **grid}
    if not whole:
        return [scenario]
    return [
        _point(scenario, dict(zip(whole, values, strict=True)), grid) for values in product(*whole.values())
    ]


def _point(scenario: Scenario, values: dict[str, Any], grid: Grid) -> Scenario:
    """The scenario with these values; a mistake is told by the option that was typed."""
    try:
        return scenarios.with_overrides(scenario, **values)
    except ScenarioError as error:
        told = [
            _SET.sub(lambda set_: "--grid" if set_[1] in grid else set_[0], each) for each in error.problems
        ]
        raise ScenarioError(told, source=error.source) from None


_SET = re.compile(r"^--set(?= (.+?):)")


def _checked(grid: Grid) -> Grid:
    for key, values in grid.items():
        if isinstance(values, str) or not isinstance(values, Sequence) or not values:
            raise InputError(f"grid: {key!r} needs a list of values, as in {{'participants': [3, 5, 7]}}.")
        if key.partition(".")[0] == "sweep":
            raise InputError(f"grid: {key!r} says what is swept and cannot vary itself.")
    return grid


def _distinct(found: Sequence[Cell]) -> None:
    by_key: dict[Key, Cell] = {}
    for cell in found:
        other = by_key.setdefault(cell.key, cell)
        if other is cell:
            continue
        if other.scenario.text == cell.scenario.text:
            raise InputError(f"scenario: {cell.title!r} is there twice. Its runs would be the same.")
        raise InputError(
            f"scenario: two different ones are called {cell.scenario.name!r}, {other.scenario.source!r} and"
            f" {cell.scenario.source!r}. Rename one: results go by the name."
        )
