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
from simulation.seedlog.reader import STDIN, read_log, size_of
from simulation.seedlog.runs import LoggedRun

OF_ONE_RUN = ("log", "jsonl")
"""The formats that show a run, so that there has to be one."""


def check(given: Any) -> int:
    """Re-enact and judge every run of a log, or the one that was asked for."""
    if given.format in OF_ONE_RUN and given.run is None:
        raise InputError(f"--format: {given.format} shows one run; say which with --run N")
    reading = Reading(size_of(given.log))
    auditor, tally = Auditor(given.protocol), Tally()
    shown: tuple[LoggedRun, Audited] | None = None
    for run in read_log(given.log, reading):
        reading.runs += 1
        if given.run is not None and run.number != given.run:
            continue
        audited = auditor.judge(run)
        shown = run, audited
        tally.add(audited)
        if is_odd(audited) and given.format != "json":
            reading.clear()
            _say(findings(audited), to_stdout=given.format == "text")
        if given.run is not None:
            break
    reading.clear()
    if shown is None:
        raise InputError(
            f"--run: there is no run {given.run}; the runs of this log are 0 to {reading.runs - 1}"
        )
    put(_results(given.format, tally, *shown))
    tell(verdict_line(tally))
    return _judged(given, tally)


def _say(lines: Iterable[str], *, to_stdout: bool) -> None:
    if to_stdout:
        put(lines)
    else:
        for line in lines:
            tell(line)


def _results(form: str, tally: Tally, run: LoggedRun, audited: Audited) -> Iterable[str]:
    if form == "json":
        return [msgspec.json.format(msgspec.json.encode(tally.as_json())).decode()]
    if form == "text":
        return table(tally)
    if form == "log":
        return [line.text for line in run.lines]
    if audited.run is None:
        tell(f"run {run.number} was not re-enacted, so there is no execution to record")
        return []
    return record_lines(audited.run)


def _judged(given: Any, tally: Tally) -> int:
    """The exit code; where it is not 0, the command that repeats the first run that is to blame."""
    code = exits.OF_VERDICT[tally.verdict]
    worst = [each.number for each in tally.told if each.is_to_blame]
    number = given.run if given.run is not None else worst[0] if worst else None
    if code != exits.PASS:
        which = [] if number is None else ["--run", str(number)]
        protocol = [] if given.protocol == "paxos" else ["--protocol", given.protocol]
        command = shlex.join(["simulation", "check", given.log, *which, *protocol])
        tell(f"repeat with: {command}" + (" < LOG" if given.log == STDIN else ""))
    return code
