"""The schema for editors says what the reader says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from simulation.network import PROFILES, Conditions
from simulation.scenario import keys
from simulation.scenario.keys import Key
from simulation.scenario.network_keys import NETWORK
from tests.scenario.files import CORRECT, bent, problems
from tests.scenario.test_mistakes import Mistake, mistakes

FOLDER = Path(__file__).parents[2] / "scenarios"
SCHEMA: dict[str, Any] = json.loads((FOLDER / "scenario.schema.json").read_text(encoding="utf-8"))
TOP = SCHEMA["properties"]

TABLES = {
    "head": (keys.HEAD, {**SCHEMA, "properties": {key: TOP[key] for key in TOP if key not in keys.TABLES}}),
    "let": (keys.LET, TOP["let"]["additionalProperties"]),
    "fault": (keys.FAULT, TOP["fault"]["items"]),
    "calm": (keys.CALM, TOP["calm"]),
    "network": (NETWORK, TOP["network"]),
    "expect": (keys.EXPECT, TOP["expect"]),
    "sweep": (keys.SWEEP, TOP["sweep"]),
}
FREE = ("roles", "script", "let")

# What the schema cannot know: it sees neither other keys nor who is in a set.
SEEN_BY_THE_SCHEMA = (
    "a misspelt key",
    "a misspelt table",
    "a key of another table",
    "a string for a number",
    "a truth value for a number",
    "nobody",
    "an absurd crowd",
    "another format",
    "no format",
    "unknown profile",
    "unknown order",
    "a negative time",
    "a time without a unit",
    "a role that is a number",
    "an empty role",
    "a script that is a string",
    "a draw that is a list",
    "an expectation nobody knows",
    "a statement that is not understood",
    "a fault nobody knows",
    "a negative rate",
    "unknown condition",
    "a condition without a unit",
    "a table that is none",
)


def complaints(text: str) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(tomllib.loads(text))]


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_knows_the_keys_of_the_reader(table: str) -> None:
    known, schema = TABLES[table]
    assert list(schema["properties"]) == [key.name for key in known]


def test_the_schema_knows_the_tables_of_the_reader() -> None:
    assert set(keys.TABLES) <= set(TOP)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_wants_what_the_reader_wants(table: str) -> None:
    known, schema = TABLES[table]
    assert schema.get("required", []) == [key.name for key in known if key.required]


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_explains_every_key_in_the_readers_words(table: str) -> None:
    def said(key: Key) -> tuple[str, object]:
        return key.meaning, key.default

    known, schema = TABLES[table]
    explained = {
        name: (entry["description"], entry.get("default")) for name, entry in schema["properties"].items()
    }
    assert explained == {key.name: said(key) for key in known}


@pytest.mark.parametrize("table", FREE)
def test_the_schema_leaves_names_free_where_the_reader_does(table: str) -> None:
    assert isinstance(TOP[table]["additionalProperties"], dict)
    assert "properties" not in TOP[table]


def test_the_schema_knows_the_profiles() -> None:
    assert TOP["profile"]["enum"] == list(PROFILES)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_file_follows_the_schema(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "wrong", [each for each in mistakes() if each.title in SEEN_BY_THE_SCHEMA], ids=lambda wrong: wrong.title
)
def test_an_editor_marks_what_the_schema_can_see(wrong: Mistake) -> None:
    assert complaints(wrong.text)


def test_what_the_reader_takes_the_schema_takes() -> None:
    text = bent("participants = 5", 'participants = 5\nlinger = "0.5ms"\nvalues = [1, 2, 3, 4, 5]')
    text += '[network]\nown_delay = "200us..1ms"\n[sweep]\nseeds = "0:10"\ngrid = { participants = [5, 7] }\n'
    assert (problems(text), complaints(text)) == ((), [])


def test_every_mistake_that_the_schema_sees_is_in_the_table() -> None:
    assert set(SEEN_BY_THE_SCHEMA) <= {each.title for each in mistakes()}
    assert complaints(CORRECT) == []


def test_the_reader_knows_every_condition() -> None:
    known = {key.name for key in NETWORK}
    fields = {name.removesuffix("_us") for name in Conditions.__struct_fields__}
    assert fields - known == set()
