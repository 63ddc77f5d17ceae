"""What a fault does, in words: read, refused with a hint, and explained."""

from __future__ import annotations

import pytest

from simulation.faults import (
    Clog,
    Cut,
    Delay,
    Drift,
    Duplicate,
    Fault,
    Kill,
    Lose,
    LoseWrites,
    Reorder,
    Restart,
    Slow,
    Spike,
    Suspend,
    Wipe,
)
from simulation.scenario import explain, parse, plan
from simulation.scenario.deeds import parse_deed
from simulation.scenario.values import MistakeError
from tests.scenario.files import CORRECT, problems

ROLES = ("doomed", "rest")

DEEDS = [
    ("suspend doomed", Suspend(), "doomed", None, False),
    ("restart doomed", Restart(), "doomed", None, False),
    ("wipe doomed", Wipe(), "doomed", None, False),
    ("lose unsynced writes of rest", LoseWrites(), "rest", None, False),
    ("slow leader by 10x", Slow(10), "leader", None, False),
    ("slow first 2 of all by 2x", Slow(2), "first 2 of all", None, False),
    ("drift doomed by 2.5%", Drift(25), "doomed", None, False),
    ("drift doomed by +1000%", Drift(10_000), "doomed", None, False),
    ("drift doomed by -50%", Drift(-500), "doomed", None, False),
    ("cut doomed to rest", Cut(), "doomed", "rest", False),
    ("cut leader to all", Cut(), "leader", "all", False),
    ("partition doomed from rest", Cut(), "doomed", "rest", True),
    ("partition first of all from last 2 of all", Cut(), "first of all", "last 2 of all", True),
    ("isolate leader", Cut(), "leader", None, True),
    ("lose 10%", Lose(100), "all", "all", False),
    ("lose 0.5% from doomed to rest", Lose(5), "doomed", "rest", False),
    ("lose 100% from leader to all", Lose(1_000), "leader", "all", False),
    ("delay 5ms", Delay(5_000, 5_000), "all", "all", False),
    ("spike 5% by 50ms..200ms", Spike(50, 50_000, 200_000), "all", "all", False),
    ("spike 5% by 50ms from doomed to rest", Spike(50, 50_000, 50_000), "doomed", "rest", False),
    ("reorder 20%", Reorder(200, 0, 5_000), "all", "all", False),
    ("reorder 20% by 1..9ms from leader to rest", Reorder(200, 1_000, 9_000), "leader", "rest", False),
    ("duplicate 5%", Duplicate(50, 0, 1_000), "all", "all", False),
    ("duplicate 0.5% from doomed to rest", Duplicate(5, 0, 1_000), "doomed", "rest", False),
    ("duplicate 5% after 10ms..500ms", Duplicate(50, 10_000, 500_000), "all", "all", False),
    ("clog doomed to rest", Clog(), "doomed", "rest", False),
    ("delay 1..5ms from rest to leader", Delay(1_000, 5_000), "rest", "leader", False),
    ("kill any of last 2 of rest", Kill(), "any of last 2 of rest", None, False),
    ("restart any of all", Restart(), "any of all", None, False),
    ("slow any of all except p1 by 10x", Slow(10), "any of all except p1", None, False),
    ("isolate any of rest", Cut(), "any of rest", None, True),
    ("cut any of all to any of all", Cut(), "any of all", "any of all", False),
]

MISTAKES = [
    ("isolat leader", "Did you mean 'isolate'?"),
    ("isolate", "'isolate' whom? It reads: isolate SET."),
    ("kill", "'kill' whom?"),
    ("partition doomed", "'partition' needs two sets. It reads: partition SET from SET, partition SET in"),
    ("partition doomed to rest", "'partition' needs two sets."),
    ("cut doomed", "'cut' needs two sets. It reads: cut SET to SET."),
    ("cut doomed to", "'cut' whom?"),
    ("lose", "'lose' needs a share from 0.1% to 100%"),
    ("lose 0%", "'lose' needs a share from 0.1% to 100%"),
    ("lose 101%", "'lose' needs a share from 0.1% to 100%"),
    ("lose 10", "'lose' needs a share from 0.1% to 100%"),
    ("lose 10% from doomed", "'lose' needs two sets."),
    ("lose 10% from dooomed to rest", "Did you mean 'doomed'?"),
    ("slow leader", "'slow' needs a set and how much. It reads: slow SET by 10x."),
    ("slow by 10x", "'slow' needs a set and how much."),
    ("slow leader by 1x", "'slow' needs how many times, 2x to 1000x,"),
    ("slow leader by 10", "'slow' needs how many times, 2x to 1000x,"),
    ("drift leader by 0%", "'drift' needs how much longer timers take, -50% to 1000%,"),
    ("drift leader by -51%", "'drift' needs how much longer timers take, -50% to 1000%,"),
    ("drift leader by 10", "'drift' needs how much longer timers take, -50% to 1000%,"),
    ("lose unsynced writes of", "'lose' whom?"),
    ("spike 5%", "'spike' needs how much later. It reads: spike 5% by 50ms..200ms,"),
    ("spike 50ms", "'spike' needs a share from 0.1% to 100%, as in 'spike 10%'"),
    ("reorder", "'reorder' needs a share"),
    ("reorder 5% by 5", "A time needs a unit"),
    ("duplicate 5% after", "is ''"),
    ("duplicate 5% by 5ms", "'duplicate' needs two sets. It reads: duplicate 5%,"),
    ("clog", "'clog' needs two sets. It reads: clog SET to SET, clog SET in a ring."),
    ("delay", "'delay' how long? It reads: delay 5ms..20ms, delay 5ms from SET to SET."),
    ("delay 5", "A time needs a unit"),
    ("partition leader in a ring", "a ring has 4 processes at least, and 'leader' is one. Name a set,"),
    ("clog any of all in a ring", "a ring has 4 processes at least, and 'any of all' is one."),
    (
        "partition in a ring",
        "'partition' needs two sets. It reads: partition SET from SET, partition SET in a",
    ),
    ("cut all in a ring", "'cut' needs two sets."),
    ("kill any of leader", "'leader' is whoever leads at that moment"),
    ("kill any of dooomed", "Did you mean 'doomed'?"),
    ("kill any of", "'kill' any of whom? Name a set,"),
    ("kill any 2 of all", "'any 2 of all' is no set. One of a set,"),
]


