"""The language of sets, against a model that says the same thing in the plainest way."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.scenario.sets import SetExpression, members, parse_set
from simulation.scenario.values import MistakeError


class Said(NamedTuple):
    """The parts of a set expression, and what they are about."""

    order: list[int]
    killed: list[int]
    pick: str
    amount: str
    alphabetical: bool
    base: str
    minus: list[str]

    @property
    def text(self) -> str:
        """The expression in words."""
        picked = " ".join(word for word in (self.pick, self.amount, "of" if self.pick else "") if word)
        minus = f"except {', '.join(self.minus)}" if self.minus else ""
        parts = (picked, "sorted" if self.alphabetical else "", self.base, minus)
        return " ".join(part for part in parts if part)


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    participants = draw(st.integers(1, 12))
    order = draw(st.permutations(range(participants)))
    pick = draw(st.sampled_from(["", "first", "second", "last"]))
    amounts = ["", "1", "2", "3", "half", "minority", "majority"] if pick in ("first", "last") else [""]
    atoms = st.sampled_from(["all", "killed", *(f"p{number + 1}" for number in range(participants))])
    return Said(
        order=order,
        killed=order[: draw(st.integers(0, participants))],
        pick=pick,
        amount=draw(st.sampled_from(amounts)),
        alphabetical=draw(st.booleans()),
        base=draw(atoms),
        minus=draw(st.lists(atoms, max_size=2)),
    )


def plainly(said: Said) -> list[int]:
    """Who is meant, by names and slices alone."""
    names = {"all": said.order, "killed": said.killed}
    names.update({f"p{process + 1}": [process] for process in said.order})
    gone = [process for word in said.minus for process in names[word]]
    left = [process for process in names[said.base] if process not in gone]
    if said.alphabetical:
        left = [int(name[1:]) - 1 for name in sorted(f"p{process + 1}" for process in left)]
    n = len(said.order)
    count = {"": 1, "half": len(left) // 2, "majority": n // 2 + 1, "minority": n - n // 2 - 1}.get(
        said.amount
    )
    count = int(said.amount) if count is None else count
    places = {
        "first": slice(0, count),
        "second": slice(1, 2),
        "last": slice(-count, None) if count else slice(0),
    }
    return left[places[said.pick]] if said.pick else left


def by_reader(said: Said) -> tuple[int, ...]:
    """Who is meant, by the reader."""
    expression = parse_set(said.text, known=["killed"], participants=len(said.order))
    return members(
        expression, {"all": tuple(said.order), "killed": tuple(said.killed)}, ranks(len(said.order))
    )


def ranks(participants: int) -> list[int]:
    names = [f"p{number}" for number in range(1, participants + 1)]
    return [sorted(names).index(name) for name in names]


def takes_too_many(said: Said) -> bool:
    size = len(plainly(said._replace(pick="")))
    n = len(said.order)
    wanted = {"": 0, "half": 0, "majority": n // 2 + 1, "minority": n - n // 2 - 1}
    return (wanted[said.amount] if said.amount in wanted else int(said.amount)) > size


@given(sayings())
def test_a_set_means_what_its_words_say(said: Said) -> None:
    assume(not takes_too_many(said))
    assert by_reader(said) == tuple(plainly(said))


@given(sayings().filter(takes_too_many))
def test_more_than_there_are_is_refused(said: Said) -> None:
    with pytest.raises(MistakeError, match=r"takes \d+ of \d+ processes"):
        by_reader(said)


def test_sorted_is_alphabetical_so_that_p10_comes_before_p2() -> None:
    expression = parse_set("first 3 of sorted all", known=[], participants=11)
    everybody = tuple(range(11))
    assert members(expression, {"all": everybody}, ranks(11)) == (0, 9, 10)


def test_a_list_is_a_union_in_which_nobody_is_twice() -> None:
    expression = parse_set(["p2", "killed", "p1"], known=["killed"], participants=3)
    sets = {"all": (0, 1, 2), "killed": (2, 1)}
    assert members(expression, sets, ranks(3)) == (1, 2, 0)


def test_except_comes_before_first() -> None:
    expression = parse_set("first of all except p1", known=[], participants=3)
    assert members(expression, {"all": (0, 1, 2)}, ranks(3)) == (1,)


def test_second_of_one_is_nobody() -> None:
    expression = parse_set("second of killed", known=["killed"], participants=3)
    assert members(expression, {"all": (0, 1, 2), "killed": (2,)}, ranks(3)) == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("fist of all", "'fist' is not understood in 'fist of all'. A set reads: {}. Did you mean 'first'?"),
        (
            "first hlf of all",
            "'hlf' is not understood in 'first hlf of all'. A set reads: {}. Did you mean 'half'?",
        ),
        ("second 2 of all", "'2' is not understood in 'second 2 of all'. A set reads: {}."),
        ("all but p1", "'but' is not understood in 'all but p1'. A set reads: {}."),
        ("all except", "'all except' is not complete. A set reads: {}."),
        ("all except p1 p2", "'p1 p2' is not understood in 'all except p1 p2'. A set reads: {}."),
        ("", "'' is not complete. A set reads: {}."),
        ("first 0 of all", "'first 0 of all' names nobody."),
        ("p6", "'p6' is no process: there are p1 to p5."),
        ("kiled", "'kiled' is not a role defined above. Known: all, killed. Did you mean 'killed'?"),
        ("leader", "'leader' is whoever leads at that moment: only a fault can mean it, and only alone."),
    ],
)
def test_a_set_that_is_not_understood_says_why(written: str, message: str) -> None:
    grammar = "[first|second|last [N|half|minority|majority] of] [sorted] SET [except SET, SET, ...]"
    with pytest.raises(MistakeError) as raised:
        parse_set(written, known=["killed"], participants=5)
    assert str(raised.value) == message.format(grammar)


def test_a_set_without_names_depends_on_places_only() -> None:
    by_place = parse_set("first half of killed", known=["killed"], participants=5)
    by_name = parse_set("all except p1", known=[], participants=5)
    assert [by_place.by_place, by_name.by_place] == [True, False]
    assert isinstance(by_place, SetExpression)
