"""The language of scripts: what a process does, one short string per step.

::

    propose [until commit] [for TIME] [instance N|NAME] [action WORD] [expecting abort|decision]
    wait TIME [instance N|NAME]
    sleep TIME | sleep LOW..HIGH
    suspend | resume | kill
    N times: STEP, STEP, ...

The parts of a proposal may come in any order, each once. ``NAME`` is a draw of ``[let]``.
``show`` is the inverse and writes the parts in the order above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simulation.errors import nearest
from simulation.harness.steps import Kill, Propose, Repeat, Resume, Sleep, Step, Suspend, Wait
from simulation.scenario import times
from simulation.scenario.model import Drawn
from simulation.scenario.values import MOST_INSTANCES, MistakeError, Reader

PLAIN: dict[str, type[Step]] = {"suspend": Suspend, "resume": Resume, "kill": Kill}
VERBS = ("propose", "wait", "sleep", *PLAIN)
PARTS = ("until", "for", "instance", "action", "expecting")
MOST_TIMES = 10_000

_NUMBER = re.compile(r"\d{1,18}")
_REPEAT = re.compile(r"(\d{1,18}) times: *(.*)")


class Vocabulary(Struct, frozen=True):
    """The words that a file and its protocol add: draws, and actions of a proposal.

    ``actions`` is None where the protocol is not known, so that nothing can be said.
    """

    lets: tuple[str, ...]
    actions: tuple[str, ...] | None
    protocol: str


def parse_step(written: str, vocabulary: Vocabulary) -> Step:
    """The step that ``written`` means. Raises ``MistakeError``."""
    text = " ".join(written.split())
    if match := _REPEAT.fullmatch(text):
        return _repeat(written, match, vocabulary)
    return _Sentence(written, vocabulary).step()


def ends_before(steps: Sequence[Step]) -> bool:
    """Whether something follows a ``kill``, inside a repetition too: it would never happen."""
    return any(
        (isinstance(step, Kill) and place < len(steps) - 1)
        or (isinstance(step, Repeat) and any(isinstance(inner, Kill) for inner in step.body))
        for place, step in enumerate(steps)
    )


def _repeat(written: str, match: re.Match[str], vocabulary: Vocabulary) -> Repeat:
    count = int(match[1])
    if not 1 <= count <= MOST_TIMES:
        raise MistakeError(f"step {written!r}: {count} times. From 1 to {MOST_TIMES} times.")
    parts = [part.strip() for part in match[2].split(",")]
    if any("times:" in part for part in parts):
        raise MistakeError(f"step {written!r}: a repetition inside a repetition. Write the inner steps out.")
    return Repeat(count, tuple(_Sentence(part, vocabulary).step() for part in parts))


class _Sentence:
    """The words of one step, taken from the left."""

    def __init__(self, written: str, vocabulary: Vocabulary) -> None:
        self._written = written
        self._words = written.split()[::-1]
        self._vocabulary = vocabulary
        self._let: str | None = None

    def step(self) -> Step:
        verb = self._words.pop() if self._words else ""
        if verb == "propose":
            return self._propose()
        if verb == "wait":
            return self._wait()
        if verb == "sleep":
            return self._sleep()
        if verb not in PLAIN:
            raise self._wrong(
                f"is not understood. Steps: {', '.join(VERBS)}, 'N times: ...'.{nearest(verb, VERBS)}"
            )
        self._end()
        return PLAIN[verb]()

    def _propose(self) -> Step:
        fields = self._parts(PARTS)
        if fields.get("until_commit") and fields.get("expect") == "abort":
            raise self._wrong("cannot expect an abort: 'until commit' goes on after every abort.")
        return self._drawn(Propose(**fields))

    def _wait(self) -> Step:
        timeout_us = self._time("wait")
        return self._drawn(Wait(timeout_us=timeout_us, **self._parts(("instance",))))

    def _sleep(self) -> Step:
        span = self._timed(times.whole_units, "sleep")
        self._end()
        return Sleep(span.low_us, span.high_us, span.unit_us)

    def _parts(self, allowed: Sequence[str]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while self._words:
            word = self._words.pop()
            if word not in allowed:
                known = ", ".join(allowed)
                raise self._wrong(f"has {word!r}. What may stand there: {known}.{nearest(word, allowed)}")
            field, value = self._part(word)
            if field in fields:
                raise self._wrong(f"says {word!r} twice.")
            fields[field] = value
        return fields

    def _part(self, word: str) -> tuple[str, Any]:
        if word == "until":
            return "until_commit", self._one_of("until", ("commit",)) == "commit"
        if word == "for":
            return "timeout_us", self._time("for")
        if word == "instance":
            return "instance", self._instance()
        if word == "action":
            return "action", self._action()
        return "expect", self._one_of("expecting", ("abort", "decision"))

    def _instance(self) -> int:
        word, lets = self._next("instance", "a number or a name of [let]"), self._vocabulary.lets
        if word in lets:
            self._let = word
            return 1
        if not _NUMBER.fullmatch(word) or not 1 <= int(word) <= MOST_INSTANCES:
            known = f" Draws: {', '.join(lets)}." if lets else ""
            raise self._wrong(
                f"has instance {word!r}. A whole number from 1 to {MOST_INSTANCES},"
                f" or a name of [let].{known}{nearest(word, lets)}"
            )
        return int(word)

    def _action(self) -> str:
        actions, protocol = self._vocabulary.actions, self._vocabulary.protocol
        word = self._next("action", "a word of the protocol")
        if actions is None or word in actions:
            return word
        if not actions:
            raise self._wrong(f"has action {word!r}, but protocol {protocol!r} knows no actions.")
        raise self._wrong(
            f"has action {word!r}. Actions of protocol {protocol!r}: {', '.join(actions)}."
            f"{nearest(word, actions)}"
        )

    def _one_of(self, before: str, words: Sequence[str]) -> str:
        wanted = " or ".join(f"'{word}'" for word in words)
        word = self._next(before, wanted)
        if word not in words:
            raise self._wrong(f"has {word!r} after {before!r}. Allowed: {wanted}.{nearest(word, words)}")
        return word

    def _time(self, before: str) -> int:
        found: int = self._timed(times.at_least(1, "1us"), before)
        return found

    def _timed(self, read: Reader, before: str) -> Any:
        word = self._next(before, "a time, as in '10ms'")
        try:
            return read(word)
        except MistakeError as mistake:
            raise MistakeError(f"step {self._written!r}: the time {mistake}") from None

    def _next(self, before: str, wanted: str) -> str:
        if not self._words:
            raise self._wrong(f"is not complete: after {before!r} comes {wanted}.")
        return self._words.pop()

    def _end(self) -> None:
        if self._words:
            raise self._wrong(f"has {self._words[-1]!r} too many.")

    def _drawn(self, step: Step) -> Step:
        return step if self._let is None else Drawn(self._let, step)

    def _wrong(self, what: str) -> MistakeError:
        return MistakeError(f"step {self._written!r} {what}")
