"""``simulation check``: a log of the real system, run by run."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Any

import msgspec

from simulation.audit import Audited, Auditor, Tally, is_odd
from simulation.cli import exits
from simulation.cli.progress import Reading
from simulation.cli.streams import put, tell
from simulation.errors import InputError
from simulation.replay import record_lines
from simulation.report.audit import findings, table, verdict_line
from simulation.seedlog.reader import read_log, size_of
from simulation.seedlog.runs import split

OF_ONE_RUN = ("log", "jsonl")
"""The formats that show a run, so that there has to be one."""


def check(given: Any) -> int:
    """Re-enact and judge every run of a log, or the one that was asked for."""
    if given.format in OF_ONE_RUN and given.run is None:
        raise InputError(f"--format: {given.format} shows one run; say which with --run N")
    reading = Reading(size_of(given.log))
    auditor, tally = Auditor(given.protocol), Tally()
    shown: Audited | None = None
    for run in split(read_log(given.log, reading)):
        reading.runs += 1
        if given.run is not None and run.number != given.run:
            continue
        shown = auditor.judge(run)
        tally.add(shown)
        if given.format == "text" and is_odd(shown):
            reading.clear()
            put(findings(shown))
        if given.run is not None:
            break
    reading.clear()
    if shown is None:
        raise InputError(f"--run: there is no run {given.run}; the log has {reading.runs:,}, from 0 on")
    put(_results(given.format, tally, shown))
    tell(verdict_line(tally))
    return _judged(given, tally)


def _results(form: str, tally: Tally, shown: Audited) -> Iterable[str]:
    if form == "json":
        return [msgspec.json.format(msgspec.json.encode(tally.as_json())).decode()]
    if form == "text":
        return table(tally)
    if shown.run is None:
        raise InputError(f"--format: run {shown.number} was not re-enacted, so there is no execution to show")
    return record_lines(shown.run) if form == "jsonl" else [shown.run.log()]


def _judged(given: Any, tally: Tally) -> int:
    """The exit code; where it is not 0, the command that repeats the first run that is to blame."""
    code = exits.INPUT if tally.unreadable else exits.OF_VERDICT[tally.verdict]
    worst = [each.number for each in tally.told if each.is_to_blame]
    if code != exits.PASS:
        which = ["--run", str(worst[0])] if worst else []
        protocol = [] if given.protocol == "paxos" else ["--protocol", given.protocol]
        tell(f"repeat with: {shlex.join(['simulation', 'check', given.log, *which, *protocol])}")
    return code
