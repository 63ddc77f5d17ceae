"""What a marked test says of its runs."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import Suite, outcomes

CARELESS = '@pytest.mark.scenario("duel", seeds=20, protocol="mypackage.paxos:Careless")\n'


def test_three_lines_run_a_scenario_over_many_seeds(suite: Suite) -> None:
    done = suite(
        '@pytest.mark.scenario("duel", seeds=20)\ndef test_it(run):\n    assert run.verdict == "pass"\n'
    )
    assert outcomes(done) == {"passed": 3}


def test_the_function_is_called_with_the_run_of_every_seed(suite: Suite) -> None:
    done = suite(
        """
seen = []

@pytest.mark.scenario("duel", seeds="3:23", participants=3)
def test_it(run):
    seen.append((run.seed, run.scenario.overrides["participants"], run.verdict))

def test_afterwards():
    assert seen == [(seed, 3, "pass") for seed in range(3, 23)]
"""
    )
    assert outcomes(done) == {"passed": 4}


def test_runs_are_judged_where_the_function_looks_at_none(suite: Suite) -> None:
    assert outcomes(suite(f"{CARELESS}def test_it():\n    pass\n")) == {"failed": 2, "passed": 1}


def test_a_failure_shows_verdict_evidence_and_at_the_end_the_command(suite: Suite) -> None:
    done = suite(f"{CARELESS}def test_it(run):\n    pass\n", "--simulation-seeds", "0:8")
    assert outcomes(done) == {"failed": 1}
    shown = done.outlines[next(n for n, line in enumerate(done.outlines) if line.startswith("____")) + 1 :]
    shown = shown[: next(n for n, line in enumerate(shown) if line.startswith("===="))]
    assert shown[0].startswith("duel · seed 0 · local · FAIL · ")
    assert shown[1].startswith("violated: agreement: ")
    evidence = [line for line in shown if line.startswith('  {"id":')]
    assert any('"content":{"is":"Decided"' in line for line in evidence)
    assert shown[-2:] == [
        "not run: the seeds after it in this test, 1:8",
        "repeat with: simulation run duel --seed 0 --set protocol=mypackage.paxos:Careless",
    ]


def test_a_failure_shows_nothing_of_the_inside(suite: Suite) -> None:
    done = suite(f"{CARELESS}def test_it(run):\n    pass\n")
    done.stdout.no_fnmatch_line("*blocks.py*")
    done.stdout.no_fnmatch_line("*raceback*")


def test_the_summary_names_seed_and_verdict(suite: Suite) -> None:
    done = suite(f"{CARELESS}def test_it(run):\n    pass\n", "-rf")
    done.stdout.fnmatch_lines(["FAILED test_it.py::test_it[[]duel-seeds=0:8[]] - Failed: duel * seed 0 *"])


def test_the_function_is_not_called_with_a_run_that_fails(suite: Suite) -> None:
    done = suite(f"{CARELESS}def test_it(run):\n    raise RuntimeError(run.verdict)\n")
    done.stdout.no_fnmatch_line("*RuntimeError: fail*")


def test_an_assertion_of_ones_own_keeps_its_traceback_and_gets_the_commands(suite: Suite) -> None:
    done = suite(
        """
class TestA:
    @pytest.mark.scenario("duel", seeds=20)
    def test_it(self, run):
        assert run.seed != 11, "eleven"
"""
    )
    assert outcomes(done) == {"passed": 2, "failed": 1}
    done.stdout.fnmatch_lines(
        [
            '>       assert run.seed != 11, "eleven"',
            "E       AssertionError: eleven",
            "E       in the run",
            "E       duel * seed 11 * PASS *",
            "E       the test with * alone: pytest test_it.py::TestA::test_it --simulation-seeds 11:12",
            "E       repeat with: simulation run duel --seed 11",
        ]
    )


def test_a_failure_told_by_hand_gets_the_commands_too(suite: Suite) -> None:
    done = suite('@pytest.mark.scenario("duel", seeds=1)\ndef test_it(run):\n    pytest.fail("so it is")\n')
    done.stdout.fnmatch_lines(
        ["E       Failed: so it is", "E       repeat with: simulation run duel --seed 0"]
    )


def test_an_unknown_run_fails(suite: Suite) -> None:
    done = suite('@pytest.mark.scenario("rests", seeds=3)\ndef test_it(run):\n    pass\n')
    assert outcomes(done) == {"failed": 1}
    done.stdout.fnmatch_lines(["rests * seed 0 * UNKNOWN *", "unknown: did what it says: did not happen: *"])


def test_where_unknown_is_allowed_a_test_that_shows_nothing_is_skipped(suite: Suite) -> None:
    source = '@pytest.mark.scenario("rests", seeds=2, allow="unknown")\ndef test_it(run):\n    pass\n'
    done = suite(source, "-rs")
    assert outcomes(done) == {"skipped": 1}
    done.stdout.fnmatch_lines(["SKIPPED *rests: no run of seeds 0:2 shows anything, as seed 1: did not *"])


def test_where_unknown_is_allowed_a_test_passes_that_shows_something(suite: Suite) -> None:
    done = suite(
        """
