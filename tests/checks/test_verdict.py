"""What findings add up to, and verdicts of whole runs that must not pass."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import Run, Runner
from simulation.checks import CHECKS, Finding, Held, Unknown, Violated, verdict
from simulation.scenario import parse

HELD, UNKNOWN, VIOLATED = Held("a"), Unknown("b", "why"), Violated("c", "how")

SCENARIO = """\
format = 1
participants = 5

[roles]
proposer = "first of sorted all"
waiting = "all except proposer"

[script]
proposer = ["propose for 1s", "wait 6s"]
waiting = ["wait 6s"]
"""

FAULT = """
[[fault]]
at = "{at}"
do = "{do}"
must_happen = {must_happen}
"""

IMPOSSIBLE = """
[expect]
decision = "impossible"
"""


def ran(
    *more: str, seed: int = 0, scripts: Mapping[str, list[str]] | None = None, **overrides: int | str
) -> Run:
    """A run of the scenario above with more tables behind it, and other scripts for some roles."""
    changed = {f"script.{role}": steps for role, steps in (scripts or {}).items()}
    return Runner(parse("\n".join([SCENARIO, *more]), overrides=changed | overrides)).run(seed)


def fault(do: str, at: str, *, must_happen: bool = True) -> str:
    """A table of a fault."""
    return FAULT.format(do=do, at=at, must_happen=str(must_happen).lower())


# Arithmetic.


def test_nothing_but_held_is_a_pass() -> None:
    assert verdict([HELD, HELD]) == "pass"


def test_nothing_judged_is_unknown() -> None:
    assert verdict([]) == "unknown"


@given(st.lists(st.sampled_from([HELD, UNKNOWN])), st.lists(st.sampled_from([HELD, UNKNOWN])))
def test_one_unknown_outweighs_everything_held(before: list[Finding], after: list[Finding]) -> None:
    assert verdict([*before, UNKNOWN, *after]) == "unknown"


FINDINGS = st.lists(st.sampled_from([HELD, UNKNOWN, VIOLATED]))


@given(FINDINGS, FINDINGS)
def test_one_violation_outweighs_everything(before: list[Finding], after: list[Finding]) -> None:
    assert verdict([*before, VIOLATED, *after]) == "fail"


# Whole runs.


def test_undisturbed_run_passes() -> None:
    assert ran().verdict == "pass"


def test_every_check_answers_under_a_name_of_its_own() -> None:
    assert len({finding.check for finding in ran().findings}) == len(CHECKS)


def test_run_whose_fault_comes_too_late_is_unknown() -> None:
    run = ran(fault("suspend first of waiting", "60s"))
    assert (run.verdict, [found.message for found in run.unknowns]) == (
        "unknown",
        ["did not happen: fault 'suspend first of waiting at 60s'"],
    )


def test_run_whose_fault_found_nobody_is_unknown() -> None:
    run = ran(fault("kill leader", "1us"))
    assert (run.verdict, [found.message for found in run.unknowns]) == (
        "unknown",
        ["did not happen: fault 'kill leader at 1us'"],
    )


def test_run_whose_fault_may_find_nobody_passes() -> None:
    assert ran(fault("kill leader", "1us", must_happen=False)).verdict == "pass"


ALL_PROPOSE_LATE = {"proposer": ["wait 9s"], "waiting": ["sleep 7s", "propose for 4s", "wait 9s"]}


def test_run_whose_leader_was_killed_asks_for_no_decision_of_the_dead() -> None:
    run = ran(fault("kill leader", "3s"), scripts=ALL_PROPOSE_LATE)
    assert (run.verdict, run.survivors) == ("pass", ["p2", "p3", "p4", "p5"])


def test_run_whose_leaders_were_killed_below_a_quorum_is_unknown() -> None:
    run = ran(*[fault("kill leader", at) for at in ("2s", "4s", "6s")], scripts=ALL_PROPOSE_LATE)
    assert (run.verdict, [found.message for found in run.unknowns]) == (
        "unknown",
        ["the faults left 2 processes, and a quorum is 3"],
    )


def test_run_cut_off_by_its_limit_is_unknown_and_says_so() -> None:
    run = ran(limit="1s")
    assert run.verdict == "unknown"
    assert {found.message for found in run.unknowns} == {
        "cut off at 1s of virtual time; raise limit if that is too early"
    }


def test_run_cut_off_by_its_number_of_events_is_unknown_and_says_so() -> None:
    run = ran(max_events=300)
    assert run.verdict == "unknown"
    assert {found.message for found in run.unknowns} == {
        "cut off after 300 steps: processes may be chasing each other; raise max_events if not"
    }


def test_run_in_which_somebody_decides_the_impossible_fails() -> None:
    run = ran(IMPOSSIBLE, scripts={"waiting": ["wait 5s", "kill"]})
    assert (run.verdict, [found.check for found in run.violations]) == ("fail", ["termination"])


def test_run_in_which_nobody_decides_the_impossible_passes() -> None:
    assert ran(IMPOSSIBLE, scripts={"waiting": ["kill"]}).verdict == "pass"


def test_replica_that_is_suspended_for_good_does_not_fail_the_run() -> None:
    run = ran(fault("suspend last of sorted all", "10ms"), '[expect]\nby = "proposer"', participants=7)
    assert (run.verdict, run.outcome.queues[6] > 10) == ("pass", True)


def test_script_that_never_waits_is_judged_by_what_its_process_learned() -> None:
    assert ran(scripts={"proposer": ["propose until commit for 5s"]}).verdict == "pass"


@pytest.mark.parametrize("seed", range(3))
def test_script_that_waits_for_a_second_instance_in_vain_fails(seed: int) -> None:
    run = ran(seed=seed, scripts={"proposer": ["propose for 5s", "wait 1s", "wait 1s instance 2"]})
    assert (run.verdict, [found.message for found in run.violations]) == ("fail", ["no decision at p1"])


def test_whoever_stays_suspended_need_not_decide() -> None:
    text = """
format = 1
participants = 5
order = "sorted"

[script]
all = ["propose for 3s", "wait 5s"]

[[fault]]
at = "1ms"
do = "suspend p4"

[expect]
decision = "required"
"""
    ended = Runner(parse(text, name="frozen")).run(0)
    assert (ended.verdict, ended.violations) == ("pass", [])