@pytest.mark.parametrize(("text", "fault", "whom", "to", "both"), DEEDS, ids=lambda part: str(part))
def test_a_deed_is_read(text: str, fault: Fault, whom: str, to: str | None, both: bool) -> None:
    deed = parse_deed(text, known=ROLES, participants=5)
    assert (deed.fault, deed.whom.text, deed.to and deed.to.text, deed.both) == (fault, whom, to, both)


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_a_deed_that_is_none_is_told(text: str, said: str) -> None:
    with pytest.raises(MistakeError) as caught:
        parse_deed(text, known=ROLES, participants=5)
    assert said in str(caught.value)


def explained(do: str, rest: str = "") -> str:
    """The line that ``--explain`` has for this fault, at 5 ms."""
    text = f'{CORRECT}\n[[fault]]\nname = "it"\nat = "5ms"\ndo = "{do}"\n{rest}'
    lines = explain(plan(parse(text, overrides={"order": "sorted"}), 0)).splitlines()
    return next(line.split("'it': ")[1] for line in lines if "'it': " in line)


@pytest.mark.parametrize(
    ("do", "rest", "said"),
    [
        ("cut p1 to p2", "", "cut from p1 to p2, to the end, 5ms after the start"),
        ("isolate p1", 'for = "1s"', "cut between p1 and everybody else, for 1s, 5ms after the start"),
        ("lose 2.5%", "", "lose 2.5% of messages from p1 p2 p3 p4 p5 to p1 p2 p3 p4 p5, to the end,"),
        ("kill any of waiting", "", "kill one of p2 p3 p4 p5 5ms after the start"),
        ("isolate any of all", 'for = "1s"', "cut between one of p1 p2 p3 p4 p5 and everybody else, for 1s,"),
        (
            "partition all in a ring",
            "",
            "cut between all but neighbours among p1 p2 p3 p4 p5 in a ring, each with 3 of 5, to the end,",
        ),
        (
            "clog waiting in a ring",
            'for = "1s"',
            "keep messages but of neighbours among p2 p3 p4 p5 in a ring, each with 3 of 4, for 1s, 5ms",
        ),
        ("slow p1 by 10x", 'for = "1s"', "make 10 times as slow p1, for 1s, 5ms after the start"),
        ("drift p1 by -5%", "", "let timers take -5% at p1 5ms after the start"),
        ("wipe p1", 'for = "1s"', "wipe p1, for 1s, 5ms after the start"),
        ("clog p1 to p2", 'for = "1s"', "keep messages from p1 to p2, for 1s, 5ms after the start"),
        (
            "spike 5% by 50ms..200ms from p1 to p2",
            "",
            "delay by 50ms..200ms 5% of messages from p1 to p2, to the end,",
        ),
        (
            "reorder 20% from p1 to p2",
            "",
            "let others overtake for 0us..5ms 20% of messages from p1 to p2, to the end,",
        ),
        (
            "duplicate 5% after 1s from p1 to p2",
            "",
            "repeat after 1s 5% of messages from p1 to p2, to the end,",
        ),
        (
            "delay 1ms from leader to p2",
            "",
            "delay by 1ms messages from whoever leads to p2, to the end,",
        ),
    ],
)
def test_a_deed_is_explained(do: str, rest: str, said: str) -> None:
    assert explained(do, rest).startswith(said)


