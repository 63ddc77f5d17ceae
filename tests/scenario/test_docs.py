"""The page for users names every key with its default and meaning, and its examples work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from simulation.errors import ScenarioError
from simulation.protocols import find_protocol
from simulation.scenario import explain, keys, parse, plan
from simulation.scenario.keys import Key
from simulation.scenario.network_keys import NETWORK
from simulation.scenario.outcome import STATES
from simulation.scenario.script import PARTS, VERBS
from simulation.scenario.sets import AMOUNTS, PICKS

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EVERY_KEY = (*keys.HEAD, *keys.LET, *keys.FAULT, *keys.CALM, *NETWORK, *keys.EXPECT, *keys.SWEEP)


def row(key: Key) -> str:
    """The key's row in its table of the page."""
    default = key.absent if key.default is None else f"`{json.dumps(key.default)}`"
    return f"| `{key.name}` | {key.kind} | {'required' if key.required else default} | {key.meaning} |"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.name)
def test_the_page_has_a_row_for_every_key(key: Key) -> None:
    assert row(key) in PAGE.splitlines()


def test_the_page_has_no_row_for_a_key_that_is_none() -> None:
    with_key = [table for table in PAGE.split("\n\n") if table.startswith("| key |")]
    rows = [line for table in with_key for line in table.splitlines()[2:]]
    assert sorted(rows) == sorted(map(row, EVERY_KEY))


@pytest.mark.parametrize("table", keys.TABLES)
def test_the_page_has_a_section_for_every_table(table: str) -> None:
    header = "`[[fault]]`" if table == "fault" else f"`[{table}]`"
    assert f"\n## {header}: " in PAGE


@pytest.mark.parametrize("word", [*PICKS, *AMOUNTS, *VERBS, *PARTS, *STATES, *find_protocol("paxos").actions])
def test_the_page_explains_every_word(word: str) -> None:
    assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", PAGE)


@pytest.mark.parametrize("text", blocks("toml"))
def test_an_example_of_the_page_is_correct(text: str) -> None:
    assert parse(text).model.about


def test_the_new_scenario_is_explained_as_the_page_shows() -> None:
    text, shown = blocks("toml")[0], blocks("console")[0].partition("\n")[2]
    scenario = parse(text, name="two_die")
    assert explain(plan(scenario, 7)) + "\n" == shown


def test_the_new_scenario_is_refused_with_three_participants() -> None:
    with pytest.raises(ScenarioError, match="2 of 3 are killed: 1 left, a majority is 2"):
        parse(blocks("toml")[0], overrides={"participants": 3})
