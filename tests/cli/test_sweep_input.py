"""What a sweep cannot do is told in plain words, with exit code 2, before anything is written."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from simulation.sweep import crew
from tests.cli.conftest import Call
from tests.cli.files import EVERYBODY_PROPOSES
from tests.cli.shell import shell

HERE = ("--jobs", "1", "--watch", "0")

WRONG = [
    (("simple", "--seeds", "10:5"), "seeds: is '10:5': no seed at all. B is excluded and must be above A."),
    (("simple", "--seeds", "5:5"), "seeds: is '5:5': no seed at all."),
    (("simple", "--seeds", "a:b"), 'A range of seeds "A:B" without B, as in "0:1000".'),
    (("simple", "--seeds", "7"), 'A range of seeds "A:B" without B, as in "0:1000".'),
    (("simple", "--seeds", "0:99999999999999999999"), "from 0 to 2**63 - 1"),
    (
        ("simple",),
        "seeds: which ones? simple has no [sweep] that says it. Give a range, as in --seeds 0:1000",
    ),
    (("simpel", "--seeds", "0:5"), "Did you mean 'simple'?"),
    (("simple", "simple", "--seeds", "0:5"), "'simple' is there twice. Its runs would be the same."),
    (("simple", "--seeds", "0:5", "--grid", "participents=3,5"), "Did you mean 'participants'?"),
    (("simple", "--seeds", "0:5", "--grid", "participants"), "is not KEY=V1,V2, such as participants=3,5,7"),
    (("simple", "--seeds", "0:5", "--grid", "participants=3,3"), "has a value twice"),
    (("simple", "--seeds", "0:5", "--grid", "participants=3,x"), "participants: is 'x'"),
    (("simple", "--seeds", "0:5", "--grid", "values=[1,2,3"), "'values=[1,2,3' lacks a closing ]"),
    (("simple", "--seeds", "0:5", "--grid", "about='a,b"), "lacks a closing '"),
    (("simple", "--seeds", "0:5", "--cluster", "ucx:nowhere"), "that is no address"),
    (("simple", "--seeds", "0:5", "--grid", "sweep.seeds=1,2"), "says what is swept and cannot vary itself"),
    (
        ("simple", "--seeds", "0:5", "--set", "profile=dist", "--grid", "profile=local,dist"),
        "'profile' is fixed by an override already",
    ),
    (("leader_crash_complex", "--seeds", "0:5", "--grid", "participants=11,3"), "participants"),
    (
        ("simple", "--seeds", "0:5", "--set", "protocol=nowhere:Nothing"),
        "'nowhere:Nothing' cannot be imported",
    ),
    (("simple", "--seeds", "0:5", "--jobs", "0"), "--jobs: '0' is no whole number from 1 on"),
    (("simple", "--seeds", "0:5", "--jobs", "5000"), "A whole number from 1 to 1024"),
    (("simple", "--seeds", "0:5", "--chunk", "-1"), "--chunk"),
    (("simple", "--seeds", "0:5", "--watch", "2"), "--watch: '2' is no share from 0 to 1"),
    (
        ("simple", "--seeds", "0:5", "--stop-after", "none"),
        "--stop-after: 'none' is no whole number from 1 on",
    ),
    (
        ("simple", "--seeds", "0:5", "--max-seconds", "0"),
        "--max-seconds: '0' is no number of seconds above 0",
    ),
    (("simple", "--seeds", "0:5", "--format", "tabel"), "Did you mean 'table'?"),
    (("simple", "--seeds", "0:5", "--sed", "1"), "Did you mean '--seeds'?"),
    (("simple", "--seeds", "0:5", "--cluster", "nowhere"), "nobody answers as a Dask scheduler at 'nowhere'"),
    (("simple", "--seeds", "0:5", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2"), "Leave --jobs"),
    ((), "the following arguments are required: SCENARIO"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda part: " ".join(part)[:60] if part else "-")
def test_what_cannot_be_swept_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, call: Call, folder: Path
) -> None:
    said = call("sweep", *arguments, "--out", "kept")
    assert (said.code, said.out, list(folder.iterdir())) == (2, "", [])
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_cluster_at_which_nobody_is_is_told(call: Call, folder: Path) -> None:
    said = call("sweep", "simple", "--seeds", "0:5", "--out", "kept", "--cluster", "tcp://127.0.0.1:1")
    assert (said.code, said.out, list(folder.iterdir())) == (2, "", [])
    assert "nobody answers as a Dask scheduler at 'tcp://127.0.0.1:1'" in said.err


def test_a_cluster_without_dask_is_told(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    arguments = ("sweep", "simple", "--seeds", "0:5", "--cluster", "tcp://127.0.0.1:8786")
    said = shell(*arguments, cwd=tmp_path, environment=environment)
    assert (said.code, "pip install 'simulation[cluster]'" in said.err) == (2, True)


def test_a_folder_that_is_not_ours_is_left_alone(call: Call, folder: Path) -> None:
    (folder / "thesis").mkdir()
    (folder / "thesis" / "chapter1.txt").write_text("Once upon a time", encoding="utf-8")
    said = call("sweep", "simple", "--seeds", "0:5", "--out", "thesis", *HERE)
    assert (said.code, [each.name for each in (folder / "thesis").iterdir()]) == (2, ["chapter1.txt"])
    assert "is no folder of a sweep, and not empty: it holds 'chapter1.txt'" in said.err


def test_a_file_is_no_folder(call: Call, folder: Path) -> None:
    (folder / "kept").write_text("", encoding="utf-8")
    said = call("sweep", "simple", "--seeds", "0:5", "--out", "kept", *HERE)
    assert (said.code, "is a file. A folder is needed" in said.err) == (2, True)


@pytest.mark.parametrize("place", ["/proc/kept", "/dev/null/kept"])
def test_a_folder_that_cannot_be_made_is_told(place: str, call: Call) -> None:
    said = call("sweep", "simple", "--seeds", "0:5", "--out", place, *HERE)
    assert (said.code, said.out) == (2, "")
    assert f"--out: {place} cannot be" in said.err


def test_results_of_another_text_of_a_scenario_are_not_mixed(call: Call, folder: Path) -> None:
    scenario = folder / "mine.toml"
    scenario.write_text(EVERYBODY_PROPOSES, encoding="utf-8")
    call("sweep", "mine.toml", "--seeds", "0:3", "--out", "kept", *HERE)
    scenario.write_text(EVERYBODY_PROPOSES.replace("1s", "2s"), encoding="utf-8")
    said = call("sweep", "mine.toml", "--seeds", "0:6", "--out", "kept", *HERE)
    assert (said.code, said.out) == (2, "")
    assert "holds results of another text of the scenario 'mine'" in said.err


def test_results_of_another_grid_are_not_mixed(call: Call) -> None:
    call("sweep", "simple", "--seeds", "0:3", "--out", "kept", *HERE)
    said = call("sweep", "simple", "--seeds", "0:3", "--grid", "profile=local,dist", "--out", "kept", *HERE)
    assert said.code == 2
    assert (
        "holds results of simple, and this sweep is of simple profile=local, simple profile=dist" in said.err
    )


def test_a_protocol_that_workers_cannot_import_is_told(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(
        "import sys, simulation\n"
        "from simulation.cli import main\n"
        "from simulation.protocols.textbook import Node\n"
        "class Mine(Node): pass\n"
        "words = 'sweep simple --seeds 0:9 --set protocol=__main__:Mine --jobs 2 --out kept'\n"
        "sys.exit(main(words.split()))\n",
        encoding="utf-8",
    )
    said = shell(cwd=tmp_path, command="script.py")
    assert (said.code, said.out, (tmp_path / "kept").exists()) == (2, "", False)
    assert "'__main__:Mine' cannot be imported" in said.err
    assert "has to be in a module that it can import" in said.err


def test_somebody_who_is_no_scheduler_and_says_nothing_is_told(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "ANSWER_S", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        said = call("sweep", "simple", "--seeds", "0:5", "--cluster", address)
    assert (said.code, f"nobody answers as a Dask scheduler at {address!r} (no answer)" in said.err) == (
        2,
        True,
    )
