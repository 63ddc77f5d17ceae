"""A run as one row of a table: flat, typed, with the unit in the name. Traces are not kept.

The seed is the trace: ``simulation run`` with a row's scenario, overrides and seed prints it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec
from msgspec import Struct

from simulation.checks import Story
from simulation.checks.story import Said
from simulation.protocols.reports import LeaderNamed
from simulation.run import Run
from simulation.sweep.cause import Cause, cause_of
from simulation.trace.record import TIME

_HALF = re.compile("[\ud800-\udfff]")

FORM: Final = 1
"""Raise it with any change of what a row says; rows of two forms do not mix."""

OF_CELL: Final = {
    "scenario": "VARCHAR",
    "profile": "VARCHAR",
    "protocol": "VARCHAR",
    "participants": "INTEGER",
    "overrides": "VARCHAR",
    "scenario_hash": "VARCHAR",
    "made_by": "VARCHAR",
}
"""The columns, with their SQL types, that all runs of a cell share."""

OF_RUN: Final = {
    "seed": "BIGINT",
    "verdict": "VARCHAR",
    "failed_check": "VARCHAR",
    "message": "VARCHAR",
    "cause": "VARCHAR",
    "decided": "VARCHAR",
    "deciders": "INTEGER",
    "survivors": "INTEGER",
    "first_decision_us": "BIGINT",
    "decision_us": "BIGINT",
    "ballots": "INTEGER",
    "leader_changes": "INTEGER",
    "faults": "INTEGER",
    "messages": "INTEGER",
    "messages_by_kind": "MAP(VARCHAR, INTEGER)",
    "events": "INTEGER",
    "virtual_us": "BIGINT",
    "digest": "VARCHAR",
}
"""The columns, with their SQL types, that are the run's own."""

COLUMNS: Final = (*list(OF_CELL)[:5], *OF_RUN, *list(OF_CELL)[5:])
"""All columns in their order."""


class Row(Struct, frozen=True):
    """The columns of ``OF_RUN``, and the number of the run's ``cell``."""

    cell: int
    seed: int
    verdict: str
    failed_check: str | None
    message: str | None
    cause: str | None
    decided: str
    deciders: int
    survivors: int
    first_decision_us: int | None
    decision_us: int | None
    ballots: int
    leader_changes: int
    faults: int
    messages: int
    messages_by_kind: dict[str, int]
    events: int
    virtual_us: int
    digest: str


def row_of(cell: int, run: Run) -> Row:
    """The row of this run.

    ``decided`` has ``instance=value`` for every value that was decided. Times of decisions count
    from the first proposal: the first that anybody learned, and the moment when the last process
    that has to decide knew. ``leader_changes`` is how often that process changed its mind about
    who leads that did so most often.
    """
    story, messages, decisions = run.story, run.messages, run.decisions
    cause: Cause = cause_of(run)
    first_us, all_us = _decision_times(run)
    return Row(
        cell=cell,
        seed=run.seed,
        verdict=run.verdict,
        failed_check=cause.check,
        message=cause.message,
        cause=cause.text,
        decided=" ".join(f"{i}={value}" for i in sorted(decisions) for value in _values(decisions[i])),
        deciders=len({name for by in decisions.values() for name in by}),
        survivors=len(run.outcome.survivors),
        first_decision_us=first_us,
        decision_us=all_us,
        ballots=run.ballots,
        leader_changes=_leader_changes(story.said(LeaderNamed)),
        faults=len(story.strikes),
        messages=sum(messages.values()),
        messages_by_kind=messages,
        events=run.events,
        virtual_us=run.virtual_us,
        digest=run.digest,
    )


def encode(row: Row) -> bytes:
    """A row as one line of JSON, without the newline."""
    try:
        return msgspec.json.encode(row)
    except UnicodeEncodeError:
        # A table has no half letters: they are written out, as the terminal shows them.
        text = json.dumps(msgspec.to_builtins(row), ensure_ascii=False)
        return _HALF.sub(lambda half: f"\\\\u{ord(half.group()):04x}", text).encode()


def _values(by: dict[str, int]) -> list[int]:
    return sorted(set(by.values()))


def _decision_times(run: Run) -> tuple[int | None, int | None]:
    story = run.story
    if not story.proposals or not story.learned:
        return None, None
    began_us = _time(story, story.proposals[0])
    knew: dict[int, int] = {}
    for said in story.learned:
        knew.setdefault(said.process, _time(story, said) - began_us)
    first_us = min(knew.values())
    due = [knew.get(process) for process in run.plan.expect.by]
    times = [time for time in due if time is not None]
    return first_us, max(times) if times and len(times) == len(due) else None


def _time(story: Story, said: Said) -> int:
    time_us: int = story.records[said.place][TIME]
    return time_us


def _leader_changes(named: list[Said]) -> int:
    believed: dict[int, Any] = {}
    changes: dict[int, int] = {}
    for said in named:
        before = believed.get(said.process)
        if before is not None and before != said.content.leader:
            changes[said.process] = changes.get(said.process, 0) + 1
        believed[said.process] = said.content.leader
    return max(changes.values(), default=0)
