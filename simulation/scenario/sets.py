"""The language of sets: who is meant, in words.

::

    [first|second|last [N|half|minority|majority] of] [sorted] SET [except SET, SET, ...]

``SET`` is ``all``, a role defined above, or a process; a list of such names is their
union. The members keep the participants' order, or with ``sorted`` the alphabetical order of
their names (p1, p10, p2). *except* takes away first, *first* and *last* pick from the
rest. ``half`` is half of the set named, rounded down; ``majority`` (n div 2 + 1) and
``minority`` (n - majority) are always those of all n participants.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from simulation.errors import nearest
from simulation.protocols.quorum import majority
from simulation.scenario.values import MistakeError

Members = tuple[int, ...]
Atom = str | int

PICKS = ("first", "second", "last")
AMOUNTS = ("half", "minority", "majority")
RESERVED = (*PICKS, *AMOUNTS, "of", "sorted", "except", "all", "leader")

_PROCESS = re.compile(r"p[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_GRAMMAR = "[first|second|last [N|half|minority|majority] of] [sorted] SET [except SET, SET, ...]"


class SetExpression(Struct, frozen=True):
    """A set as written. An atom is a name (``all`` or a role) or the number of a process.

    ``pick`` is empty or one of ``PICKS``; ``amount`` is ``None`` where only *first* or
    *last* is said, which means one at most.
    """

    text: str
    union: tuple[Atom, ...]
    minus: tuple[Atom, ...] = ()
    alphabetical: bool = False
    pick: str = ""
    amount: int | str | None = None

    @property
    def by_place(self) -> bool:
        """Whether the set itself names nobody: places in an order suffice to say who is in it."""
        return not self.alphabetical and all(isinstance(atom, str) for atom in (*self.union, *self.minus))


def parse_set(written: str | Sequence[str], *, known: Sequence[str], participants: int) -> SetExpression:
    """A set expression from a string, or a union from a list. Raises ``MistakeError``.

    ``known`` are the roles that may be named.
    """
    if not isinstance(written, str):
        if not written:
            raise MistakeError("names nobody.")
        union = tuple(_atom(word, known, participants) for word in written)
        return SetExpression(text=", ".join(written), union=union)
    words = written.split()
    pick, amount, rest = _picked_words(words, written)
    alphabetical = rest[:1] == ["sorted"]
    base, *minus = _base_and_minus(rest[1:] if alphabetical else rest, written)
    return SetExpression(
        text=" ".join(words),
        union=(_atom(base, known, participants),),
        minus=tuple(_atom(word, known, participants) for word in minus),
        alphabetical=alphabetical,
        pick=pick,
        amount=amount,
    )


def members(expression: SetExpression, sets: Mapping[str, Members], ranks: Sequence[int]) -> Members:
    """Who is meant, in order. Raises ``MistakeError`` where more are picked than there are.

    ``sets`` holds the roles above and ``all``, in the participants' order; ``ranks`` gives
    each process its place among the sorted names.
    """
    found = _union(expression.union, sets)
    if expression.minus:
        gone = frozenset(_union(expression.minus, sets))
        found = tuple([process for process in found if process not in gone])
    if expression.alphabetical:
        found = tuple(sorted(found, key=ranks.__getitem__))
    return _pick(expression, found, len(ranks)) if expression.pick else found


def _union(atoms: tuple[Atom, ...], sets: Mapping[str, Members]) -> Members:
    if len(atoms) == 1:
        atom = atoms[0]
        return sets[atom] if isinstance(atom, str) else (atom,)
    processes = [process for atom in atoms for process in _union((atom,), sets)]
    return tuple(dict.fromkeys(processes))


def _pick(expression: SetExpression, found: Members, participants: int) -> Members:
    if expression.pick == "second":
        return found[1:2]
    count = _count(expression.amount, len(found), participants)
    if count > len(found) and expression.amount is not None:
        raise MistakeError(f"'{expression.text}' takes {count} of {len(found)} processes.")
    return found[:count] if expression.pick == "first" else found[max(len(found) - count, 0) :]


def _count(amount: int | str | None, size: int, participants: int) -> int:
    if isinstance(amount, int):
        return amount
    if amount is None:
        return 1
    quorum = majority(participants)
    return {"half": size // 2, "majority": quorum, "minority": participants - quorum}[amount]


def _picked_words(words: list[str], written: str) -> tuple[str, int | str | None, list[str]]:
    if "of" not in words:
        return "", None, words
    place = words.index("of")
    pick, *amounts = words[:place] or [""]
    if pick == "any":
        raise MistakeError(
            f"{written!r} is no set. One of a set, drawn whenever a fault strikes, is 'any of SET', and only"
            ' what the fault does can mean it, as in do = "kill any of all".'
        )
    if pick not in PICKS:
        raise _misread(pick, written, PICKS)
    if not amounts:
        return pick, None, words[place + 1 :]
    if len(amounts) > 1 or pick == "second":
        raise _misread(amounts[-1], written, ())
    return pick, _amount(amounts[0], written), words[place + 1 :]


def _amount(word: str, written: str) -> int | str:
    if word in AMOUNTS:
        return word
    if not _NUMBER.fullmatch(word):
        raise _misread(word, written, AMOUNTS)
    if int(word) == 0:
        raise MistakeError(f"{written!r} names nobody.")
    return int(word)


def _base_and_minus(words: list[str], written: str) -> list[str]:
    if not words:
        raise _misread("", written, ())
    if len(words) == 1:
        return words
    if words[1] != "except":
        raise _misread(words[1], written, ("except", "of"))
    minus = [word.strip() for word in " ".join(words[2:]).split(",")]
    for word in minus:
        if not word or " " in word:
            raise _misread(word, written, ())
    return [words[0], *minus]


def _misread(word: str, written: str, wanted: Sequence[str]) -> MistakeError:
    what = f"{word!r} is not understood in {written!r}" if word else f"{written!r} is not complete"
    return MistakeError(f"{what}. A set reads: {_GRAMMAR}.{nearest(word, wanted)}")


def _atom(word: str, known: Sequence[str], participants: int) -> Atom:
    if word == "all" or word in known:
        return word
    if word == "leader":
        raise MistakeError(
            "'leader' is whoever leads at that moment: only a fault can mean it, and only alone."
        )
    if _PROCESS.fullmatch(word):
        if int(word[1:]) > participants:
            raise MistakeError(f"{word!r} is no process: there are p1 to p{participants}.")
        return int(word[1:]) - 1
    named = ", ".join(("all", *known))
    raise MistakeError(
        f"{word!r} is not a role defined above. Known: {named}.{nearest(word, ('all', *known))}"
    )
