"""``simulation check`` of the real system's log: everything that is known of it is found."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Said, repeat_of, shell
from tests.fidelity.conftest import seed_log
from tests.fidelity.lines import cut
from tests.fidelity.provenance import by_case
from tests.fidelity.runs import complete_runs

pytestmark = pytest.mark.xdist_group("check of the seed log")

ABORTED, SELF_ACCEPT_LOST = 205, 232

ODD = {
    27: "p1 had its decision and was killed before it heard of one more vote",
    28: "p1 was killed in the middle of ballot 1, with 8 votes cast; p2 took over its value in ballot 2",
    36: "2 promises overtook p1's own prepare to itself",
    46: "p1 had its decision and was killed before it heard of one more vote",
    59: "p1 counted the votes, and its client knew the decision before its own word came",
    60: "p1 was killed in the middle of ballot 1, with 8 votes cast; p10 took over its value in ballot 2",
    129: "p5 named a leader before the scripts of 4 processes had begun",
    158: "2 promises overtook p1's own prepare to itself",
    161: "p1 had its decision and was killed before it heard of one more vote",
    181: "the decision was told 41 more times: the proposal of p2 came to 6 processes that had decided",
    ABORTED: "cut off after 2 proposals: no leader was named yet, and there is no result",
    369: "p4 got p2's prepare before any relayed proposal had reached it",
}
"""By the number of a run, from 0, how the note on it begins."""

MOST_OF_ANOTHER_PROFILE = 2
"""The log does not say on how many machines a run was made; so many are guessed wrong."""


@pytest.fixture(scope="module")
def path() -> str:
    """Where the log is."""
    found = seed_log()
    if found is None or not found.is_file():
        pytest.skip("no seed log: name the file in SIMULATION_SEED_LOG, or put it into ../shared/seed")
    return str(found.resolve())


@pytest.fixture(scope="module")
def said(path: str) -> Said:
    """What is told of it as text."""
    return shell("check", path)


@pytest.fixture(scope="module")
def told(path: str) -> dict[str, Any]:
    """What is told of it as JSON."""
    found: dict[str, Any] = json.loads(shell("check", path, "--format", "json").out)
    return found


@pytest.fixture(scope="module")
def text(path: str) -> str:
    """The log itself."""
    return Path(path).read_text(encoding="utf-8")


def test_a_divergence_is_a_result_with_exit_code_1(said: Said) -> None:
    assert said.code == 1


def test_the_verdict_counts_445_of_446_runs_of_which_444_are_re_enacted(said: Said) -> None:
    assert said.err.splitlines()[0] == (
        "445 of 446 runs complete · 444 re-enacted exactly · 0 violated · 1 diverged · 1 cut off · FAIL"
    )


def test_the_one_divergence_is_explained_by_one_lost_message(said: Said) -> None:
    [line] = [line for line in said.out.splitlines() if ": diverges: " in line]
    assert line.startswith(f"run {SELF_ACCEPT_LOST} (simple n=5 local), line 26747: diverges: ")
    assert line.endswith(" Explained if the Accept that p1 sent to itself was lost.")


def test_nothing_is_violated(said: Said) -> None:
    assert "violated: " not in said.out


def test_every_odd_run_is_noted_and_no_other(said: Said) -> None:
    found = re.findall(r"^run (\d+) .*: note: ", said.out, re.MULTILINE)
    assert sorted(map(int, found)) == sorted(ODD)


@pytest.mark.parametrize("number", ODD)
def test_a_note_says_what_is_odd(said: Said, number: int) -> None:
    [note] = re.findall(rf"^run {number} .*?: note: (.*)$", said.out, re.MULTILINE)
    assert note.startswith(ODD[number])


def test_the_line_of_a_run_is_where_it_begins(said: Said, text: str) -> None:
    lines = [line.text for line in cut(text)]
    starts = [int(number) for number in re.findall(r"from line (\d+): note: ", said.out)]
    assert [at for at in starts if not lines[at - 1].startswith("Starting paxos")] == []
    assert [at for at in starts if not re.search(r"^\[val|nil$", lines[at - 2])] == []


def test_the_line_that_diverges_is_quoted_from_the_log(told: dict[str, Any], text: str) -> None:
    [found] = told["divergences"]
    lines = [line.text for line in cut(text)]
    assert found["message"].startswith(repr(lines[found["line"] - 1]))


def test_the_failure_ends_in_the_command_that_shows_it_alone(said: Said) -> None:
    again = shell(*repeat_of(said.err))
    [line] = [line for line in said.out.splitlines() if ": diverges: " in line]
    assert again.code == 1
    assert again.out.splitlines()[0] == line


def test_json_has_the_figures_of_the_whole(told: dict[str, Any]) -> None:
    assert {key: told[key] for key in ("runs", "complete", "reenacted", "violations")} == {
        "runs": 446,
        "complete": 445,
        "reenacted": 444,
        "violations": [],
    }


def test_json_counts_every_line_of_the_log(told: dict[str, Any], text: str) -> None:
    assert told["lines"] == len(list(cut(text)))


def test_json_has_the_divergence_with_run_line_and_message(told: dict[str, Any]) -> None:
    [found] = told["divergences"]
    assert (found["run"], found["line"]) == (SELF_ACCEPT_LOST, 26747)
    assert found["message"].endswith(" Explained if the Accept that p1 sent to itself was lost.")


def test_json_has_the_complete_runs_of_each_test_as_the_suite_ran_them(
    told: dict[str, Any], text: str
) -> None:
    wanted = Counter[str]()
    for case, runs in by_case(complete_runs(text)).items():
        wanted[f"{case.scenario} {case.n}"] += len(runs)
    found = Counter[str]()
    for name, figures in told["by_test"].items():
        found[" ".join(name.split()[:2])] += figures["complete"]
    assert found == wanted


def test_json_has_nearly_every_run_under_the_profile_of_its_test(told: dict[str, Any], text: str) -> None:
    wanted = {str(case): len(runs) for case, runs in by_case(complete_runs(text)).items()}
    found = {name: figures["complete"] for name, figures in told["by_test"].items() if figures["complete"]}
    assert found.keys() == wanted.keys()
    assert sum(abs(found[name] - wanted[name]) for name in wanted) <= 2 * MOST_OF_ANOTHER_PROFILE


def test_json_sums_up_what_it_has_by_test(told: dict[str, Any]) -> None:
    for key in ("runs", "complete", "reenacted", "lines"):
        assert sum(figures[key] for figures in told["by_test"].values()) == told[key], key


def test_the_run_that_was_aborted_alone_proves_nothing(path: str) -> None:
    assert shell("check", path, "--run", str(ABORTED)).code == 4


def test_a_run_of_the_log_comes_out_line_by_line(path: str, text: str) -> None:
    lines = shell("check", path, "--run", "0", "--format", "log").out.splitlines()
    assert " ".join(lines) == text[: len(" ".join(lines))]
    assert lines[-1].startswith("[val: ")
