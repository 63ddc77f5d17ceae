"""A run written down, and the proof that it happens again.

A *record* is the trace as JSON lines, between a line that says which run it was (with the
scenario's whole text, so that the record needs no other file) and a line with the verdict
and the digest. Replaying runs the same scenario and seed and compares event by event.

The JSON object of ``run --format json`` is a record too: a short one, by digest alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from simulation import scenario as scenarios
from simulation.errors import NondeterminismError, RecordError
from simulation.run import Run, Runner, checked_seed
from simulation.scenario import Scenario
from simulation.trace.codec import line
from simulation.trace.trace import FORMAT

CAUSES = (
    "Usual causes: the protocol iterates a set or a dictionary of strings, hashes a string, reads a"
    " clock, draws random numbers of its own, or changes a state in place; the record comes from"
    " another version of this package or of the protocol."
)


def record_lines(run: Run) -> Iterator[str]:
    """The record of a run, line by line, without line ends."""
    yield _json(
        {
            "event": "begin",
            "format": FORMAT,
            "scenario": run.scenario.name,
            "seed": run.seed,
            "overrides": dict(run.scenario.overrides),
            "protocol": run.plan.protocol,
            "profile": run.plan.profile,
            "text": run.scenario.text,
        }
    )
    for record in run.trace:
        yield line(record, run.places)
    violations = [{"check": v.check, "message": v.message, "events": list(v.events)} for v in run.violations]
    end = {"event": "end", "verdict": run.verdict, "violations": violations, "events": run.events}
    yield _json({**end, "digest": run.digest})


class Recording(msgspec.Struct, frozen=True):
    """A record that was read: which run, its digest, and its events where it has them."""

    scenario: Scenario
    seed: int
    digest: str
    events: tuple[str, ...] | None


def replay(record: Run | Recording | str | os.PathLike[str]) -> Run:
    """Repeat a recorded run and compare: a ``Run``, or the path of a record.

    Raises ``NondeterminismError``, which names the first event that differs, and
    ``RecordError`` for what is no record.
    """
    if isinstance(record, Run):
        events = tuple(line(entry, record.places) for entry in record.trace)
        recording = Recording(record.scenario, record.seed, record.digest, events)
    elif isinstance(record, Recording):
        recording = record
    else:
        recording = read_record(Path(record))
    again = Runner(recording.scenario).run(checked_seed(recording.seed))
    if recording.events is not None:
        _compare(recording.events, tuple(line(entry, again.places) for entry in again.trace))
    if again.digest != recording.digest:
        raise NondeterminismError(
            f"the digest differs: {recording.digest} recorded, {again.digest} now, over {again.events}"
            f" events. A record made with --format jsonl names the first event that differs. {CAUSES}"
        )
    return again


def read_record(path: Path) -> Recording:
    """The record in this file. Raises ``RecordError`` with the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read as a record: {error}") from error
    if not lines:
        raise RecordError(f"{path}: is empty. A record is what 'run --format jsonl' prints.")
    if len(lines) == 1 or not lines[0].startswith('{"event":'):
        return _short(path, "\n".join(lines))
    begin, end = _object(path, 1, lines[0]), _object(path, len(lines), lines[-1])
    if begin.get("event") != "begin" or end.get("event") != "end":
        raise RecordError(
            f"{path}: does not run from a 'begin' to an 'end' line: it was cut off, or it is something else."
        )
    if begin.get("format") != FORMAT:
        raise RecordError(
            f"{path}:1: format: is {begin.get('format')!r}; this version reads {FORMAT}. Repeat the run."
        )
    needed = {"scenario": str, "text": str, "seed": int, "overrides": dict}
    for key, kind in needed.items():
        if not isinstance(begin.get(key), kind):
            raise RecordError(f"{path}:1: {key}: is missing, or not {kind.__name__}")
    scenario = scenarios.parse(
        begin["text"], name=begin["scenario"], source=f"{path}:1", overrides=begin["overrides"]
    )
    return Recording(scenario, checked_seed(begin["seed"]), str(end.get("digest")), tuple(lines[1:-1]))


def _short(path: Path, text: str) -> Recording:
    found = _object(path, 1, text)
    for key in ("scenario", "seed", "digest"):
        if key not in found:
            raise RecordError(
                f"{path}: {key}: is missing. A record is what 'run --format jsonl' or 'json' prints."
            )
    overrides = found.get("overrides") or {}
    scenario = scenarios.load(str(found["scenario"]), **overrides)
    return Recording(scenario, checked_seed(found["seed"]), str(found["digest"]), None)


def _object(path: Path, number: int, text: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise RecordError(f"{path}:{number}: is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise RecordError(f"{path}:{number}: is no JSON object")
    return found


def _compare(recorded: tuple[str, ...], again: tuple[str, ...]) -> None:
    for number, (old, new) in enumerate(zip_longest(recorded, again)):
        if old != new:
            raise NondeterminismError(
                f"the runs agree for {number} events, and then differ:\n"
                f"  recorded: {old or 'nothing more'}\n"
                f"  now:      {new or 'nothing more'}\n{CAUSES}"
            )


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode()


__all__ = ["Recording", "read_record", "record_lines", "replay"]
