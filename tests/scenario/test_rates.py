"""Faults at a rate: read, refused with a hint, explained, and counted with those who are lost."""

from __future__ import annotations

import pytest

from simulation.scenario import explain, parse, plan
from tests.scenario.files import CORRECT, problems

UNDONE = CORRECT.replace('by = "all"\n', "")
"""The correct file, in which not everybody has to decide."""

CALM = '[calm]\nat = "3s"\n'


def faulty(rest: str, *, text: str = UNDONE) -> str:
    return f"{text}\n[[fault]]\n{rest}\n"


def test_a_rate_is_read() -> None:
    text = faulty('every = "40ms"\nfrom = "1s"\nuntil = "2.5s"\ndo = "kill leader"\nfor = "10ms"')
    (fault,) = parse(text).model.faults
    assert (fault.every_us, fault.at_us, fault.until_us) == (40_000, 1_000_000, 2_500_000)
    assert fault.name == "kill leader every 40ms"


def test_a_rate_begins_at_the_start_and_has_no_end_by_itself() -> None:
    (fault,) = parse(faulty('every = "40ms"\ndo = "kill leader"')).model.faults
    assert (fault.at_us, fault.until_us) == (0, None)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", "from the start to the end"),
        ('from = "1s"\n', "from 1s after the start to the end"),
        ('until = "2s"\n', "from the start to 2s after the start"),
        ('from = "1s"\nuntil = "2s"\n', "from 1s after the start to 2s"),
        (CALM, "from the start to the calm"),
        (f'until = "4s"\n{CALM}', "from the start to the calm"),
        (f'until = "2s"\n{CALM}', "from the start to 2s after the start"),
    ],
)
def test_a_rate_is_explained(rest: str, said: str) -> None:
    text = faulty(f'every = "40ms"\ndo = "kill p1"\nfor = "10ms"\n{rest}')
    (line,) = [line for line in explain(plan(parse(text), 0)).splitlines() if "  fault " in line]
    told = line.split("': ")[1]
    assert told == f"kill p1, for 10ms, again and again, every 40ms on average, {said}"


ENDLESS = faulty('every = "40ms"\ndo = "isolate leader"\nfor = "10ms"').replace(
    '"propose"', '"2 times: propose until commit"'
)


def test_a_rate_without_end_is_refused_where_the_run_may_have_none() -> None:
    (said,) = problems(ENDLESS)
    assert said == (
        "wrong.toml:16: fault.1.every: has no end, and 'proposer' proposes until a commit, which may then"
        ' never come. Say when it ends, as in until = "3s", or let there be a [calm].'
    )


@pytest.mark.parametrize("rest", ['until = "3s"\n', CALM])
def test_a_rate_with_an_end_is_not(rest: str) -> None:
    assert problems(ENDLESS + rest) == ()


LOST = faulty('every = "40ms"\ndo = "kill first 3 of all"\n')


def test_whom_a_rate_kills_is_lost() -> None:
    (said,) = problems(LOST)
    assert "expect.decision: required, but 3 of 5 are killed: 2 left, a majority is 3." in said


@pytest.mark.parametrize("rest", ['for = "1s"\n', '[[fault]]\nevery = "1s"\ndo = "restart all"\n'])
def test_whom_a_rate_kills_and_somebody_restarts_is_not(rest: str) -> None:
    assert problems(LOST + rest) == ()


@pytest.mark.parametrize("do", ["lose 10%", "clog p1 to p2", "slow p1 by 2x", "lose unsynced writes of p1"])
def test_what_does_not_end_by_itself_has_to_be_over_at_some_time(do: str) -> None:
    (said,) = problems(faulty(f'every = "40ms"\ndo = "{do}"'))
    assert f"fault.1.do: {do!r} at a rate has to be over at some time: say how long each lasts," in said


def test_a_sweep_may_try_rates() -> None:
    text = faulty('every = "40ms"\ndo = "kill leader"\nfor = "10ms"')
    assert problems(f'{text}[sweep]\ngrid = {{ "fault.1.every" = ["10ms", "1s"] }}') == ()
