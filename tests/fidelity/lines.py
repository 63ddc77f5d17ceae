"""The 27 kinds of lines that a run prints, and how to cut the seed log into them.

The seed log has lost its newlines: they are spaces there. ``cut`` finds the line ends
again; a simulated log has its newlines, and ``kind_of`` reads one of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_P = r"p\d+"
_NAMES = rf"\[(?::{_P}(?:, :{_P})*)?\]"
_VALUE = r"\{{:val, (?P<{}>\d+)\}}"
_X = rf"(?P<process>{_P})"
_V = _VALUE.format("value")
_INST = r"(?P<instance>\d+)"
_BAL = r"(?P<ballot>\d+)"

PATTERNS: dict[str, str] = {
    "starting": rf"Starting paxos for {_X}",
    "started": rf":{_X}: started",
    "started_with": rf":{_X}: started with (?P<participants>{_NAMES})",
    "spare": rf"spare = (?P<spare>{_NAMES})",
    "kill": rf"kill: leaders, followers = (?P<leaders>{_NAMES}), (?P<followers>{_NAMES})",
    "propose": rf"{_X} - Propose {_INST} with action nil",
    "propose_action": rf"{_X} - Propose {_INST} with action :(?P<action>\w+)",
    "already": rf"{_X} - Has already decided for {_INST} sending {_V}",
    "set_3": rf"{_X} SET BALLOT VALUE 3 nil",
    "leader": rf"{_X} - (?P<leader>{_P}) is leader",
    "send_prepare": rf"{_X} sending all prepare {_INST} {_BAL}",
    "set_2": rf"{_X} SET BALLOT VALUE 2 nil",
    "prepare": rf"{_X} - prepare from (?P<leader>{_P})",
    "cause": r"I think that is the cause",
    "prepared": rf"{_X} - prepared {_INST} {_BAL} nil nil",
    "prepared_value": rf"{_X} - prepared {_INST} {_BAL} (?P<accepted_ballot>\d+) {_V}",
    "probably": r"Probably recieved this before preare came to self sending with delay",
    "try_run": rf"{_X} Try to run prepared",
    "try_count": rf"{_X} (?P<participants>\d+) (?P<count>\d+) (?P<flag>true|false)",
    "set_value": rf"{_X} SET BALLOT VALUE {_V}",
    "accept": rf"{_X} - accept {_INST} {_BAL} {_V}",
    "accepted": rf"{_X} accepted {_INST} {_BAL}",
    "die": rf"{_X} - Leader has action to die before decision \{{:decide, {_INST}, {_V}\}}",
    "decided": rf"{_X} decided {_INST} {_V}",
    "client_decided": rf"{_X}: decided {_V}",
    "queue": rf"{_X}: \{{:message_queue_len, (?P<length>\d+)\}}",
    "result": r"\[(?:val: \d+(?:, val: \d+)*)?\]",
}
"""Kind -> the regular expression that the whole line matches, its fields named.

A proposal and a promise come in two kinds each: without and with an action, without and
with a value accepted before.
"""

_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS.items())


class Line(NamedTuple):
    """One printed line: its kind (a key of ``PATTERNS``), its fields, and its text."""

    kind: str
    fields: Mapping[str, str]
    text: str

    @property
    def process(self) -> str:
        """The process that printed it, or the empty text where the line does not say."""
        return self.fields.get("process", "")


@lru_cache(maxsize=1 << 16)
def kind_of(line: str) -> tuple[str, Mapping[str, str]] | None:
    """The kind of ``line`` and its fields, or None when it is no line of the seed."""
    for name, pattern in _COMPILED:
        match = pattern.fullmatch(line)
        if match:
            return name, match.groupdict()
    return None


def read(text: str) -> tuple[list[Line], list[str]]:
    """The lines of a newline-separated log, and those that are of no known kind."""
    known: list[Line] = []
    unknown: list[str] = []
    for line in text.splitlines():
        found = kind_of(line)
        if found is None:
            unknown.append(line)
        else:
            known.append(Line(found[0], found[1], line))
    return known, unknown


def cut(log: str) -> Iterator[Line]:
    """The lines of a log whose newlines have become spaces.

    At each place the longest kind that fits is taken, because ``:p1: started`` is the
    beginning of another one. The two halves of a promise count (``try_run`` and
    ``try_count``) are lines of their own, so it does not matter what stands between them.
    Raises ValueError, with the place, where nothing fits.
    """
    position = 0
    end = len(log.rstrip())
    while position < end:
        line = _longest_at(log, position)
        if line is None:
            raise ValueError(
                f"no line of the seed at character {position}: {log[position : position + 60]!r}"
            )
        yield line
        position += len(line.text) + 1


def split_runs(lines: Iterator[Line] | list[Line]) -> list[list[Line]]:
    """Cuts a log of many runs: a run begins where ``Starting paxos`` follows another kind."""
    runs: list[list[Line]] = []
    before = ""
    for line in lines:
        if line.kind == "starting" and before != "starting":
            runs.append([])
        runs[-1].append(line)
        before = line.kind
    return runs


def _longest_at(log: str, position: int) -> Line | None:
    found = []
    for name, pattern in _COMPILED:
        match = pattern.match(log, position)
        if match and not log[match.end() : match.end() + 1].strip():
            found.append(Line(name, match.groupdict(), match.group()))
    return max(found, key=lambda line: len(line.text), default=None)
