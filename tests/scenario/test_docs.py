"""The page for users has a section for every table and explains every word, and its examples work."""

from __future__ import annotations

import re

import pytest

from simulation.errors import ScenarioError
from simulation.protocols import find_protocol
from simulation.run import Runner
from simulation.scenario import keys, parse
from simulation.scenario.outcome import STATES
from simulation.scenario.script import PARTS, VERBS
from simulation.scenario.sets import AMOUNTS, PICKS
from tests.docs.pages import blocks, page

PAGE = page("scenarios.md")
EXAMPLES = [each.text for each in blocks(PAGE) if each.language == "toml" and each.file != "wrong.toml"]


@pytest.mark.parametrize("table", keys.TABLES)
def test_the_page_has_a_section_for_every_table(table: str) -> None:
    header = "`[[fault]]`" if table == "fault" else f"`[{table}]`"
    assert f"\n## {header}: " in PAGE


@pytest.mark.parametrize("word", [*PICKS, *AMOUNTS, *VERBS, *PARTS, *STATES, *find_protocol("paxos").actions])
def test_the_page_explains_every_word(word: str) -> None:
    assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", PAGE)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_the_page_passes(text: str) -> None:
    runner = Runner(parse(text))
    assert {runner.run(seed).verdict for seed in range(5)} == {"pass"}


def test_the_new_scenario_is_refused_with_three_participants() -> None:
    with pytest.raises(ScenarioError, match="2 of 3 are killed: 1 left, a majority is 2"):
        parse(EXAMPLES[0], overrides={"participants": 3})
