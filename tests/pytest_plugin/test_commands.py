"""The command that a failure ends in gives that run again, wherever scenario and protocol are from."""

from __future__ import annotations

import sys
import tempfile

import pytest

from simulation.cli import main
from tests.pytest_plugin.conftest import Suite, commands, environment_and_words, typed

FAILING = "\ndef test_it(run):\n    pass\n"

MARKERS = {
    "a bare name": ("", '"simple", participants=4'),
    "a file of the project": ("", '"duel"'),
    "a path from the root": ("", '"scenarios/duel.toml"'),
    "settings of every kind": (
        "",
        '"duel", participants=4, values=[7, 8, 9, 10], network={"delay": "1..300ms", "fifo": True},'
        ' roles={"most": ["p1", "p2"]}, let={"which": {"one_of": [1, 2]}}',
    ),
    "an object from a file": ("import simulation", 'simulation.load("duel", linger="3ms")'),
    "an object from a path, and more settings": (
        "import simulation",
        'simulation.load("scenarios/duel.toml", linger="3ms"), profile="dist"',
    ),
    "an object from text": (
        "import simulation\nfrom simulation.scenario import parse",
        'parse(simulation.load("duel").text + "# mine", name="my own"), linger="5ms"',
    ),
}
"""By title, what a test module imports, and what its marker says."""

PROTOCOLS = {
    "by its name": ("", '"mypackage.paxos:Careless"', "mypackage.paxos:Careless"),
    "a class": ("from mypackage.paxos import Careless", "Careless", "mypackage.paxos:Careless"),
    "a Protocol": ("from mypackage.paxos import CARELESS", "CARELESS", "mypackage.paxos:CARELESS"),
    "a class of the test": (
        "from mypackage import paxos\nclass Mine(paxos.Careless): pass",
        "Mine",
        "test_it:Mine",
    ),
    "a Protocol of the test": (
        "from msgspec.structs import replace\nfrom mypackage import paxos\n"
        "MINE = replace(paxos.CARELESS, name='mine')",
        "MINE",
        "test_it:MINE",
    ),
}
"""By title, what a test module begins with, the protocol that its marker says, and the name of that."""


def judged(command: str, project: pytest.Pytester, shown: str) -> None:
    """Fail if the command does not end in the line that was shown."""
    said = typed(command, project)
    assert said.code == 1, said.err
    assert shown in said.err.splitlines()


def the_line(result: pytest.RunResult) -> str:
    """The run in one line, as the first failure shows it."""
    return next(
        line for line in result.outlines if " · FAIL · " in line and line.partition(" ·")[0].islower()
    )


@pytest.mark.parametrize("title", MARKERS)
def test_it_repeats_a_run_of(title: str, suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    imports, marker = MARKERS[title]
    protocol = "tests.mutants.catalogue:NEVER_DECIDES"
    done = suite(f'{imports}\n@pytest.mark.scenario({marker}, protocol="{protocol}", seeds="1:3"){FAILING}')
    environment, words = environment_and_words(commands(done)[0])
    capsys.readouterr()
    assert (main(words), environment) == (1, {})
    assert the_line(done) in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("title", PROTOCOLS)
def test_it_names_a_protocol_handed_over_as(title: str, suite: Suite) -> None:
    begin, protocol, name = PROTOCOLS[title]
    done = suite(f'{begin}\n@pytest.mark.scenario("duel", protocol={protocol}, seeds=8){FAILING}')
    assert commands(done) == [f"simulation run duel --seed 0 --set protocol={name}"]


def test_a_folder_to_which_two_entries_of_the_path_lead_is_one(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, ""])
    begin, protocol, name = PROTOCOLS["a class"]
    done = suite(f'{begin}\n@pytest.mark.scenario("duel", protocol={protocol}, seeds=8){FAILING}')
    assert commands(done) == [f"simulation run duel --seed 0 --set protocol={name}"]


@pytest.mark.parametrize("title", ["a class", "a Protocol of the test"])
def test_it_repeats_a_run_in_a_new_process_with(title: str, suite: Suite, project: pytest.Pytester) -> None:
    begin, protocol, _ = PROTOCOLS[title]
    done = suite(f'{begin}\n@pytest.mark.scenario("duel", protocol={protocol}, seeds=8){FAILING}')
    judged(commands(done)[0], project, the_line(done))


def test_it_says_where_a_protocol_is_that_only_pytest_finds(suite: Suite, project: pytest.Pytester) -> None:
    begin, protocol, _ = PROTOCOLS["a class of the test"]
    project.makeini("[pytest]\naddopts = -p _simulation_pytest\npythonpath = .")
    source = f'{begin}\n@pytest.mark.scenario("duel", protocol={protocol}, seeds=8){FAILING}'
    done = suite(source, file="my tests/test_it.py")
    [command] = commands(done)
    assert command.startswith("PYTHONPATH='my tests:")
    assert command.endswith(" simulation run duel --seed 0 --set protocol=test_it:Mine")
    judged(command, project, the_line(done))


