"""A search ends: after so many steps it is given up, and what it was for is unknown."""

from __future__ import annotations

import pytest

import simulation
from simulation.audit import Audited, Auditor
from simulation.reenact import GivenUp, Reenacted, Reenactor, reenact_again
from simulation.reenact.steps import LEAST_STEPS, MOST_STEPS, steps_for
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import LoggedRun, split
from tests.golden.table import FAMILY

LOG = simulation.run("simple", 3).log().split("\n")

NO_RUN = [*LOG[:20], LOG[0].replace("p1", "p2"), *LOG[20:]]
"""The lines of no run: one starts twice."""


def logged(lines: list[str]) -> LoggedRun:
    """One run of a log."""
    (run,) = split(cut(["\n".join(lines)]))
    return run


def audited(lines: list[str], most_steps: int) -> Audited:
    """What is to be said of these lines after so many steps."""
    return Auditor(most_steps=most_steps).judge(logged(lines))


def taken(lines: list[str]) -> int:
    """How many steps the search for these lines takes."""
    reenactor = Reenactor()
    reenactor.reenact(logged(lines))
    return reenactor.steps.taken


def test_a_run_takes_the_same_steps_each_time() -> None:
    assert taken(LOG) == taken(LOG) > len(LOG)


def test_a_run_is_re_enacted_in_just_the_steps_that_it_takes() -> None:
    assert isinstance(Reenactor(most_steps=taken(LOG)).reenact(logged(LOG)), Reenacted)
    assert isinstance(Reenactor(most_steps=taken(LOG) - 1).reenact(logged(LOG)), GivenUp)


def test_a_run_that_was_given_up_is_unknown_and_no_divergence() -> None:
    found = audited(LOG, 100)
    assert (found.reenacted, found.divergence, found.breaches) == (False, None, ())
    (said,) = found.unknown
    assert said.startswith(
        "re-enactment: the search for an execution was given up after 100 steps. It came to"
    )
    assert said.endswith("There may be an execution that prints these lines, or none")


def test_the_line_is_told_to_which_the_search_came() -> None:
    found = Reenactor(most_steps=100).reenact(logged(LOG))
    assert isinstance(found, GivenUp)
    assert 0 < found.index < len(LOG) - 1
    assert f"came to line {found.index + 1}, {LOG[found.index]!r}." in audited(LOG, 100).unknown[0]


def test_what_the_lines_prove_by_themselves_is_told_of_a_run_that_was_given_up() -> None:
    wrong = [line.replace("203", "204") if line.startswith("p3 decided") else line for line in LOG]
    assert {breach.check for breach in audited(wrong, 100).breaches} == {"agreement"}


def test_a_search_begins_with_all_its_steps_whatever_the_one_before_took() -> None:
    reenactor = Reenactor(most_steps=taken(LOG))
    assert [type(reenactor.reenact(logged(LOG))) for _ in range(3)] == [Reenacted] * 3


def test_a_divergence_stays_one_where_the_search_for_its_explanation_is_given_up() -> None:
    found = audited(NO_RUN, taken(NO_RUN))
    assert found.divergence is not None
    assert found.unknown == ()
    given_up = f"The search for an explanation was given up after {taken(NO_RUN):,} steps."
    assert found.divergence.message.endswith(given_up)


def test_a_record_that_would_take_too_many_steps_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    again = Auditor().judge(logged(LOG)).run
    assert again is not None
    monkeypatch.setattr("simulation.reenact.reenactment.steps_for", lambda run: 100)
    with pytest.raises(simulation.RecordError, match=r"reenacts: .* was given up after 100 steps"):
        reenact_again(LOG, again.scenario)


def test_larger_runs_may_take_more_but_only_up_to_a_bound() -> None:
    among = {n: logged([f"Starting paxos for p{k}" for k in range(1, n + 1)] * 10) for n in (3, 100, 1_000)}
    assert steps_for(among[3]) == LEAST_STEPS < steps_for(among[100]) < steps_for(among[1_000]) == MOST_STEPS


@pytest.mark.parametrize("name", FAMILY)
def test_a_simulated_run_takes_not_a_fiftieth_of_the_steps(name: str) -> None:
    for seed in range(5):
        lines = simulation.run(name, seed).log().split("\n")
        assert 50 * taken(lines) < LEAST_STEPS


@pytest.mark.xdist_group("seed log")
def test_no_run_of_the_real_log_takes_a_fiftieth_of_the_steps(seed_runs: list[LoggedRun]) -> None:
    reenactor, most = Reenactor(), 0
    for run in seed_runs:
        reenactor.reenact(run)
        most = max(most, reenactor.steps.taken)
    assert most == 10_226
    assert 50 * most < LEAST_STEPS
