"""Mistakes in a scenario file: exit code 2, nothing on stdout, file and line first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.scenario.files import bent

KILLERS = bent('["propose", "wait 10s"]', '["kill"]').replace('"first of all"', '"first majority of all"')

WRONG = {
    "broken TOML": (bent("participants = 5", "participants 5"), "wrong.toml:2: not TOML, column 14: "),
    "a misspelt key": (
        bent("participants = 5", "participantz = 5"),
        "wrong.toml:2: participantz: no such key. ",
        "Did you mean 'participants'?",
    ),
    "a misspelt verb": (bent('"propose"', '"prpose"'), "wrong.toml:9: script.proposer: ", "'propose'?"),
    "a misspelt role": (
        bent("except proposer", "except propser"),
        "wrong.toml:6: roles.waiting: 'propser' is not a role",
        "Did you mean 'proposer'?",
    ),
    "a wrong type": (bent("participants = 5", 'participants = "5"'), "wrong.toml:2: participants: is '5'. "),
    "a negative time": (bent('"propose", "wait 10s"', '"wait -10s"'), "wrong.toml:9: script.proposer: "),
    "a time without a unit": (bent('"propose", "wait 10s"', '"wait 10"'), "A time needs a unit"),
    "a kill set of nobody": (
        bent('"first of all"', '"all except all"').replace('["propose", "wait 10s"]', '["kill"]'),
        "wrong.toml:9: script.proposer: nobody has this role",
    ),
    "roles that overlap": (
        bent('"all except proposer"', '"all"'),
        "wrong.toml:10: script.waiting: 1 of its 5 processes already has the script of 'proposer'",
    ),
    "more killed than a quorum can spare": (
        KILLERS.replace('by = "all"', 'by = "waiting"'),
        "wrong.toml:13: expect.decision: ",
        "3 of 5 are killed: 2 left, a majority is 3",
    ),
    "an unknown protocol": (
        bent("participants", 'protocol = "paxs"\nparticipants'),
        "wrong.toml:2: protocol: ",
        "Did you mean 'paxos'?",
    ),
    "an unknown profile": (
        bent("participants", 'profile = "dst"\nparticipants'),
        "wrong.toml:2: profile: ",
        "Did you mean 'dist'?",
    ),
    "an empty file": ("", "wrong.toml:1: format: is missing. Write it as in format = 1."),
}
"""By title, the file, and parts of what has to be said."""


@pytest.mark.parametrize("title", WRONG)
def test_a_mistake_in_a_file_is_told_at_its_line_with_exit_code_2(
    title: str, call: Call, folder: Path
) -> None:
    text, *parts = WRONG[title]
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    said = call("run", "wrong.toml")
    assert (said.code, said.out) == (2, "")
    assert [part for part in parts if part not in said.err] == []
    assert said.err.startswith("wrong.toml:")
    assert "Traceback" not in said.err


def test_more_killed_than_a_quorum_can_spare_is_allowed_where_no_decision_is_expected(
    call: Call, folder: Path
) -> None:
    text = KILLERS.replace('"required"', '"impossible"').replace('by = "all"\n', "")
    text = text.replace('waiting = ["wait', 'waiting = ["propose for 1s", "wait')
    (folder / "none.toml").write_text(text, encoding="utf-8")
    assert call("run", "none.toml").code == 0


def test_all_mistakes_of_a_file_are_told_at_once(call: Call, folder: Path) -> None:
    text = bent("participants = 5", "participantz = 5").replace('"wait 10s', '"wiat 10s')
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    assert call("run", "wrong.toml").err.splitlines()[-1] == "3 mistakes in wrong.toml"


def test_a_file_is_not_explained_either_while_it_is_wrong(call: Call, folder: Path) -> None:
    (folder / "wrong.toml").write_text("format = 2", encoding="utf-8")
    said = call("run", "wrong.toml", "--explain")
    assert (said.code, said.out) == (2, "")


def test_a_picture_is_no_scenario(call: Call, folder: Path) -> None:
    (folder / "picture.toml").write_bytes(b"\x89PNG\r\n\xff")
    said = call("run", "picture.toml")
    assert (said.code, said.err) == (2, "simulation: scenario: 'picture.toml' is no text in UTF-8.\n")


def test_a_folder_is_no_scenario(call: Call, folder: Path) -> None:
    (folder / "folder.toml").mkdir()
    said = call("run", "folder.toml")
    assert said.code == 2
    assert said.err.startswith("simulation: scenario: 'folder.toml' cannot be read: ")
