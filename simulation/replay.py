"""A run written down, and the proof that it happens again.

A *record* is the trace as JSON lines, between a line that says which run it was (with the
scenario's whole text, so that the record needs no other file) and a line with the verdict
and the digest. Replaying runs the same scenario and seed and compares event by event.

The JSON object of ``run --format json`` is a record too: a short one, by digest alone.

Change together: what ``record_lines`` and ``Run.as_json`` write, ``read_record`` reads.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, TextIO

import msgspec

from simulation import scenario as scenarios
from simulation.errors import InputError, NondeterminismError, RecordError
from simulation.protocols import find_protocol
from simulation.reenact import reenact_again
from simulation.run import Run, Runner, checked_seed
from simulation.scenario import Scenario
from simulation.search import Schedule, misfit, read_schedule
from simulation.seedlog.reader import STDIN
from simulation.trace.codec import line
from simulation.trace.trace import FORMAT
from simulation.trace.wide import of_json, to_json

CAUSES = (
    "Usual causes: the protocol iterates a set or a dictionary of strings, hashes a string, reads a"
    " clock, draws random numbers of its own, or changes a state in place; the record comes from"
    " another version of this package or of the protocol, or was edited."
)

WHAT_IT_IS = (
    "A record is what 'simulation run' prints with --format jsonl or json, and 'simulation check --run N'"
    " with --format jsonl."
)

LONGEST = 64_000_000
"""No line of a record has more characters, and no record that is one JSON object."""

KINDS = {str: "text", int: "whole number", dict: "JSON object", list: "list"}
"""What a key of a record has to hold, as messages call it."""


def record_lines(run: Run) -> Iterator[str]:
    """The record of a run, line by line, without line ends."""
    yield to_json({"event": "begin", "format": FORMAT, **run.origin})
    for record in run.trace:
        yield line(record, run.places)
    violations = [{"check": v.check, "message": v.message, "events": list(v.events)} for v in run.violations]
    unknown = [{"check": u.check, "message": u.message} for u in run.unknowns]
    end = {"event": "end", "verdict": run.verdict, "violations": violations, "unknown": unknown}
    yield to_json({**end, "events": run.events, "digest": run.digest})


class Recording(msgspec.Struct, frozen=True):
    """A record that was read: which run, its digest or the beginning of it, and its events if it has them.

    ``reenacts`` are the lines of the log that it re-enacts; then its seed says nothing. ``schedule``
    are the moves that it was told to make.
    """

    scenario: Scenario
    seed: int
    digest: str
    events: tuple[str, ...] | None = None
    reenacts: tuple[str, ...] | None = None
    schedule: Schedule | None = None

    def again(self) -> Run:
        """The run that it records, once more."""
        if self.reenacts is not None:
            return reenact_again(self.reenacts, self.scenario)
        if self.schedule is not None:
            return Runner(self.scenario).follow(self.schedule, self.seed)
        return Runner(self.scenario).run(self.seed)


def replay(record: Run | Recording | str | os.PathLike[str]) -> Run:
    """Repeat a recorded run and compare: a ``Run``, or the path of a record, ``-`` for standard input.

    Raises ``NondeterminismError``, which names the first event that differs, and
    ``RecordError`` for what is no record.
    """
    recording = _recording(record)
    try:
        again = recording.again()
    except RecordError as error:
        raise RecordError(
            f"{_called(record)}: {error}" if isinstance(record, (str, os.PathLike)) else str(error)
        ) from None
    if recording.events is not None:
        compare_events(recording.events, _events(again))
    if not again.digest.startswith(recording.digest):
        raise NondeterminismError(
            f"the digest differs: {recording.digest} recorded, {again.digest} now, over {again.events}"
            " events. Either the digest is that of another scenario, seed or setting, or the run is not"
            f" repeated. A record made with --format jsonl names the first event that differs.\n{CAUSES}"
        )
    return again


def read_record(path: Path) -> Recording:
    """The record in this file, or with ``-`` that on standard input.

    Raises ``RecordError`` with the line that cannot be read.
    """
    place = _called(path)
    # Lines end in a newline and nothing else: a scenario's text may hold other line separators.
    lines = _lines(path, place)
    if not lines or lines == [""]:
        raise RecordError(f"{place}: is empty. {WHAT_IT_IS}")
    try:
        first = of_json(lines[0])
    except (msgspec.DecodeError, RecursionError):
        first = None
    if isinstance(first, dict) and first.get("event") == "begin":
        return _long(place, lines)
    return _short(place, lines)


def _recording(record: Run | Recording | str | os.PathLike[str]) -> Recording:
    if isinstance(record, Recording):
        return record
    if isinstance(record, Run):
        origin = record.scenario, record.seed, record.digest, _events(record)
        return Recording(*origin, record.reenacts, record.moves if record.scheduled else None)
    return read_record(Path(record))


def _events(run: Run) -> tuple[str, ...]:
    return tuple(line(record, run.places) for record in run.trace)


def _called(path: str | os.PathLike[str]) -> str:
    return "standard input" if str(path) == STDIN else str(path)


def _lines(path: Path, place: str) -> list[str]:
    try:
        if str(path) != STDIN:
            with path.open(encoding="utf-8") as file:
                return list(_cut(file, place))
        if sys.stdin is None:
            return []
        stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
        try:
            return list(_cut(stdin, place))
        finally:
            # Else it would close standard input too.
            stdin.detach()
    except UnicodeDecodeError as error:
        raise RecordError(f"{place}: is no text in UTF-8. {WHAT_IT_IS}") from error
    except OSError as error:
        raise RecordError(f"{place}: cannot be read as a record: {error.strerror}. {WHAT_IT_IS}") from error


def _cut(file: TextIO, place: str) -> Iterator[str]:
    """The lines, without line ends. Raises ``RecordError`` where they are longer than those of any record."""
    number, size, is_long = 0, 0, False
    while text := file.readline(LONGEST + 1):
        number += 1
        is_long = is_long or (number == 1 and '"begin"' in text)
        # Without a line that begins it, a record is one object, whose lines belong together.
        size = len(text) if is_long else size + len(text)
        if size > LONGEST:
            what = "this line has" if is_long else "this is one object, with"
            raise RecordError(f"{place}:{number}: {what} more than {LONGEST:,} characters. {WHAT_IT_IS}")
        yield text.removesuffix("\n")


def _long(place: str, lines: list[str]) -> Recording:
    """The record that ``record_lines`` writes."""
    first, *events = [_object(f"{place}:{number}", text) for number, text in enumerate(lines, start=1)]
    begin = f"{place}:1"
    _check_format(begin, first)
    last = events.pop() if events else first
    if last.get("event") != "end":
        raise RecordError(f"{place}: has no 'end' line: the record was cut off. Make it anew.")
    digest = _digest(f"{place}:{len(lines)}", last)
    return _recorded(begin, first, digest, tuple(map(to_json, events)))


def _short(place: str, lines: list[str]) -> Recording:
    """The JSON object of a run, on one line or several."""
    found = _object(place, "\n".join(lines))
    _check_format(place, found)
    return _recorded(place, found, _digest(place, found), None)


def _recorded(place: str, found: dict[str, Any], digest: str, events: tuple[str, ...] | None) -> Recording:
    scenario = _parsed(place, found, _field(place, found, "text", str))
    if "schedule" in found:
        return _scheduled(place, found, scenario, digest, events)
    if "reenacts" not in found:
        return Recording(scenario, _seed(place, found), digest, events)
    lines = _field(place, found, "reenacts", list)
    if not all(isinstance(text, str) for text in lines):
        raise RecordError(f"{place}: reenacts: is no list of texts, the lines of a log. {WHAT_IT_IS}")
    return Recording(scenario, 0, digest, events, tuple(lines))


def _scheduled(
    place: str, found: dict[str, Any], scenario: Scenario, digest: str, events: tuple[str, ...] | None
) -> Recording:
    try:
        schedule = read_schedule(found["schedule"])
    except msgspec.ValidationError as error:
        raise RecordError(f"{place}: schedule: is no list of moves: {error}. {WHAT_IT_IS}") from error
    if scenario.model.strategy is None:
        raise RecordError(f"{place}: schedule: is given, and the scenario has no strategy. {WHAT_IT_IS}")
    count = scenario.model.participants
    wrong = misfit(schedule, count, count * len(find_protocol(scenario.model.protocol).components))
    if wrong is not None:
        raise RecordError(f"{place}: schedule: {wrong}")
    return Recording(scenario, _seed(place, found), digest, events, schedule=schedule)


def _check_format(place: str, found: dict[str, Any]) -> None:
    if "by_test" in found:
        what = "is what was found in a log, and no record of a run"
        raise RecordError(f"{place}: {what}. Make one with 'simulation check LOG --run N --format jsonl'.")
    if _field(place, found, "format", int) != FORMAT:
        raise RecordError(
            f"{place}: format: is {found['format']}, and this version reads {FORMAT}. Make the record"
            " anew, or replay it with the version that made it."
        )


def _parsed(place: str, found: dict[str, Any], text: str) -> Scenario:
    overrides = _field(place, found, "overrides", dict)
    name = _field(place, found, "scenario", str)
    return scenarios.parse(text, name=name, source=place, overrides=overrides)


def _seed(place: str, found: dict[str, Any]) -> int:
    seed = _field(place, found, "seed", int)
    try:
        return checked_seed(seed)
    except InputError as error:
        raise RecordError(f"{place}: {error}") from error


def _digest(place: str, found: dict[str, Any]) -> str:
    digest: str = _field(place, found, "digest", str)
    if not re.fullmatch("[0-9a-f]{32}", digest):
        raise RecordError(f"{place}: digest: is {digest!r}, which is not 32 digits from 0 to 9 and a to f.")
    return digest


def _field(place: str, found: dict[str, Any], key: str, kind: type) -> Any:
    if key not in found:
        raise RecordError(f"{place}: {key}: is missing. {WHAT_IT_IS}")
    if not isinstance(found[key], kind):
        raise RecordError(f"{place}: {key}: is {found[key]!r}, which is no {KINDS[kind]}.")
    return found[key]


def _object(place: str, text: str) -> dict[str, Any]:
    try:
        found = of_json(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RecordError(f"{place}: is not JSON: {error}. {WHAT_IT_IS}") from error
    if not isinstance(found, dict):
        raise RecordError(f"{place}: is no JSON object. {WHAT_IT_IS}")
    return found


def compare_events(recorded: Sequence[str], again: Sequence[str]) -> None:
    """Raise ``NondeterminismError``, which names the first event that differs, if any does."""
    for number, (old, new) in enumerate(zip_longest(recorded, again)):
        if old != new:
            raise NondeterminismError(
                f"the runs agree for {number} events, and then differ:\n"
                f"  recorded: {old or 'nothing more'}\n"
                f"  now:      {new or 'nothing more'}\n{CAUSES}"
            )


__all__ = ["Recording", "read_record", "record_lines", "replay"]
