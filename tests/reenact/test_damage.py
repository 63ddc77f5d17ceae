"""Damaged copies of the seed log: each damage is found, at its line or where it first shows.

A damage that is not found must have made another possible log. That is no matter of opinion:
an execution is at hand that prints it. ``POSSIBLE`` says how many there are of which kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from itertools import islice
from random import Random
from typing import NamedTuple

import pytest

import simulation
from simulation.audit import Audited, Auditor
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import LoggedRun, split
from tests.reenact import damage
from tests.reenact.damage import DAMAGES, Damage

EACH = 25
"""So many runs are damaged in each way, where there are so many that can be."""

WITHOUT_OWN_ACCEPT = 232

FOUND = {
    damage.decided_value_changed: {"violated"},
    damage.decided_before_quorum: {"violated"},
    damage.ballot_goes_down: {"violated"},
    damage.one_ballot_two_values: {"violated"},
    damage.dead_speak: {"violated"},
    damage.promise_forgets_vote: {"diverged"},
    damage.line_misspelt: {"unreadable"},
    damage.line_cut: {"unreadable", "diverged"},
}
"""As what a damage is found; every other one as a violation or a divergence."""

POSSIBLE: dict[Damage, int] = {
    damage.line_removed: 2,
    damage.line_moved: 10,
}
"""How many of ``EACH`` damaged runs are possible runs all the same; of all other kinds none.

``line_removed``: who was killed may have died one line earlier, and an elector need not
have named anybody yet. ``line_moved``: past lines of other
processes, which may print in any order; or at one process, where a relay, an announcement and
a script's own lines do not wait for each other.
"""

EXACT = {
    damage.decided_value_changed,
    damage.decided_before_quorum,
    damage.dead_speak,
    damage.killed_answer,
    damage.promise_forgets_vote,
    damage.line_misspelt,
}
"""These are found at the very line. The others may first leave a possible beginning of a run."""


class Case(NamedTuple):
    """A damaged run: what is to be said of it, its lines, and the place of the first that is damaged."""

    audited: list[Audited]
    lines: list[str]
    place: int

    @property
    def how(self) -> str:
        """As what the damage was found; the empty text where it was not."""
        if any(each.unreadable for each in self.audited):
            return "unreadable"
        if any(each.breaches for each in self.audited):
            return "violated"
        return "diverged" if any(each.divergence for each in self.audited) else ""

    @property
    def line(self) -> int:
        """The first line that is blamed, as a place from 0."""
        blamed = [
            *[line.number for each in self.audited for line in each.unreadable],
            *[breach.line for each in self.audited for breach in each.breaches],
            *[each.divergence.line for each in self.audited if each.divergence],
        ]
        return min(blamed) - 1


Cases = Callable[[Damage], list[Case]]

_DRAWN: dict[Damage, list[Case]] = {}


@pytest.fixture(scope="session")
def cases(seed_runs: list[LoggedRun]) -> Cases:
    """Draws runs, damages them and has them judged; once for each way of damaging."""
    sound = [run for run in seed_runs if run.complete and run.number != WITHOUT_OWN_ACCEPT]

    def draw(way: Damage) -> list[Case]:
        if way not in _DRAWN:
            chance = Random(f"{way.__name__} 1")
            some = chance.sample(sound, len(sound))
            damaged = (way([line.text for line in run.lines], chance) for run in some)
            _DRAWN[way] = [judged(*each) for each in islice(filter(None, damaged), EACH)]
        return _DRAWN[way]

    return draw


def judged(lines: list[str], place: int) -> Case:
    """What is found in a log of these lines."""
    return Case(list(Auditor().judge_all(["\n".join(lines)])), lines, place)


def ways(some: Collection[Damage]) -> pytest.MarkDecorator:
    """Parameters of a test; those that share their cases are run by one worker."""
    marked = [
        pytest.param(way, id=way.__name__, marks=pytest.mark.xdist_group(way.__name__))
        for way in DAMAGES
        if way in some
    ]
    return pytest.mark.parametrize("way", marked)


EVERY_WAY = ways(DAMAGES)


@EVERY_WAY
def test_no_damage_goes_unseen_unless_it_makes_a_possible_log(way: Damage, cases: Cases) -> None:
    unseen = [case for case in cases(way) if not case.how]
    assert len(unseen) == POSSIBLE.get(way, 0)


@EVERY_WAY
def test_an_execution_prints_every_damaged_log_that_is_possible(way: Damage, cases: Cases) -> None:
    for case in cases(way):
        if not case.how:
            (audited,) = case.audited
            assert audited.run is not None
            assert simulation.replay(audited.run).log().split("\n") == case.lines


@EVERY_WAY
def test_a_damage_is_found_as_what_it_is(way: Damage, cases: Cases) -> None:
    found = {case.how for case in cases(way) if case.how}
    assert found <= FOUND.get(way, {"violated", "diverged"})
    assert found


@EVERY_WAY
def test_nothing_before_the_damage_is_blamed(way: Damage, cases: Cases) -> None:
    early = [(case.line, case.place) for case in cases(way) if case.how and case.line < case.place]
    assert early == []


@ways(EXACT)
def test_a_damage_that_no_run_begins_with_is_found_at_its_line(way: Damage, cases: Cases) -> None:
    assert Counter(case.line - case.place for case in cases(way)) == {0: len(cases(way))}


def beginning(case: Case) -> Audited:
    """What is to be said of the lines before the one that is blamed."""
    (run,) = split(cut(["\n".join(case.lines[: case.line])]))
    return Auditor().judge(run)


@EVERY_WAY
def test_what_comes_before_the_first_line_that_is_blamed_is_a_possible_beginning(
    way: Damage, cases: Cases
) -> None:
    for case in cases(way)[:6]:
        if case.how == "diverged" and case.line:
            assert beginning(case).reenacted


def test_only_the_damaged_run_of_a_log_is_blamed(seed_runs: list[LoggedRun]) -> None:
    before, damaged, after = ([line.text for line in run.lines] for run in seed_runs[3:6])
    found = damage.line_duplicated(damaged, Random(3))
    assert found is not None
    lines, place = found
    audited = list(Auditor().judge_all(["\n".join([*before, *lines, *after])]))
    assert [each.is_to_blame for each in audited] == [False, True, False]
    assert audited[1].divergence is not None
    assert audited[1].divergence.line == len(before) + place + 1
