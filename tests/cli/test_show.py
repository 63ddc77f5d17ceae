"""``simulation show`` as users use it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import simulation
from simulation.exports import EXPORTS
from tests.cli.conftest import Call

BUG = "protocol=simulation.planted:VOTES_FOR_ANYTHING"


@pytest.fixture
def record(call: Call, tmp_path: Path) -> Path:
    """The record of a run of ``simple``."""
    file = tmp_path / "run.jsonl"
    file.write_text(call("run", "simple", "--seed", "7", "--format", "jsonl").out, encoding="utf-8")
    return file


def test_a_scenario_becomes_a_diagram(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.svg"
    said = call("show", "simple", "--seed", "7", "-o", str(file))
    assert said.code == 0
    assert said.out == ""
    assert said.err.startswith("simple · seed 7 · local · PASS")
    assert file.read_text(encoding="utf-8") == str(simulation.run("simple", seed=7).diagram())


def test_a_record_becomes_the_same_diagram_as_its_scenario(call: Call, record: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"
    call("show", str(record), "-o", str(one))
    call("show", "simple", "--seed", "7", "-o", str(other))
    assert one.read_bytes() == other.read_bytes()


def test_a_scenario_becomes_its_record(call: Call, record: Path, tmp_path: Path) -> None:
    file = tmp_path / "again.jsonl"
    call("show", "simple", "--seed", "7", "-o", str(file))
    assert file.read_bytes() == record.read_bytes()


@pytest.mark.parametrize("ending", [".shiviz", ".perfetto.json"])
def test_a_record_becomes_what_other_tools_take(
    call: Call, record: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"run{ending}"
    assert call("show", str(record), "-o", str(file)).code == 0
    assert file.read_text(encoding="utf-8").split("\n")[:-1] == list(
        EXPORTS[ending](simulation.run("simple", seed=7))
    )


def test_a_scenario_becomes_a_page(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.html"
    assert call("show", "simple", "--seed", "7", "-o", str(file)).code == 0
    assert file.read_text(encoding="utf-8") == simulation.run("simple", seed=7).page().html()


def test_another_seed_or_a_record_stands_beside_it(call: Call, record: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.html", tmp_path / "other.html"
    said = call("show", "simple", "--seed", "3", "--beside", "7", "-o", str(one))
    assert [line[:15] for line in said.err.splitlines()] == ["simple · seed 3", "simple · seed 7"]
    call("show", "simple", "--seed", "3", "--beside", str(record), "-o", str(other))
    assert "agree" in one.read_text(encoding="utf-8")
    assert json.loads(data_of(one))["runs"][1]["line"] == json.loads(data_of(other))["runs"][1]["line"]


@pytest.mark.parametrize("name", ["run.HTML", "run.Svg", "run.PERFETTO.json"])
def test_the_case_of_an_ending_does_not_matter(call: Call, tmp_path: Path, name: str) -> None:
    lower, other = tmp_path / f"lower{name[3:].lower()}", tmp_path / name
    call("show", "simple", "-o", str(lower))
    assert call("show", "simple", "-o", str(other)).code == 0
    assert other.read_bytes() == lower.read_bytes()


def test_a_drawing_is_told_where_to_look_whatever_the_case_of_its_ending(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.SVG"
    assert call("show", "simple", "-o", str(file), "--most", "10").code == 0
    assert file.read_text(encoding="utf-8") == str(simulation.run("simple").diagram(most=10))


@pytest.mark.parametrize("command", [["show", "-", "-o", "run.svg"], ["replay", "-"]])
def test_a_record_comes_from_standard_input(
    call: Call, record: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(record.read_bytes())))
    said = call(*command)
    assert said.code == 0
    assert "simple · seed 7 · local · PASS" in said.out + said.err


def test_two_records_do_not_come_from_standard_input(
    call: Call, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(record.read_bytes())))
    assert "holds one record" in call("show", "-", "--beside", "-", "-o", "two.html").err


def test_a_failing_record_from_standard_input_says_that_it_came_from_there(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = call(
        "run", "duel", "--strategy", "portfolio", "--set", BUG, "--seed", "28", "--format", "jsonl"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(failing.out.encode())))
    assert call("replay", "-").err.endswith("repeat with: simulation replay - < RECORD\n")


def data_of(page: Path) -> str:
    """The runs in a page, as JSON."""
    after = page.read_text(encoding="utf-8").partition('type="application/json"')[2].partition(">")[2]
    return after.partition("</script>")[0]


def test_a_failing_run_is_shown_and_exits_with_1_and_the_command(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "failing.svg"
    show = ("show", "duel", "--strategy", "portfolio", "--set", BUG, "-o", str(file), "--seed")
    said = next(said for seed in range(200) if (said := call(*show, str(seed))).code)
    assert said.code == 1
    assert "repeat with: simulation show duel --seed " in said.err
    ElementTree.parse(file)


def test_what_is_folded_away_can_be_unfolded(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.svg"
    call("show", "simple", "-o", str(file))
    before = file.stat().st_size
    call("show", "simple", "-o", str(file), "--unfold", "heartbeats", "--unfold", "polls")
    assert file.stat().st_size > before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("simple", "-o", "run.png"), "Known: .html, .svg"),
        (("simple", "-o", "run.svgz"), "Did you mean '.svg'"),
        (("simple", "-o", "nowhere/run.svg"), "cannot be written"),
        (("simpel", "-o", "run.svg"), "simple"),
        (("simple", "-o", "run.svg", "--unfold", "polls,clients"), "--unfold: is 'polls,clients'. Known: "),
        (("simple", "-o", "run.svg", "--unfold", "poll"), "Did you mean 'polls'"),
        (("simple", "-o", "run.svg", "--around", "99999999"), "no event 99999999"),
        (("run.jsonl", "-o", "run.jsonl"), "is the record itself"),
        (("simple", "-o", "run.svg", "--beside", "3"), "side by side in a page only"),
        (("simple", "-o", "run.html", "--around", "3"), "--around goes with an .svg"),
        (("simple", "-o", "run.html", "--beside", "other"), "neither the file of a record nor a seed"),
        (("run.jsonl", "-o", "run.svg", "--seed", "3"), "a record has its own"),
        (("simple",), "-o"),
    ],
)
def test_what_makes_no_sense_is_told(
    call: Call,
    record: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call("show", *arguments)
    assert done.code == 2
    assert said in done.err
    assert [file.name for file in tmp_path.iterdir()] == ["run.jsonl"]


def test_a_record_of_another_version_is_told(call: Call, record: Path, tmp_path: Path) -> None:
    first, rest = record.read_text(encoding="utf-8").split("\n", 1)
    old = tmp_path / "old.jsonl"
    old.write_text(json.dumps({**json.loads(first), "format": 0}) + "\n" + rest, encoding="utf-8")
    said = call("show", str(old), "-o", str(tmp_path / "run.svg"))
    assert said.code == 2
    assert "this version reads 1" in said.err


def test_a_record_of_what_does_not_happen_is_not_drawn(call: Call, record: Path, tmp_path: Path) -> None:
    record.write_text(record.read_text(encoding="utf-8").replace('"time_us":110073', '"time_us":110074'))
    said = call("show", str(record), "-o", str(tmp_path / "run.svg"))
    assert said.code == 3
    assert "and then differ" in said.err


def test_python_writes_the_same_file(tmp_path: Path) -> None:
    run = simulation.run("simple", seed=7)
    simulation.show(run, tmp_path / "run.svg")
    assert (tmp_path / "run.svg").read_text(encoding="utf-8") == str(run.diagram())
    with pytest.raises(simulation.InputError, match="Known: "):
        simulation.show(run, tmp_path / "run.pdf")
