"""The kit reads the real log without a gap and finds the figures that are known of it."""

from __future__ import annotations

from collections import Counter

import pytest

from . import grammar
from .bookkeeping import BOOKKEEPING
from .invariants import SAFETY, broken
from .lines import PATTERNS, cut, kind_of, split_runs
from .measure import FATES, measure
from .provenance import Case, blocks, by_case
from .runs import Run
from .summary import Summary, summarise
from .values import RULES, contradictions, votes

COMPLEX = ("leader_crash_complex", "leader_crash_complex_2")

WITHOUT_OWN_ACCEPT = 231
"""The one run of the seed log in which two lines are missing, its leader's accept among them."""


def test_every_character_of_the_log_belongs_to_a_line(seed_text: str) -> None:
    assert " ".join(line.text for line in cut(seed_text)) == " ".join(seed_text.split())


def test_the_log_shows_all_27_kinds_of_lines(seed_text: str) -> None:
    assert len(PATTERNS) == 27
    assert {line.kind for line in cut(seed_text)} == set(PATTERNS)


def test_a_cut_line_alone_is_of_the_kind_that_it_was_cut_as(seed_text: str) -> None:
    for line in cut(seed_text):
        assert kind_of(line.text) == (line.kind, line.fields)


def test_the_log_holds_446_runs_of_which_one_was_aborted(seed_text: str) -> None:
    runs = [Run(lines) for lines in split_runs(cut(seed_text))]
    assert len(runs) == 446
    assert [number for number, run in enumerate(runs) if not run.is_complete] == [205]


def test_every_block_of_runs_has_the_size_of_its_test(seed_runs: list[Run]) -> None:
    for case, block in blocks(seed_runs):
        assert {run.n for run in block} == {case.n}


def test_stored_figures_are_those_of_the_log(seed_runs: list[Run], expected: dict[Case, Summary]) -> None:
    rows = by_case(seed_runs)
    assert rows.keys() == expected.keys()
    for case, runs in rows.items():
        usual = _usual_survivors(runs) if case.profile == "local" else 0
        assert summarise([measure(run) for run in runs], usual) == expected[case], case


def test_smallest_survivor_proposes_last_in_431_of_445_runs(seed_runs: list[Run]) -> None:
    found: Counter[tuple[str, bool]] = Counter()
    for case, block in blocks(seed_runs):
        found.update((case.profile, measure(run).smallest_proposes) for run in block)
    assert found == {("local", True): 235, ("dist", True): 196, ("dist", False): 14}


@pytest.mark.parametrize(
    ("sizes", "profile", "fates"),
    [((5, 7, 11), "local", (260, 0, 0)), ((11,), "dist", (106, 56, 78)), ((5, 7), "dist", (18, 0, 2))],
)
def test_killed_proposers_meet_the_fates_that_are_known(
    expected: dict[Case, Summary], sizes: tuple[int, ...], profile: str, fates: tuple[int, ...]
) -> None:
    rows = [
        row
        for case, row in expected.items()
        if case.profile == profile and case.n in sizes and case.scenario != "leader_crash_before_decision"
    ]
    assert tuple(sum(row.fates.get(name, 0) for row in rows) for name in FATES) == fates


@pytest.mark.parametrize(("rule", "count"), list(zip(RULES, (2, 25, 58, 66, 89), strict=True)))
def test_rule_of_the_chosen_value_is_contradicted_as_often_as_is_known(
    seed_runs: list[Run], rule: str, count: int
) -> None:
    found = [
        contradictions(vote for run in block for vote in votes(run, RULES[rule]))
        for _, block in blocks(seed_runs)
    ]
    assert sum(found) == count


def test_all_but_one_process_of_the_local_runs_keep_the_grammar(seed_runs: list[Run]) -> None:
    numbers = {id(run): number for number, run in enumerate(seed_runs)}
    broken_by = [
        (numbers[id(run)], name)
        for case, runs in by_case(seed_runs).items()
        if case.profile == "local"
        for run in runs
        for name in run.processes
        if not grammar.is_possible(run, name)
    ]
    assert broken_by == [(WITHOUT_OWN_ACCEPT, "p1")]


@pytest.mark.parametrize("name", SAFETY)
def test_every_run_is_safe(seed_runs: list[Run], name: str) -> None:
    assert [evidence for run in seed_runs for evidence in SAFETY[name](run)] == []


def test_all_but_one_run_keep_the_books(seed_runs: list[Run]) -> None:
    odd = {number: found for number, run in enumerate(seed_runs) if (found := broken(run, BOOKKEEPING))}
    assert odd == {WITHOUT_OWN_ACCEPT: ["survivors do everything: no accept line of ['p1']"]}


def _usual_survivors(runs: list[Run]) -> int:
    return sum(grammar.is_usual(run, name) for run in runs for name in run.survivors)