@pytest.mark.parametrize("workers", [(), ("-p", "xdist.plugin", "-n", "1")], ids=["alone", "in a worker"])
def test_it_says_where_a_protocol_is_that_a_setting_of_pytest_finds(
    workers: tuple[str, ...], suite: Suite, project: pytest.Pytester
) -> None:
    (project.path / "mypackage").rename(project.mkdir("src") / "mypackage")
    project.makeini("[pytest]\naddopts = -p _simulation_pytest\npythonpath = src")
    marker = '@pytest.mark.scenario("duel", protocol="mypackage.paxos:Careless", seeds=1)'
    (project.path / "test_it.py").write_text(f"import pytest\n\n{marker}{FAILING}", encoding="utf-8")
    # In a process of its own: in this one, modules and folders are there that another has not.
    done = project.runpytest_subprocess(*workers)
    [command] = commands(done)
    assert command.startswith("PYTHONPATH=src:")
    judged(command, project, the_line(done))


def test_a_scenario_beside_the_test_is_named_from_where_pytest_was_started(
    suite: Suite, project: pytest.Pytester
) -> None:
    project.mkdir("tests")
    (project.path / "scenarios" / "duel.toml").rename(project.path / "tests" / "duel.toml")
    source = f'@pytest.mark.scenario("duel.toml", protocol="mypackage.paxos:Careless", seeds=8){FAILING}'
    done = suite(source, file="tests/test_it.py")
    [command] = commands(done)
    assert command.startswith("simulation run tests/duel.toml --seed 0 ")


def test_a_path_is_looked_for_in_the_root_before_it_is_beside_the_test(
    suite: Suite, project: pytest.Pytester
) -> None:
    file = project.path / "scenarios" / "duel.toml"
    other = project.mkdir("tests") / "scenarios"
    other.mkdir()
    (other / "duel.toml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    source = (
        f'@pytest.mark.scenario("scenarios/duel.toml", seeds=1, protocol="mypackage.paxos:Careless"){FAILING}'
    )
    [command] = commands(suite(source, file="tests/test_it.py"))
    assert command.startswith("simulation run scenarios/duel.toml --seed 0 ")


def test_it_holds_in_the_folder_where_pytest_was_started(
    suite: Suite, project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = '@pytest.mark.scenario("duel", protocol="tests.mutants.catalogue:INVENTS_A_VALUE", seeds=8)'
    suite(f"{source}{FAILING}")
    monkeypatch.chdir(project.path / "mypackage")
    done = project.runpytest_inprocess("..", "--rootdir=..")
    [command] = commands(done)
    assert command.startswith(f"simulation run {project.path / 'scenarios' / 'duel.toml'} --seed 0 ")


@pytest.mark.parametrize("option", ["-pcacheprovider", "-pno:cacheprovider"])
def test_a_scenario_that_is_in_no_file_is_written_into_one(
    option: str, suite: Suite, project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(project.path))
    imports, marker = MARKERS["an object from text"]
    source = f"{imports}\n@pytest.mark.scenario({marker}, seeds=1)\ndef test_it(run):\n    assert False"
    [command] = commands(suite(source, option))
    _, words = environment_and_words(command)
    assert words[1].startswith(".pytest_cache/" if option == "-pcacheprovider" else "simulation-")
    assert (project.path / words[1]).read_text(encoding="utf-8").endswith("# mine")


def test_no_command_is_told_that_gives_another_run(suite: Suite) -> None:
    done = suite(
        """
import simulation
from msgspec.structs import replace

read = simulation.load("simple")
LONGER = replace(read, model=replace(read.model, linger_us=read.model.linger_us + 5))

@pytest.mark.scenario(LONGER, seeds=1)
def test_it(run):
    assert False
"""
    )
    assert commands(done) == []
    done.stdout.fnmatch_lines(["E *no command repeats it: this Scenario object is not what its text says, *"])


def test_it_does_not_depend_on_where_the_test_has_gone(suite: Suite) -> None:
    done = suite(
        """
@pytest.mark.scenario("duel", seeds=1)
def test_it(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run.verdict == "fail"
"""
    )
    assert commands(done) == ["simulation run duel --seed 0"]


def test_a_name_that_the_command_line_takes_for_another_scenario_is_not_used(
    suite: Suite, project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = '@pytest.mark.scenario("simple", protocol="tests.mutants.catalogue:NEVER_DECIDES", seeds=1)'
    suite(f"{source}{FAILING}")
    other = project.mkdir("below") / "scenarios"
    other.mkdir()
    monkeypatch.chdir(other.parent)
    (project.path / "scenarios" / "simple.toml").write_text(
        (project.path / "scenarios" / "duel.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (other / "simple.toml").write_text(
        (project.path / "scenarios" / "rests.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    done = project.runpytest_inprocess("..", "--rootdir=..")
    assert commands(done)[0].startswith(
        f"simulation run {project.path / 'scenarios' / 'simple.toml'} --seed 0"
    )