seen = set()

@pytest.mark.scenario("rests", seeds=8, allow="unknown")
def test_it(run):
    seen.add(run.verdict)

def test_afterwards():
    assert seen == {"pass", "unknown"}
"""
    )
    assert outcomes(done) == {"passed": 2}


def test_a_failure_that_is_allowed_is_for_the_function_to_judge(suite: Suite) -> None:
    allowing = CARELESS.replace("seeds=20", 'seeds=1, allow=["fail"]')
    done = suite(f'{allowing}def test_it(run):\n    assert run.verdict == "fail"\n')
    assert outcomes(done) == {"passed": 1}


def test_a_failure_that_is_allowed_shows_something_even_where_more_is_unknown(suite: Suite) -> None:
    done = suite(
        """
@pytest.mark.scenario("rests", seeds=2, allow="fail", protocol="mypackage.paxos:Mute")
def test_it(run):
    assert run.verdict == "fail" and run.unknowns
"""
    )
    assert outcomes(done) == {"passed": 1}


def test_a_skip_holds_for_its_seed_alone(suite: Suite) -> None:
    done = suite(
        """
@pytest.mark.scenario("duel", seeds=8)
def test_some(run):
    if run.seed < 4:
        pytest.skip("small")
    assert run.seed != 5

@pytest.mark.scenario("duel", seeds=8)
def test_all(run):
    pytest.skip("every one")
"""
    )
    assert outcomes(done) == {"failed": 1, "skipped": 1}


def test_an_expected_failure_of_one_seed_hides_none_of_another(suite: Suite) -> None:
    done = suite(
        """
@pytest.mark.scenario("duel", seeds=16)
def test_it(run):
    if run.seed in (0, 8):
        pytest.xfail("known")
    assert run.seed != 10
"""
    )
    assert outcomes(done) == {"xfailed": 1, "failed": 1}


def test_a_fixture_that_wants_a_run_is_told_that_it_cannot_have_one(suite: Suite) -> None:
    done = suite(
        """
@pytest.fixture
def decided(run):
    return run.decisions

@pytest.mark.scenario("duel", seeds=2)
def test_it(decided):
    pass
"""
    )
    assert outcomes(done) == {"errors": 1}
    done.stdout.fnmatch_lines(
        ["E *AttributeError: 'decisions' cannot be had of the run here: a fixture is set up *"]
    )


def test_other_fixtures_and_parameters_stand_beside_a_run(suite: Suite) -> None:
    done = suite(
        """
@pytest.mark.parametrize("word", ["a", "b"])
@pytest.mark.scenario("duel", seeds=16)
def test_it(tmp_path, word, run):
    assert tmp_path.is_dir() and word in "ab"
"""
    )
    assert outcomes(done) == {"passed": 4}


def test_a_machine_that_raises_is_an_error_with_its_traceback_and_the_command(suite: Suite) -> None:
    done = suite(
        '@pytest.mark.scenario("duel", seeds=4, protocol="mypackage.paxos:Raises")\ndef test_it(run): pass\n'
    )
    done.stdout.fnmatch_lines(
        [
            '*raise ZeroDivisionError("by a machine")',
            "E *duel * seed 0 * no verdict: the harness, or a machine of the protocol, is at fault",
            "E *repeat with: simulation run duel --seed 0 --set protocol=mypackage.paxos:Raises",
        ]
    )


@pytest.mark.parametrize("option", ["-x", "--tb=short", "-q", "--show-capture=no"])
def test_the_command_is_shown_whatever_pytest_is_told_to_show(suite: Suite, option: str) -> None:
    done = suite(f"{CARELESS}def test_it(run):\n    pass\n", option)
    done.stdout.fnmatch_lines(["repeat with: simulation run duel --seed 0 *"])
