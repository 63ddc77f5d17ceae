"""Where a scenario is looked for, and what is said when it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.scenario import available, load, names
from simulation.scenario.library import is_bundled
from tests.scenario.files import CORRECT


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own(empty: Path) -> Path:
    """A current directory with a scenario of the user's own, called as a shipped one, and a broken one."""
    (empty / "scenarios").mkdir()
    (empty / "scenarios" / "simple.toml").write_text('about = "My own."\n' + CORRECT, encoding="utf-8")
    (empty / "scenarios" / "broken.toml").write_text("format 1", encoding="utf-8")
    return empty


def refusal(written: str | Path) -> str:
    with pytest.raises(InputError) as raised:
        load(written)
    return str(raised.value)


@pytest.mark.usefixtures("empty")
def test_a_bare_name_is_found_away_from_the_checkout() -> None:
    scenario = load("leader_crash_complex")
    assert (scenario.name, scenario.source) == ("leader_crash_complex", "leader_crash_complex.toml")


@pytest.mark.usefixtures("own")
def test_a_scenario_of_the_current_directory_comes_first() -> None:
    scenario = load("simple")
    assert (scenario.model.about, scenario.source) == ("My own.", "scenarios/simple.toml")


@pytest.mark.parametrize("written", ["scenarios/simple.toml", Path("scenarios/simple.toml")])
@pytest.mark.usefixtures("own")
def test_a_path_is_read_as_it_stands(written: str | Path) -> None:
    scenario = load(written)
    assert (scenario.name, scenario.source) == ("simple", "scenarios/simple.toml")


@pytest.mark.usefixtures("empty")
def test_a_name_of_the_package_means_the_same_anywhere() -> None:
    text = load("simple").text
    assert is_bundled("simple", text)
    assert not is_bundled("simple", f"{text}# another")
    assert not is_bundled("x" * 5000, text)


def test_a_name_that_is_hidden_here_does_not(empty: Path) -> None:
    text = load("simple").text
    (empty / "scenarios").mkdir()
    (empty / "scenarios" / "simple.toml").write_text(f"{text}# my own", encoding="utf-8")
    assert not is_bundled("simple", text)


@pytest.mark.usefixtures("empty")
def test_an_unknown_name_is_answered_with_the_nearest_and_all() -> None:
    said = refusal("leader_crash_complx")
    assert said.startswith(
        "scenario: there is no 'leader_crash_complx'. Did you mean 'leader_crash_complex'?"
    )
    assert ", ".join(names()) in said


def test_a_path_to_nowhere_is_answered_with_the_nearest_name(empty: Path) -> None:
    assert refusal("nowhere/simpel.toml") == (
        "scenario: there is no file 'nowhere/simpel.toml' in 'nowhere'. Did you mean 'simple'?"
    )


def test_a_folder_is_no_scenario(empty: Path) -> None:
    (empty / "folder.toml").mkdir()
    assert refusal("folder.toml").startswith("scenario: 'folder.toml' cannot be read: ")


def test_a_file_that_is_no_text_is_refused(empty: Path) -> None:
    (empty / "picture.toml").write_bytes(b"\xff\xd8\xff\xe0")
    assert refusal("picture.toml") == "scenario: 'picture.toml' is no text in UTF-8."


def test_a_byte_order_mark_does_not_matter(empty: Path) -> None:
    (empty / "marked.toml").write_text(CORRECT, encoding="utf-8-sig")
    assert load("marked.toml").text == CORRECT


@pytest.mark.usefixtures("own")
def test_the_list_has_the_users_own_and_the_shipped() -> None:
    found = {entry.name: entry.about for entry in available()}
    assert found["simple"] == "My own."
    assert found["broken"] == "cannot be read: run it to see why"
    assert found["many_1"] == "No failures: everybody proposes once for instance 2."


@pytest.mark.usefixtures("empty")
def test_the_list_is_sorted_and_names_nobody_twice() -> None:
    listed = [entry.name for entry in available()]
    assert listed == sorted(set(listed))
