"""What a fault does, in words: ``do = "kill leader"``, ``do = "lose 10% from SET to SET"``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from simulation.errors import nearest
from simulation.faults import (
    FAULTS,
    LINK_FAULTS,
    LOSE_WRITES,
    PACES,
    RING_LEAST,
    Clog,
    Cut,
    Delay,
    Drift,
    Duplicate,
    Fault,
    LinkFault,
    Lose,
    LoseWrites,
    Reorder,
    Slow,
    Spike,
)
from simulation.scenario import times
from simulation.scenario.sets import SetExpression, parse_set
from simulation.scenario.values import MistakeError

MOVING = "leader"

TAKER = "it"
"""Whoever takes the step that a fault is pinned to, unless a role has this name."""

ANY = "any of "
"""Before a set: one of it, drawn whenever the fault strikes."""

IN_A_RING = " in a ring"
"""Behind a set: everybody is cut off from all but some neighbours, who make a majority."""

RINGS: dict[str, type[LinkFault]] = {"partition": Cut, "clog": Clog}

EVERYBODY = "all"

LATE: dict[str, tuple[type[Any], str, tuple[int, int] | None]] = {
    "spike": (Spike, "by", None),
    "reorder": (Reorder, "by", (0, 5_000)),
    "duplicate": (Duplicate, "after", (0, 1_000)),
}
"""Verbs with a share and a range of times: the fault, the word before the range, what is meant without."""

MOST_TIMES = 1_000

_TIMES = re.compile(r"(\d{1,4})x")
_DRIFT = re.compile(r"([+-]?)(\d{1,4})(?:\.(\d))?%")
_SHARE = re.compile(r"(\d{1,3})(?:\.(\d))?%")


class Whom(Struct, frozen=True):
    """Who is meant, as written.

    The ``expression`` is None for who leads at that moment, and for who takes a step. Of one that is
    ``drawn`` from, one process is meant, another one each time.
    """

    text: str
    expression: SetExpression | None
    drawn: bool = False

    @property
    def certain(self) -> SetExpression | None:
        """The set, if all of it is meant."""
        return None if self.drawn else self.expression

    @property
    def takes_the_step(self) -> bool:
        """Whether it is whoever takes the step that the fault is pinned to."""
        return self.expression is None and self.text == TAKER


class Deed(Struct, frozen=True):
    """A fault and whom it hits. ``to`` is where messages go that it hits; None: to everybody else.

    In a ``ring`` they go from all to all, but for neighbours.
    """

    fault: Fault
    whom: Whom
    to: Whom | None = None
    both: bool = False
    ring: bool = False


def parse_whom(words: str, *, known: Sequence[str], participants: int, pinned: bool = False) -> Whom:
    """A set, or a word for who is known in the run only. Raises ``MistakeError``."""
    taker = words == TAKER and TAKER not in known
    if taker and not pinned:
        raise MistakeError(
            f"{TAKER!r} is whoever takes the step that a fault is pinned to, and this one is not. Pin it, as"
            ' in after = "first Promised", or say whom.'
        )
    if taker or words == MOVING:
        return Whom(words, None)
    return Whom(words, parse_set(words, known=known, participants=participants))


def parse_deed(text: str, *, known: Sequence[str], participants: int, pinned: bool = False) -> Deed:
    """The deed in these words, of a fault that is ``pinned`` to a step or not. Raises ``MistakeError``."""
    verb, _, rest = " ".join(text.split()).partition(" ")

    def whom(words: str) -> Whom:
        if not words:
            raise MistakeError(f"{verb!r} whom? {_example(verb)}")
        if f"{words} ".startswith(ANY):
            of = words[len(ANY) :]
            if not of:
                raise MistakeError(f"{verb!r} any of whom? {_example(verb)}")
            return Whom(words, parse_set(of, known=known, participants=participants), drawn=True)
        return parse_whom(words, known=known, participants=participants, pinned=pinned)

    if verb in FAULTS:
        return Deed(FAULTS[verb](), whom(rest))
    if verb in PACES:
        one, pace = _two(rest, "by", verb, f"{verb!r} needs a set and how much. It reads:")
        return Deed(_pace(verb, pace), whom(one))
    if text.split()[:4] == LOSE_WRITES.split():
        return Deed(LoseWrites(), whom(" ".join(text.split()[4:])))
    if verb not in LINK_FAULTS:
        words = (*FAULTS, *PACES, *LINK_FAULTS)
        raise MistakeError(f"{verb!r} is no fault. Known: {', '.join(words)}.{nearest(verb, words)}")
    return _of_links(verb, rest, whom)


def _of_links(verb: str, rest: str, whom: Callable[[str], Whom]) -> Deed:
    """A fault that hits messages, between those that ``whom`` reads."""
    if verb in RINGS and rest.endswith(IN_A_RING):
        return _ring(verb, whom(rest.removesuffix(IN_A_RING)))
    if verb == "isolate":
        return Deed(Cut(), whom(rest), None, both=True)
    if verb == "partition":
        one, other = _two(rest, "from", verb)
        return Deed(Cut(), whom(one), whom(other), both=True)
    fault, rest = _share(verb, rest)
    one, other = (
        _two(rest.removeprefix("from "), "to", verb) if rest or verb in ("cut", "clog") else (EVERYBODY,) * 2
    )
    return Deed(fault, whom(one), whom(other))


def _ring(verb: str, whom: Whom) -> Deed:
    if whom.certain is None:
        raise MistakeError(
            f"a ring has {RING_LEAST} processes at least, and {whom.text!r} is one. Name a set, as in"
            f" '{verb} all{IN_A_RING}'."
        )
    return Deed(RINGS[verb](), whom, whom, both=True, ring=True)


def _share(verb: str, words: str) -> tuple[LinkFault, str]:
    """What becomes of a message, and the words about whose."""
    if verb == "cut":
        return Cut(), words
    if verb == "clog":
        return Clog(), words
    how, _, rest = words.partition(" ")
    if verb in LATE:
        return _late(verb, how, rest)
    if verb == "delay" and not how:
        raise MistakeError(f"{verb!r} how long? {_example(verb)}")
    return Lose(_per_mille(how, verb)) if verb == "lose" else Delay(*times.pair(how)), rest


def _late(verb: str, share: str, words: str) -> tuple[LinkFault, str]:
    fault, before, usual = LATE[verb]
    per_mille = _per_mille(share, verb)
    word, _, rest = words.partition(" ")
    if word == before:
        late, _, rest = rest.partition(" ")
        return fault(per_mille, *times.pair(late)), rest
    if usual is None:
        raise MistakeError(f"{verb!r} needs how much later. {_example(verb)}")
    return fault(per_mille, *usual), words


def _pace(verb: str, written: str) -> Fault:
    """So many times as slow, or so much longer."""
    if verb == "slow":
        match = _TIMES.fullmatch(written)
        if match is None or not 2 <= int(match[1]) <= MOST_TIMES:
            raise MistakeError(
                f"'slow' needs how many times, 2x to {MOST_TIMES}x, as in 'slow leader by 10x', and not"
                f" {written!r}."
            )
        return Slow(int(match[1]))
    match = _DRIFT.fullmatch(written)
    share = int(match[2]) * 10 + int(match[3] or 0) if match else 0
    if match is None or not 0 < share <= (500 if match[1] == "-" else 10_000):
        raise MistakeError(
            "'drift' needs how much longer timers take, -50% to 1000%, as in 'drift leader by 2.5%', and not"
            f" {written!r}."
        )
    return Drift(-share if match[1] == "-" else share)


def _two(words: str, between: str, verb: str, without: str = "") -> tuple[str, str]:
    one, found, other = f"{words} ".partition(f" {between} ")
    if not found:
        raise MistakeError(f"{without or f'{verb!r} needs two sets.'} {_example(verb, bare=bool(without))}")
    return one.strip(), other.strip()


def _per_mille(written: str, verb: str) -> int:
    match = _SHARE.fullmatch(written)
    share = int(match[1]) * 10 + int(match[2] or 0) if match else -1
    if not 0 < share <= 1_000:
        raise MistakeError(
            f"{verb!r} needs a share from 0.1% to 100%, as in '{verb} 10%', and not {written!r}."
        )
    return share


def _example(verb: str, *, bare: bool = False) -> str:
    if verb in PACES:
        reads = ", ".join(PACES[verb].examples)
        return f"{reads}." if bare else f"It reads: {reads}."
    if verb in FAULTS:
        return f"Name a set, as in '{verb} {MOVING}' or '{verb} first of all'."
    return f"It reads: {', '.join(LINK_FAULTS[verb].examples)}."
