"""Every mistake that a file can hold is said in the same words, at its line: see mistakes.txt."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from simulation.errors import ScenarioError
from simulation.scenario import parse
from tests.scenario.files import CORRECT, bent, problems

TABLE = Path(__file__).with_name("mistakes.txt")


class Mistake(NamedTuple):
    """One block of the table."""

    title: str
    text: str
    said: tuple[str, ...]


def mistakes() -> list[Mistake]:
    _, *blocks = TABLE.read_text(encoding="utf-8").split("\n## ")
    return [mistake(block) for block in blocks]


def mistake(block: str) -> Mistake:
    title, *lines = block.splitlines()
    out, put, said = ([line[2:] for line in lines if line[:1] == mark] for mark in "-+>")
    new = "\n".join(put)
    text = bent("\n".join(out), new) if out else f"{CORRECT}\n{new}\n"
    return Mistake(title, text, tuple(said))


@pytest.mark.parametrize("wrong", mistakes(), ids=lambda wrong: wrong.title)
def test_a_mistake_is_said_at_its_line(wrong: Mistake) -> None:
    assert wrong.said
    assert problems(wrong.text) == wrong.said


def test_the_correct_file_is_correct() -> None:
    assert problems(CORRECT) == ()


def test_all_mistakes_are_said_at_once_by_line_with_their_number() -> None:
    text = bent("participants = 5", "participants = -1").replace('"10s"', "10").replace("first of", "fist of")
    with pytest.raises(ScenarioError) as raised:
        parse(text, name="wrong", source="wrong.toml")
    lines = str(raised.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["wrong.toml:2:", "wrong.toml:5:", "2"]
    assert lines[-1] == "2 mistakes in wrong.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format 1\n", "wrong.toml:1: not TOML, column 8: "),
        ('format = 1\nabout = "no end\n', "wrong.toml:2: not TOML, column 16: "),
        ("format = 1\nformat = 1\n", "wrong.toml:2: not TOML, column 11: "),
        ("participants = [1, 2\n", "wrong.toml:1: not TOML: "),
        ("[roles]\n[roles]\n", "wrong.toml:2: not TOML, column 7: "),
    ],
)
def test_broken_toml_is_said_with_line_and_column(text: str, message: str) -> None:
    (said,) = problems(text)
    assert said.startswith(message)


def test_a_key_is_found_on_its_line_in_any_way_of_writing_toml() -> None:
    dotted = bent("[expect]", "[network]\nprint = 5\n[expect]").replace(
        "participants = 5\n", 'participants = 5\nsweep.seeds = "no"\n'
    )
    several_lines = dotted.replace('["wait 10s"]', '[\n  "wait 10s",\n  "slep 1s",\n]')
    places = [said.split(": ")[:2] for said in problems(several_lines)]
    assert places == [
        ["wrong.toml:3", "sweep.seeds"],
        ["wrong.toml:11", "script.waiting"],
        ["wrong.toml:17", "network.print"],
    ]


def test_an_overlap_that_only_some_orders_show_is_found_when_the_file_is_read() -> None:
    text = bent('proposer = "first of all"', 'proposer = "first of all"\nnamed = ["p3"]')
    text = text.replace("[script]", '[script]\nnamed = ["wait 1s"]').replace(
        "except proposer", "except p3, proposer"
    )
    (said,) = problems(text)
    assert "script.proposer: 1 of its 1 processes already has the script of 'named'" in said


def test_a_script_that_only_waits_may_have_nobody() -> None:
    assert problems(CORRECT, participants=1) == ()
