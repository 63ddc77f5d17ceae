"""Whatever stands in a file, the reader reads it or refuses it as the user's mistake."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.scenario import explain, keys, parse, plan
from simulation.scenario.network_keys import NETWORK
from simulation.scenario.script import PARTS, VERBS
from simulation.scenario.sets import AMOUNTS, PICKS
from tests.scenario.files import CORRECT

PLACES = [
    *(key.name for key in keys.HEAD),
    *(
        f"{table}.{key.name}"
        for table, known in (("network", NETWORK), ("expect", keys.EXPECT))
        for key in known
    ),
    *(f"fault.1.{key.name}" for key in keys.FAULT),
    *(f"sweep.{key.name}" for key in keys.SWEEP),
    *(
        "roles.proposer",
        "roles.waiting",
        "roles.new",
        "script.proposer",
        "script.all",
        "script.p1",
        "let.x",
        "let",
    ),
    *(
        "roles",
        "script",
        "fault",
        "network",
        "expect",
        "sweep",
        "let.x.one_of",
        "fault.2.at",
        "",
        ".",
        "a.b.c",
    ),
]
FAULT = '[[fault]]\nat = "1s"\ndo = "suspend leader"\nmust_happen = false\n'

WORDS = """any of all except leader sorted p1 p9 proposer waiting killed decided before decision times: 1 2 1s
1..5ms -1s 0ms commit x , first,"""
words = st.sampled_from([*PICKS, *AMOUNTS, *VERBS, *PARTS, *WORDS.split()])
phrases = st.lists(words, max_size=6).map(" ".join)
atoms = st.none() | st.booleans() | st.integers(-2, 2**70) | st.floats() | st.text(max_size=5) | phrases
somethings = st.recursive(
    atoms.filter(lambda value: value is not None),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | words, inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(PLACES), somethings, min_size=1, max_size=3), st.integers(0, 50))
def test_a_file_is_planned_or_refused(overrides: dict[str, object], seed: int) -> None:
    with contextlib.suppress(InputError):
        assert explain(plan(parse(CORRECT + FAULT, overrides=overrides), seed))


@given(st.text(max_size=80) | st.text(alphabet='[]{}="#.\n ax1', max_size=80))
def test_any_text_is_refused_or_read(text: str) -> None:
    with contextlib.suppress(InputError):
        assert parse(CORRECT + text).text == CORRECT + text


@pytest.mark.parametrize("many", ["9" * 5_000, "[" * 5_000], ids=["digits", "brackets"])
@pytest.mark.parametrize(
    "template",
    [
        "{}",
        '"{}"',
        '"{}ms"',
        '"{}..{}"',
        '"{}:{}"',
        '["{} times: kill"]',
        '["wait 1s instance {}"]',
        '"first {} of all"',
    ],
)
def test_an_absurd_value_is_refused(template: str, many: str) -> None:
    value = template.replace("{}", many)
    places = "participants", "linger", "values", "sweep.seeds", "script.waiting", "roles.proposer"
    for place in places:
        with pytest.raises(InputError):
            parse(CORRECT, overrides={place: value})
