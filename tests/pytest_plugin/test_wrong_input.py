"""What a marker asks for and cannot get is told when tests are collected, in words that help."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import Suite, outcomes

WRONG = {
    "no scenario": ("seeds=3", "the marker names no scenarios; one is needed, as in @pytest.mark.scenario(*"),
    "two scenarios": ('"duel", "simple", seeds=3', "the marker names 2 scenarios; one is needed, as in *"),
    "a number": ("5, seeds=3", "scenario: is 5; a name, a path or a simulation.Scenario is needed"),
    "an unknown name": ('"dual", seeds=3', "scenario: there is no 'dual'. Did you mean 'duel'? Known: *"),
    "no such file": (
        '"a/b.toml", seeds=3',
        "scenario: there is no file 'a/b.toml', neither in * nor beside the test.",
    ),
    "a wrong file": ('"broken.toml", seeds=3', "broken.toml:2: participantz: no such key. *'participants'?"),
    "a wrong setting": ('"duel", seeds=3, participants=0', "--set participants: *"),
    "an unknown setting": ('"duel", seeds=3, participantz=3', "--set participantz: no such key. *"),
    "no seeds": ('"duel"', "seeds: is missing, and the scenario has no sweep.seeds. Write *"),
    "seeds that are none": (
        '"duel", seeds=0',
        "seeds: is 0: no seed at all, and a number of seeds such as *",
    ),
    "negative seeds": ('"duel", seeds=-1', "seeds: is -1: no seed at all, and *"),
    "a negative seed": (
        '"duel", seeds=range(-1, 3)',
        "seed: is -1; a whole number from 0 to 2[*][*]128 - 1 *",
    ),
    "a seed that is a word": ('"duel", seeds=["x"]', "seed: is 'x'; a whole number *"),
    "seeds in words": ('"duel", seeds="many"', "seeds: is 'many'; a number of seeds such as 200, a range *"),
    "backward seeds": ('"duel", seeds="9:3"', "seeds: is '9:3': no seed at all, and *"),
    "a pair of seeds": (
        '"duel", seeds=(0, 9)',
        "seeds: is (0, 9). Is '0:9' meant, or the list [[]0, 9[]][?]",
    ),
    "a truth for seeds": ('"duel", seeds=True', "seeds: is True; *"),
    "too many seeds": (
        '"duel", seeds=10**30',
        "seeds: is *; more than 1,000,000,000 seeds are too many for *",
    ),
    "an unknown verdict": ('"duel", seeds=3, allow="unknwon"', "allow: is 'unknwon'. Known: *'unknown'?"),
    "a number to allow": ('"duel", seeds=3, allow=3', "allow: is 3; 'unknown', 'fail' or both are needed"),
    "an unknown protocol": ('"duel", seeds=3, protocol="paxo"', "--set protocol: there is no 'paxo'. *"),
    "a protocol that cannot be imported": (
        '"duel", seeds=3, protocol="mypackage.paxos:Wrong"',
        "--set protocol: 'mypackage.paxos:Wrong' cannot be imported: AttributeError: *",
    ),
    "a protocol that has no name": (
        '"duel", seeds=3, protocol=(lambda: type("Hidden", (Right,), {}))()',
        "protocol: <class 'test_it.Hidden'> cannot be imported by its name. Define it at the *",
    ),
    "what is no protocol": ('"duel", seeds=3, protocol=int', "--set protocol: *"),
    "an object that cannot be named": (
        'parse(load("duel").text, name="a/b"), seeds=3',
        "scenario: is called 'a/b', which cannot be the name of a test's part",
    ),
}
"""By title, what the marker says and what is said of it."""

MODULE = """\
from simulation import load
from simulation.scenario import parse
from mypackage.paxos import Right

@pytest.mark.scenario({})
def test_it(run):
    pass
"""


@pytest.mark.parametrize("title", WRONG)
def test_wrong_is(title: str, suite: Suite, project: pytest.Pytester) -> None:
    marker, told = WRONG[title]
    (project.path / "broken.toml").write_text("format = 1\nparticipantz = 3\n", encoding="utf-8")
    done = suite(MODULE.format(marker), "-ra")
    assert outcomes(done) == {"errors": 1}
    done.stdout.fnmatch_lines(
        ["test_it.py::test_it: what the marker 'scenario' asks for cannot be run:", told]
    )
    done.stdout.no_fnmatch_line("*INTERNALERROR*")
    done.stdout.no_fnmatch_line("*seed 0*")


def test_all_mistakes_of_a_file_are_told_at_once(suite: Suite, project: pytest.Pytester) -> None:
    (project.path / "broken.toml").write_text("format = 1\nparticipants = 3\nvaluez = 1\n", encoding="utf-8")
    done = suite('@pytest.mark.scenario("broken.toml", seeds=3, linger="x")\ndef test_it(run):\n    pass\n')
    done.stdout.fnmatch_lines(["--set linger: *", "broken.toml:3: valuez: *", "* mistakes in broken.toml"])


@pytest.mark.parametrize("seeds", ["x", "0", "3:3", "-1", "", "0:99999999999"])
def test_wrong_seeds_on_the_command_line_are_a_mistake_of_usage(suite: Suite, seeds: str) -> None:
    done = suite("def test_it(): pass", f"--simulation-seeds={seeds}")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: --simulation-seeds: is *"])


def test_what_a_seed_alone_shows_to_be_wrong_is_no_failure_of_the_protocol(suite: Suite) -> None:
    done = suite(
        """
from msgspec.structs import replace
from simulation import load

whole = load("simple")
PATCHED = replace(whole, model=replace(whole.model, scripts=whole.model.scripts[:1]))

@pytest.mark.scenario(PATCHED, seeds=3)
def test_it(run):
    pass
"""
    )
    assert outcomes(done) == {"failed": 1}
    done.stdout.fnmatch_lines(["wrong input, found with seed 0: simple.toml: with seed 0: p* has no script."])


def test_a_marker_on_what_has_no_runs_fails(suite: Suite) -> None:
    done = suite(
        """
import unittest

class TestIt(unittest.TestCase):
    @pytest.mark.scenario("duel", seeds=3)
    def test_it(self):
        pass
"""
    )
    assert outcomes(done) == {"errors": 1}
    done.stdout.fnmatch_lines(["*the marker 'scenario' stands on something that pytest cannot call with *"])


def test_a_coroutine_is_not_taken_for_a_test_that_passed(suite: Suite) -> None:
    done = suite('@pytest.mark.scenario("duel", seeds=3)\nasync def test_it(run):\n    assert False\n')
    # pytest 8 skips it and warns, and later ones let it fail.
    assert "passed" not in outcomes(done)
