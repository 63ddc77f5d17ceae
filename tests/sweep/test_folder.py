"""The folder of a sweep: whose it is, what does not go into it, and what a killed sweep leaves."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import simulation
from simulation import InputError, load
from simulation.scenario import parse
from simulation.sweep import folder as folder_module
from simulation.sweep.folder import Folder
from tests.sweep.sweeping import HERE, Steps, fresh_parts, rows, seeds


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def sweep(out: Path, scenarios: Any = "simple", wanted: Any = 3, **named: Any) -> simulation.Sweep:
    return simulation.sweep(scenarios, wanted, out=out, **{**HERE, **named})


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with what is in it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_folder_is_made_with_all_that_is_above_it(tmp_path: Path) -> None:
    assert sweep(tmp_path / "a" / "b" / "c").runs == 3


def test_an_empty_folder_will_do(out: Path) -> None:
    out.mkdir()
    assert sweep(out).runs == 3


def test_the_folder_tells_what_was_swept(out: Path) -> None:
    sweep(out, [load("simple", participants=4)])
    (swept,) = Folder(out).manifest().cells
    assert (swept.scenario, swept.overrides, swept.settings) == (
        "simple",
        "participants=4",
        {"participants": 4},
    )
    assert swept.text == load("simple").text


def test_the_same_again_does_nothing(out: Path) -> None:
    first = sweep(out)
    before = everything(out)
    again = sweep(out)
    assert (again.ran, again.runs, again.digest) == (0, 3, first.digest)
    assert everything(out) == before


def test_more_seeds_are_added_to_those_that_are_there(out: Path) -> None:
    sweep(out, wanted="5:8")
    more = sweep(out, wanted="0:12")
    assert (more.ran, seeds(more)) == (9, list(range(12)))


def test_of_a_folder_that_has_more_only_what_was_asked_for_is_told(out: Path) -> None:
    sweep(out, wanted=12)
    part = sweep(out, wanted="3:5")
    alone = simulation.sweep("simple", "3:5", **HERE)
    assert (part.ran, part.total, rows(part), part.digest) == (0, 2, rows(alone), alone.digest)


def test_the_same_scenarios_in_another_order_are_the_same(out: Path) -> None:
    first = sweep(out, ["simple", "simple_2"])
    again = sweep(out, ["simple_2", "simple"])
    assert (again.ran, again.digest) == (0, first.digest)


def text_changed() -> dict[str, Any]:
    return {"scenarios": parse(load("simple").text + "\n# changed\n", name="simple")}


OTHERS: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "another text": (text_changed, r"another text of the scenario 'simple'"),
    "another scenario": (lambda: {"scenarios": "simple_2"}, "simple, and this sweep is of simple_2"),
    "one scenario more": (
        lambda: {"scenarios": ["simple", "simple_2"]},
        "simple, and this sweep is of simple, simple_2",
    ),
    "another override": (
        lambda: {"scenarios": load("simple", participants=4)},
        "simple, and this sweep is of simple participants=4",
    ),
    "a grid": (
        lambda: {"grid": {"profile": ["local", "dist"]}},
        "this sweep is of simple profile=local, simple profile=dist",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_would_mix_results_is_refused_and_nothing_changes(name: str, out: Path) -> None:
    other, message = OTHERS[name]
    sweep(out)
    before = everything(out)
    with pytest.raises(InputError, match=f"^--out: .*holds results of .*{message}\\. Choose another folder"):
        sweep(out, **other())
    assert everything(out) == before


def test_results_of_another_version_are_refused(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep(out)
    monkeypatch.setattr(folder_module, "versions", lambda: "simulation 99")
    with pytest.raises(InputError, match=r"of another version: .*, and this is simulation 99\."):
        sweep(out)


def test_results_of_other_code_are_refused(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sweep_tests_own_protocol.py"
    file.write_text("from tests.sweep.planted import Polite as Mine\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    scenario = load("simple", protocol="sweep_tests_own_protocol:Mine")
    assert sweep(out, scenario).runs == 3
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    with pytest.raises(InputError, match="by other code: the package, or its protocol, was changed since"):
        sweep(out, scenario)
    sys.modules.pop("sweep_tests_own_protocol")


@pytest.mark.parametrize("name", ["notes.txt", "run.csv", ".hidden", "sweep.toml"])
def test_a_folder_of_somebody_else_is_refused_and_stays_as_it_is(name: str, out: Path) -> None:
    out.mkdir()
    (out / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=f"is no folder of a sweep, and not empty: it holds '{name}'"):
        sweep(out)
    assert everything(out) == {name: b"mine"}


def test_a_file_is_no_folder(out: Path) -> None:
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"is a file\. A folder is needed"):
        sweep(out)


def test_a_folder_below_a_file_cannot_be_made(out: Path) -> None:
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"^--out: "):
        sweep(out / "below")


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[]", b'{"what": "else"}', b"\xff\xfe"], ids=repr)
def test_a_manifest_that_is_none_is_refused(content: bytes, out: Path) -> None:
    out.mkdir()
    (out / "sweep.json").write_bytes(content)
    for call in (lambda: sweep(out), lambda: simulation.read_sweep(out)):
        with pytest.raises(InputError, match="is not what a sweep writes there"):
            call()


def test_a_manifest_of_another_program_is_refused(out: Path) -> None:
    sweep(out)
    manifest = json.loads((out / "sweep.json").read_bytes())
    (out / "sweep.json").write_text(json.dumps({**manifest, "what": "else"}), encoding="utf-8")
    with pytest.raises(InputError, match="is not what a sweep writes there"):
        sweep(out)


def test_reading_a_folder_that_is_no_sweeps_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match=r"is no folder of a sweep: it has no sweep\.json"):
            simulation.read_sweep(path)


def test_reading_what_is_whole_and_of_today_warns_of_nothing(out: Path) -> None:
    sweep(out)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        simulation.read_sweep(out)


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"made_by": "simulation 0.0.1"}, r"written by another version: simulation 0\.0\.1, and this is "),
        ({"code": "0123456789abcdef"}, r"simple by other code: the package, or its protocol, was changed"),
        ({"scenario": "simple_2"}, r"there are no runs of simple_2 yet\."),
    ],
)
def test_reading_warns_of_what_may_not_be_what_it_seems(
    changed: dict[str, str], doubt: str, out: Path
) -> None:
    sweep(out)
    manifest = json.loads((out / "sweep.json").read_bytes())
    manifest["made_by"] = changed.get("made_by", manifest["made_by"])
    manifest["cells"].append({**manifest["cells"].pop(), **changed})
    (out / "sweep.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.warns(UserWarning, match=doubt):
        simulation.read_sweep(out)


def test_reading_warns_of_a_part_that_is_lost(out: Path) -> None:
    with fresh_parts():
        sweep(out, chunk=1)
    Folder(out).parts()[1].unlink()
    with pytest.warns(UserWarning, match=r"there are no runs of the seeds 1:2 of simple\."):
        simulation.read_sweep(out)


def test_reading_refuses_what_a_sweep_refuses_to_go_on_with(out: Path) -> None:
    sweep(out)
    Folder(out).distrust("simple, seed 1: differs")
    for call in (lambda: sweep(out), lambda: simulation.read_sweep(out)):
        with pytest.raises(simulation.NondeterminismError, match=r"seed 1: differs\n.* not to be trusted"):
            call()


@pytest.mark.parametrize(
    "left",
    [
        "runs/part-000000001.parquet.unfinished",
        "runs/part-000000001.json.unfinished",
        "failures/simple-0-seed-1.jsonl.unfinished",
    ],
)
def test_what_a_killed_sweep_left_half_written_is_no_result_and_goes_away(left: str, out: Path) -> None:
    first = sweep(out)
    (out / left).write_bytes(b"half a")
    assert rows(simulation.read_sweep(out)) == rows(first)
    again = sweep(out)
    assert (again.ran, again.digest) == (0, first.digest)
    assert not (out / left).exists()


def test_results_without_a_word_of_what_they_are_of_are_not_taken_over(out: Path) -> None:
    sweep(out)
    (out / "sweep.json").unlink()
    with pytest.raises(InputError, match=r"has results and no sweep\.json that says of what"):
        sweep(out)


@pytest.mark.parametrize("left", [".lock", "sweep.json.unfinished"])
def test_a_sweep_that_was_killed_at_its_very_beginning_can_be_started_again(left: str, out: Path) -> None:
    (out / "runs").mkdir(parents=True)
    (out / "failures").mkdir()
    (out / left).write_bytes(b"")
    assert sweep(out).runs == 3


def test_what_somebody_else_put_there_stays(out: Path) -> None:
    sweep(out)
    (out / "runs" / ".ipynb_checkpoints").mkdir()
    (out / "failures" / ".notes").touch()
    (out / "notes.txt").touch()
    assert sweep(out, wanted=4).ran == 1
    assert (out / "runs" / ".ipynb_checkpoints").exists()
    assert (out / "failures" / ".notes").exists()


@pytest.mark.parametrize(
    "name", ["with space", "o'brien", 'say "so"', "ümlaut", "a[1]", "a*", "{a,b}", "100%", "a=b", "#1", "a;b"]
)
def test_a_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    first = sweep(tmp_path / name)
    assert sweep(tmp_path / name, wanted=5).ran == 2
    assert seeds(simulation.read_sweep(tmp_path / name)) == list(range(5))
    assert first.failed == 0


@pytest.mark.parametrize("name", ["seed=7", "profile=dist", "scenario=x"])
def test_a_folder_may_be_called_like_a_column(name: str, tmp_path: Path) -> None:
    sweep(tmp_path / name)
    assert sweep(tmp_path / name, wanted=5).ran == 2
    assert seeds(simulation.read_sweep(tmp_path / name)) == list(range(5))


@pytest.mark.parametrize(("name", "other"), [("a?c", "abc"), ("a[b]c", "abc"), ("a*", "abc")])
def test_a_folder_whose_name_fits_another_has_its_own_rows_only(
    name: str, other: str, tmp_path: Path
) -> None:
    sweep(tmp_path / other, wanted=4)
    assert sweep(tmp_path / name, wanted=3).ran == 3
    assert seeds(simulation.read_sweep(tmp_path / name)) == [0, 1, 2]


def test_a_second_sweep_into_the_folder_is_refused_and_the_first_is_complete(out: Path) -> None:
    refused = []

    def second() -> None:
        with pytest.raises(InputError, match="another sweep is writing into") as raised:
            sweep(out, wanted=8)
        refused.append(raised.value)

    first = sweep(out, wanted=8, chunk=1, progress=Steps(2, second))
    assert len(refused) == 1
    assert (first.ran, rows(first)) == (8, rows(simulation.sweep("simple", 8, **HERE)))


def test_nothing_is_written_where_the_sweep_is_refused(out: Path) -> None:
    for wrong in ({"wanted": 0}, {"jobs": 0}, {"watch": 2}, {"grid": {"profile": ["nowhere"]}}):
        with pytest.raises(InputError):
            sweep(out, **wrong)
    assert not out.exists()