def test_a_partition_with_a_process_on_both_sides_is_refused() -> None:
    fault = '[[fault]]\nat = "5ms"\ndo = "partition proposer from all"\n'
    (said,) = problems(f"{CORRECT}\n{fault}")
    assert said == (
        "wrong.toml:18: fault.1.do: 'proposer' and 'all' share a process, which cannot be cut off from"
        " itself. Take it out of one of the two, or use 'isolate'."
    )


@pytest.mark.parametrize(("verb", "fault"), [("partition", Cut()), ("clog", Clog())])
def test_a_ring_is_read(verb: str, fault: Fault) -> None:
    deed = parse_deed(f"{verb} first 4 of all in a ring", known=ROLES, participants=5)
    assert (deed.fault, deed.whom.text, deed.ring) == (fault, "first 4 of all", True)


@pytest.mark.parametrize(
    ("do", "participants", "said"),
    [
        ("partition all in a ring", 4, ""),
        ("partition all in a ring", 3, "'all' has 3, and a ring has 4 processes at least: of fewer no"),
        ("clog all in a ring", 2, "'all' has 2, and a ring has 4 processes at least"),
        ("clog last 3 of all in a ring", 9, "'last 3 of all' has 3, and a ring has 4 processes at least"),
    ],
)
def test_a_ring_of_too_few_is_refused(do: str, participants: int, said: str) -> None:
    fault = f'[[fault]]\nat = "5ms"\ndo = "{do}"\nfor = "1s"\n'
    found = "".join(problems(f"{CORRECT}\n{fault}", participants=participants))
    assert f"fault.1.do: {said}" in found if said else found == ""


def test_whom_a_draw_will_hit_is_not_known_and_not_counted() -> None:
    fault = '[[fault]]\nat = "5ms"\ndo = "kill any of all"\n'
    assert problems(f"{CORRECT}\n{fault}" + fault.replace("5ms", "6ms") + fault.replace("5ms", "7ms")) == ()


def test_two_draws_may_be_from_one_set() -> None:
    fault = '[[fault]]\nat = "5ms"\ndo = "partition any of all from any of all"\n'
    assert problems(f"{CORRECT}\n{fault}") == ()


@pytest.mark.parametrize(
    ("do", "said"),
    [
        ("resume p1", "'for' is how long a fault lasts, and 'resume p1' happens once. Leave it out."),
        ("restart p1", "'for' is how long a fault lasts, and 'restart p1' happens once. Leave it out."),
    ],
)
def test_a_fault_that_happens_once_does_not_last(do: str, said: str) -> None:
    assert said in problems(f'{CORRECT}\n[[fault]]\nat = "5ms"\ndo = "{do}"\nfor = "1s"\n')[0]


def test_the_leader_cannot_be_restarted() -> None:
    (said,) = problems(f'{CORRECT}\n[[fault]]\nat = "5ms"\ndo = "restart leader"\n')
    assert "fault.1.do: 'restart leader': who leads, or takes a step, is alive." in said


TWO_GO = '[[fault]]\nat = "5ms"\ndo = "kill first 3 of all"\n'


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        (TWO_GO, "2 left"),
        (TWO_GO + 'for = "1s"\n', ""),
        (TWO_GO + '[[fault]]\nat = "9ms"\ndo = "restart first of all"\n', ""),
        (TWO_GO + '[[fault]]\nat = "4ms"\ndo = "restart first of all"\n', "2 left"),
        (TWO_GO + 'for = "1s"\n[[fault]]\nat = "2s"\ndo = "kill first 4 of all"\n', "1 left"),
        (TWO_GO + '[[fault]]\nat = "6ms"\ndo = "kill first 3 of all"\nfor = "1s"\n', "2 left"),
    ],
)
def test_who_comes_back_counts_for_the_quorum(fault: str, left: str) -> None:
    text = CORRECT.replace('by = "all"\n', "")
    said = "".join(problems(f"{text}\n{fault}"))
    assert left in said if left else said == ""


def test_who_comes_back_is_explained_and_has_to_decide() -> None:
    text = CORRECT.replace('by = "all"\n', "") + '[[fault]]\nat = "5ms"\ndo = "kill p1, p2"\nfor = "1s"\n'
    text = text.replace("p1, p2", "first 2 of all")
    lines = explain(plan(parse(text, overrides={"order": "sorted"}), 0)).splitlines()
    assert lines[-2].endswith("kill p1 p2, for 1s, 5ms after the start")
    assert lines[-1] == (
        "  killed by script 0 and by fault 2 of 5, 2 back, 5 left: a decision is possible; expected: required"
        " of p1 p2 p3 p4 p5"
    )


def test_what_is_kept_has_to_come_some_time() -> None:
    (said,) = problems(f'{CORRECT}\n[[fault]]\nat = "5ms"\ndo = "clog p1 to p2"\n')
    assert "'clog p1 to p2' keeps messages until it is over: say when, as in for = \"200ms\"." in said
