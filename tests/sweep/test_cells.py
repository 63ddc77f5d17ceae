"""What is swept: scenarios at the points of a grid, in the order given, none of them twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation import InputError, ScenarioError, load, run
from simulation.scenario import parse
from simulation.sweep.cells import cells
from tests.scenario.files import CORRECT

WITH_DEFAULTS = (
    CORRECT
    + """
[sweep]
seeds = "10:20"
grid = { profile = ["local", "dist"], participants = [3, 4] }
"""
)


def own(**overrides: Any) -> Any:
    """A scenario that says by itself how it is swept."""
    return parse(WITH_DEFAULTS, name="own", source="own.toml", overrides=overrides)


def points(*arguments: Any, **named: Any) -> list[dict[str, Any]]:
    """The overrides of every cell."""
    return [cell.scenario.overrides for cell in cells(*arguments, **named)]


def names(*arguments: Any) -> list[str]:
    """The scenario of every cell."""
    return [cell.scenario.name for cell in cells(*arguments)]


def test_the_last_key_of_the_grid_changes_fastest() -> None:
    assert points(["simple"], 1, {"profile": ["local", "dist"], "participants": [5, 3]}) == [
        {"participants": 5, "profile": "local"},
        {"participants": 3, "profile": "local"},
        {"participants": 5, "profile": "dist"},
        {"participants": 3, "profile": "dist"},
    ]


def test_scenarios_come_in_the_order_given_each_with_all_its_points() -> None:
    grid = {"participants": [3, 4]}
    assert names(["simple_2", "simple"], 1, grid) == ["simple_2", "simple_2", "simple", "simple"]
    assert points(["simple_2", "simple"], 1, grid) == [{"participants": 3}, {"participants": 4}] * 2


@pytest.mark.parametrize("kind", [str, Path])
def test_a_scenario_is_given_by_its_path(kind: type, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(CORRECT, encoding="utf-8")
    assert names([kind(path)], 1) == ["other"]


def test_a_scenario_is_given_by_name_or_as_itself() -> None:
    assert names(["simple", load("simple_2")], 1) == ["simple", "simple_2"]


def test_a_cell_is_titled_as_it_is_typed() -> None:
    found = cells(["simple", load("simple_2", about="two words")], 1)
    assert [cell.title for cell in found] == ["simple", "simple_2 'about=two words'"]


def test_a_point_of_the_grid_is_the_scenario_with_these_overrides() -> None:
    (cell,) = cells(["simple"], 1, {"network.delay": ["3ms"]})
    assert cell.scenario == load("simple", **{"network.delay": "3ms"})


def test_every_cell_has_the_seeds_that_were_asked_for() -> None:
    found = cells(["simple", "simple_2"], "3:9", {"participants": [3, 4]})
    assert [cell.seeds for cell in found] == [(3, 9)] * 4


def test_a_file_may_say_how_it_is_swept() -> None:
    assert [cell.seeds for cell in cells([own()])] == [(10, 20)] * 4
    assert points([own()]) == [
        {"participants": 3, "profile": "local"},
        {"participants": 4, "profile": "local"},
        {"participants": 3, "profile": "dist"},
        {"participants": 4, "profile": "dist"},
    ]


def test_asked_seeds_go_before_those_of_the_file() -> None:
    assert {cell.seeds for cell in cells([own()], 7)} == {(0, 7)}


def test_an_asked_grid_goes_before_the_same_key_of_the_file() -> None:
    assert points([own()], None, {"participants": [5]}) == [
        {"participants": 5, "profile": "local"},
        {"participants": 5, "profile": "dist"},
    ]


def test_what_an_override_fixes_the_file_does_not_vary() -> None:
    assert points([own(participants=5)]) == [
        {"participants": 5, "profile": "local"},
        {"participants": 5, "profile": "dist"},
    ]


def test_what_an_override_fixes_the_grid_may_not_vary() -> None:
    with pytest.raises(InputError, match=r"^grid: 'participants' is fixed by an override"):
        cells([load("simple", participants=5)], 1, {"participants": [3, 5]})


def test_a_table_of_overrides_fixes_its_keys_too() -> None:
    with pytest.raises(InputError, match=r"^grid: 'network.delay' is fixed by an override"):
        cells([load("simple", network={"delay": "1ms"})], 1, {"network.delay": ["2ms"]})


@pytest.mark.parametrize(
    "again", ["simple", load("simple"), "scenarios/simple.toml"], ids=["name", "scenario", "path"]
)
def test_the_same_runs_twice_are_refused(again: Any) -> None:
    with pytest.raises(InputError, match="'simple' is there twice"):
        cells(["simple", again], 1)


def test_a_value_twice_in_a_grid_is_refused() -> None:
    with pytest.raises(InputError, match="'simple participants=3' is there twice"):
        cells(["simple"], 1, {"participants": [3, "3"]})


def test_two_scenarios_of_one_name_are_refused_with_both_places(tmp_path: Path) -> None:
    for folder, text in (("a", CORRECT), ("b", CORRECT + "\n# another\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.toml").write_text(text, encoding="utf-8")
    paths = [tmp_path / "a" / "same.toml", tmp_path / "b" / "same.toml"]
    with pytest.raises(InputError, match="two different ones are called 'same'") as raised:
        cells(paths, 1)
    assert [str(path) in str(raised.value) for path in paths] == [True, True]


def test_the_same_overrides_in_another_order_are_the_same_runs() -> None:
    one = load("simple", participants=4, profile="dist")
    other = load("simple", profile="dist", participants=4)
    with pytest.raises(InputError, match="is there twice"):
        cells([one, other], 1)


def test_what_has_one_key_has_the_same_runs() -> None:
    drawn = {"one_of": [1, 2, 3, 4]}
    rest = {"script.proposer": ["propose instance a"], "script.waiting": ["wait 1s instance b"]}
    first, second = (
        load("simple", **{f"let.{name}": drawn for name in order}, **rest, **{"expect.decision": "allowed"})
        for order in ("ab", "ba")
    )
    keys = {cell.key for scenario in (first, second) for cell in cells([scenario], 1)}
    digests = {tuple(run(scenario, seed).digest for seed in range(5)) for scenario in (first, second)}
    assert len(keys) == len(digests)


def test_one_scenario_with_two_overrides_is_two_cells() -> None:
    assert points(["simple", load("simple", participants=4)], 1) == [{}, {"participants": 4}]


def test_nothing_to_sweep_is_refused() -> None:
    with pytest.raises(InputError, match=r"^scenario: there is none"):
        cells([], 1)


def test_no_seeds_at_all_are_refused_and_the_scenario_is_named() -> None:
    with pytest.raises(InputError, match=r"^seeds: which ones\? simple has no \[sweep\]"):
        cells(["simple"])


def test_a_point_at_which_a_scenario_cannot_be_is_refused_with_its_line() -> None:
    with pytest.raises(ScenarioError, match=r"^--grid participants: is 0\."):
        cells(["simple"], 1, {"participants": [3, 0]})


@pytest.mark.parametrize("values", ["local", [], 3, None, {"local"}, {"local": 1}], ids=repr)
def test_a_grid_needs_lists(values: Any) -> None:
    with pytest.raises(InputError, match=r"^grid: 'profile' needs a list of values"):
        cells(["simple"], 1, {"profile": values})


@pytest.mark.parametrize("values", [[3, 5], (3, 5), range(3, 6, 2)], ids=repr)
def test_any_sequence_is_a_list(values: Any) -> None:
    assert points(["simple"], 1, {"participants": values}) == [{"participants": 3}, {"participants": 5}]


@pytest.mark.parametrize("key", ["sweep", "sweep.seeds", "sweep.grid"])
def test_a_grid_does_not_vary_what_is_swept(key: str) -> None:
    with pytest.raises(InputError, match=f"^grid: '{key}'"):
        cells(["simple"], 1, {key: ["0:3"]})


@pytest.mark.parametrize("key", ["participents", "scenario", "network.dely", "", "nonsense.x"])
def test_a_key_that_no_scenario_has_is_refused(key: str) -> None:
    with pytest.raises(InputError):
        cells(["simple"], 1, {key: [3]})


def test_the_hash_of_a_text_is_that_of_its_bytes() -> None:
    one, other = cells([parse(CORRECT, name="a"), parse(CORRECT, name="b")], 1)
    assert one.text_hash == other.text_hash
    assert len(one.text_hash) == 16
    assert cells([parse(CORRECT + "#", name="a")], 1)[0].text_hash != one.text_hash
