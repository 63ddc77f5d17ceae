"""Exit codes, each for its own reason: 0 held, 1 violated, 3 the machine's fault, 4 unknown, 130.

Exit code 2, the user's mistakes, is in ``test_wrong_words`` and ``test_wrong_files``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES, FAULT_IN_THE_VOID, with_protocol
from tests.cli.shell import repeat_of, shell


@pytest.fixture
def files(folder: Path) -> Path:
    """The current folder, with a file for each way to end."""
    texts = {
        "agrees": EVERYBODY_PROPOSES.replace('"propose"', '"propose until commit"'),
        "loner": with_protocol(EVERYBODY_PROPOSES, "Loner"),
        "divides": with_protocol(EVERYBODY_PROPOSES, "Divides"),
        "deaf": with_protocol(EVERYBODY_PROPOSES, "Deaf"),
        "void": FAULT_IN_THE_VOID,
        "short": 'limit = "200ms"\n' + EVERYBODY_PROPOSES,
        "ctrl-c": with_protocol(EVERYBODY_PROPOSES, "Interrupted"),
    }
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("files")
def test_0_when_every_check_held(call: Call) -> None:
    said = call("run", "agrees.toml")
    assert (said.code, len(said.err.splitlines())) == (0, 1)
    assert said.err.startswith("agrees · seed 0 · local · PASS · 5 of 5 decided ")


@pytest.mark.usefixtures("files")
def test_1_when_a_protocol_of_ones_own_violates_a_property(call: Call) -> None:
    said = call("run", "loner.toml")
    assert said.code == 1
    assert "· FAIL ·" in said.err.splitlines()[0]
    assert "\nviolated: agreement: " in said.err


@pytest.mark.usefixtures("files")
def test_1_is_a_result_with_its_output_complete(call: Call) -> None:
    assert call("run", "loner.toml").out.splitlines()[-1].startswith("[val: ")


@pytest.mark.usefixtures("files")
def test_3_when_a_machine_raises_with_the_line_that_did(call: Call) -> None:
    said = call("run", "divides.toml")
    assert (said.code, said.out) == (3, "")
    assert "return call.value // 0, ()" in said.err
    assert "ZeroDivisionError" in said.err


@pytest.mark.usefixtures("files")
def test_3_when_a_machine_does_not_handle_its_input(call: Call) -> None:
    said = call("run", "deaf.toml")
    assert (said.code, said.out) == (3, "")
    assert "Deaf has no handler for Propose." in said.err
    assert "Traceback" not in said.err


@pytest.mark.usefixtures("files")
def test_4_when_a_fault_that_had_to_strike_never_did(call: Call) -> None:
    said = call("run", "void.toml")
    assert said.code == 4
    assert "\nunknown: did what it says: did not happen: fault 'the leader dies'\n" in said.err


@pytest.mark.usefixtures("files")
def test_4_when_a_bound_ran_out(call: Call) -> None:
    said = call("run", "short.toml")
    assert said.code == 4
    assert "cut off at 200ms of virtual time; raise limit if that is too early" in said.err


def test_130_when_interrupted_without_a_traceback(files: Path) -> None:
    said = shell("run", "ctrl-c.toml", cwd=files)
    assert said == (130, "", "simulation: interrupted\n")


@pytest.mark.parametrize(
    "line",
    [
        "run loner.toml",
        "run loner.toml --seed 3 --format json",
        "run void.toml --set participants=5 --set profile=dist --seed 12",
        "run divides.toml --seed 4",
        "run deaf.toml",
    ],
)
@pytest.mark.usefixtures("files")
def test_a_failure_ends_in_the_command_that_repeats_it(line: str, call: Call) -> None:
    failed = call(*line.split(" "))
    again = call(*repeat_of(failed.err))
    assert failed.code != 0
    assert (again.code, again.err) == (failed.code, failed.err)


@pytest.mark.parametrize("protocol", ["Loner", "Divides"])
def test_the_command_that_repeats_survives_a_shell(protocol: str, call: Call, folder: Path) -> None:
    (folder / "my file.toml").write_text(with_protocol(EVERYBODY_PROPOSES, protocol), encoding="utf-8")
    failed = call("run", "my file.toml", "--set", "about=it's wrong")
    assert call(*repeat_of(failed.err)) == failed


def test_the_installed_command_finds_a_protocol_of_the_current_folder(folder: Path) -> None:
    (folder / "mine.py").write_text("from tests.cli.machines import Loner as Mine\n", encoding="utf-8")
    (folder / "mine.toml").write_text(EVERYBODY_PROPOSES, encoding="utf-8")
    (folder / "bin").mkdir()
    command = folder / "bin" / "simulation-command"
    command.write_text("from simulation.cli import main\nraise SystemExit(main())\n", encoding="utf-8")
    said = shell("run", "mine.toml", "--set", "protocol=mine:Mine", cwd=folder, command=str(command))
    assert said.code == 1


def test_a_protocol_that_exits_at_its_import_is_wrong_input(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "quits.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    said = call("run", "simple", "--set", "protocol=quits:Machine")
    assert (said.code, said.out) == (2, "")
    assert "'quits:Machine' cannot be imported: SystemExit: 0" in said.err


def test_a_number_that_nobody_can_read_is_wrong_input(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "huge.toml"
    file.write_text(f"format = 1\nparticipants = 0x{'f' * 6000}\n", encoding="utf-8")
    said = call("run", str(file))
    assert said.code == 2
    assert "participants: is a number of more than 40 digits. A whole number from 1 to 1000." in said.err
