"""What is said of a run that cannot be: the line, what could come instead, and what explains it."""

from __future__ import annotations

from random import Random

import pytest

import simulation
from simulation.audit import Audited, Auditor
from tests.reenact.damage import DAMAGES

LOG = simulation.run("simple", 3).log().split("\n")
"""Three processes: p2 proposes, p1 leads, everybody decides 203."""


def place(text: str) -> int:
    """Where a line stands first."""
    return LOG.index(text)


def without(text: str) -> list[str]:
    """The log without a line."""
    return [*LOG[: place(text)], *LOG[place(text) + 1 :]]


def instead(text: str, other: str) -> list[str]:
    """The log with another line in the place of one."""
    return [*LOG[: place(text)], other, *LOG[place(text) + 1 :]]


def audited(lines: list[str]) -> Audited:
    """What is to be said of a log of one run."""
    (found,) = Auditor().judge_all(["\n".join(lines)])
    return found


def explanation(lines: list[str]) -> str:
    """What explains that these lines are those of no run."""
    divergence = audited(lines).divergence
    assert divergence is not None
    return divergence.message.partition(". Explained if ")[2]


def test_the_whole_log_needs_no_explanation() -> None:
    assert audited(LOG).divergence is None


@pytest.mark.parametrize(
    "text",
    [
        "p2 - Propose 1 with action nil",
        "p3 SET BALLOT VALUE 3 nil",
        "p1 - p1 is leader",
        "p1 sending all prepare 1 1",
        "p3 - prepare from p1",
        "p1 Try to run prepared",
        "p1 SET BALLOT VALUE {:val, 203}",
        "p2 - accept 1 1 {:val, 203}",
        "p3 decided 1 {:val, 203}",
        "p1: decided {:val, 203}",
        "p2: {:message_queue_len, 0}",
    ],
)
def test_a_line_that_is_missing_is_named(text: str) -> None:
    assert explanation(without(text)).startswith(f"the line {text!r} is missing before line ")


@pytest.mark.parametrize(
    "text", ["Starting paxos for p1", ":p2: started", "p1 - p1 is leader", "p2 decided 1 {:val, 203}"]
)
def test_a_line_that_stands_there_twice_is_one_too_many(text: str) -> None:
    at = place(text)
    assert explanation([*LOG[:at], text, *LOG[at:]]) == f"line {at + 2} is one too many."


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("p1 3 2 false", "p1 3 3 false"),
        ("p3 - accept 1 1 {:val, 203}", "p3 - accept 1 1 {:val, 204}"),
        ("p2: decided {:val, 203}", "p2: decided {:val, 204}"),
        ("p2: {:message_queue_len, 0}", "p2: {:message_queue_len, 1}"),
    ],
)
def test_a_line_that_reads_otherwise_is_set_right(text: str, other: str) -> None:
    assert explanation(instead(text, other)) == f"line {place(text) + 1} should read {text!r}."


def test_a_line_that_comes_too_late_is_moved_back() -> None:
    text = "p1 sending all prepare 1 1"
    rest = without(text)
    found = explanation([*rest[:20], text, *rest[20:]])
    assert found == f"line 21, {text!r}, belongs before line {place(text) + 1}."


def test_two_lines_that_one_lost_message_would_have_caused_are_explained_by_it() -> None:
    lines = without("p1 - accept 1 1 {:val, 203}")
    lines.remove("p1 accepted 1 1")
    assert explanation(lines) == "the Accept that p1 sent to itself was lost."


def test_the_line_that_could_come_instead_is_told() -> None:
    divergence = audited(instead("p1 3 2 false", "p1 3 3 false")).divergence
    assert divergence is not None
    assert "'p1 3 3 false' cannot come here: " in divergence.message
    assert "what comes first is 'p1 3 2 false'" in divergence.message


def test_the_same_run_is_explained_alike_twice() -> None:
    auditor = Auditor()
    lines = "\n".join(without("p3 - prepare from p1"))
    first, second = ([each.divergence for each in auditor.judge_all([lines])] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_to_a_log_something_is_said_of_it(seed: int) -> None:
    chance = Random(seed)
    lines = simulation.run("leader_crash_simple", seed).log().split("\n")
    others = simulation.run("many_2", seed).log().split("\n")
    for _ in range(3):
        change = chance.choice([*DAMAGES, None, None])
        if change is None:
            lines[chance.randrange(len(lines))] = chance.choice(others)
        else:
            lines, _ = change(lines, chance) or (lines, 0)
    found = list(Auditor().judge_all(["\n".join(lines)]))
    assert sum(each.lines for each in found) == len(lines)
    assert all(each.reenacted or each.is_to_blame for each in found)


def test_a_missing_vote_is_no_missing_quorum() -> None:
    found = audited(without("p2 - accept 1 1 {:val, 203}"))
    assert (found.breaches, found.divergence is not None) == ((), True)


def test_a_log_without_its_beginning_proves_no_missing_quorum() -> None:
    assert audited(LOG[24:]).breaches == ()


def test_one_line_about_very_many_processes_is_judged_at_once() -> None:
    assert audited(["Starting paxos for p900", *LOG]).divergence is not None
