"""What Python users and notebooks rely on: ``import simulation`` and the names behind it."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy
import pytest

import simulation
from simulation.checks import Unknown, Violated

PUBLIC = {
    "HarnessError",
    "InputError",
    "NondeterminismError",
    "RecordError",
    "Run",
    "Runner",
    "Scenario",
    "ScenarioError",
    "SimulationError",
    "load",
    "replay",
    "run",
}
"""Names that stay: users may rely on them."""


@pytest.fixture(scope="module")
def run() -> simulation.Run:
    """The run of the README."""
    return simulation.run(simulation.load("leader_crash_complex", participants=11), seed=7)


def test_every_promised_name_is_there() -> None:
    assert set(simulation.__all__) >= PUBLIC
    assert [name for name in simulation.__all__ if not hasattr(simulation, name)] == []


def test_every_name_is_documented_where_it_is() -> None:
    undocumented = [name for name in simulation.__all__ if not getattr(simulation, name).__doc__]
    assert undocumented == []


def test_a_run_tells_everything_about_itself(run: simulation.Run) -> None:
    assert (run.seed, run.verdict, run.violations, run.unknowns) == (7, "pass", [], [])
    assert (len(run.survivors), run.events, len(run.digest)) == (6, len(run.trace), 32)
    assert run.virtual_us > 0
    assert run.ballots > 0
    assert sum(run.messages.values()) < run.events


def test_the_decisions_are_values_by_instance_and_process(run: simulation.Run) -> None:
    assert set(run.decisions) == {1}
    assert set(run.decisions[1]) >= set(run.survivors)
    assert len(set(run.decisions[1].values())) == 1


def test_the_log_is_text_that_ends_in_the_values(run: simulation.Run) -> None:
    assert run.log().splitlines()[-1].startswith("[val: ")


def test_a_run_is_one_line_to_look_at(run: simulation.Run) -> None:
    value = run.decisions[1][run.survivors[0]]
    beginning = f"leader_crash_complex · seed 7 · local · PASS · 6 of 6 decided {value} · "
    assert repr(run).startswith(beginning)
    assert repr(run).endswith(f" virtual · {run.events} events · digest {run.digest[:8]}")


def test_what_many_instances_decided_alike_is_said_once() -> None:
    run = simulation.run(simulation.load("storm_partitions", protocol="textbook"), seed=3)
    assert " · 3 of 3 decided 209 in each of 5 instances · " in repr(run)


def test_a_scenario_is_run_by_its_name_or_path(tmp_path: Path) -> None:
    scenario = simulation.load("simple")
    path = tmp_path / "simple.toml"
    path.write_text(scenario.text, encoding="utf-8")
    runs = [simulation.run(which, seed=3) for which in (scenario, "simple", path, str(path))]
    assert len({run.digest for run in runs}) == 1


def test_overrides_are_keyword_arguments() -> None:
    scenario = simulation.load("simple", participants=5, network={"delay": "1..2ms"}, profile="dist")
    run = simulation.run(scenario)
    assert (len(run.survivors), run.as_json()["profile"]) == (5, "dist")


def test_a_seed_may_come_out_of_a_frame() -> None:
    run = simulation.run("simple", seed=numpy.int64(7))  # type: ignore[arg-type]
    assert type(run.seed) is int
    assert run.digest == simulation.run("simple", seed=7).digest


@pytest.mark.parametrize("seed", [-1, 2**128, 1.0, "7", True, None])
def test_a_seed_that_is_none_is_refused(seed: object) -> None:
    with pytest.raises(simulation.InputError, match=r"seed: is .*a whole number from 0 to"):
        simulation.run("simple", seed=seed)  # type: ignore[arg-type]


def test_an_error_of_a_scenario_has_every_problem() -> None:
    with pytest.raises(simulation.ScenarioError) as raised:
        simulation.load("simple", participants="five", profile="wan9")
    assert [problem.split(":")[0] for problem in raised.value.problems] == [
        "--set participants",
        "--set profile",
    ]


def test_an_error_of_a_scenario_survives_the_way_out_of_a_worker() -> None:
    error = simulation.ScenarioError(["a.toml:1: x: is wrong"], source="a.toml")
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, again.source, str(again)) == (error.problems, error.source, str(error))


def test_whose_fault_it_is_can_be_caught_by_class() -> None:
    assert issubclass(simulation.ScenarioError, simulation.InputError)
    assert issubclass(simulation.RecordError, simulation.InputError)
    assert issubclass(simulation.NondeterminismError, simulation.HarnessError)
    assert not issubclass(simulation.InputError, simulation.HarnessError)


def test_a_violation_says_which_check_and_what_proves_it() -> None:
    run = simulation.run(simulation.load("many_1", protocol="tests.cli.machines:Loner"))
    violation = next(each for each in run.violations if each.check == "agreement")
    ids = {record[2] for record in run.trace}
    assert run.verdict == "fail"
    assert isinstance(violation, Violated)
    assert violation.message
    assert set(violation.events) <= ids


def test_what_could_not_be_judged_says_why() -> None:
    run = simulation.run(simulation.load("simple", limit="200ms"))
    assert run.verdict == "unknown"
    assert {type(unknown) for unknown in run.unknowns} == {Unknown}
    assert all("cut off at 200ms" in unknown.message for unknown in run.unknowns)
