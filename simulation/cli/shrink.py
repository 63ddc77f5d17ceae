"""``simulation shrink``: the smallest run that still fails in the same way."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from simulation.cli import exits
from simulation.cli.files import writable
from simulation.cli.streams import put, tell
from simulation.replay import record_lines
from simulation.shrink import Shrinking, Shrunk, failing


def shrink(given: Any) -> int:
    """Make a record small. The record goes to standard output or a file, the story to what is left.

    Ctrl-C ends it with the smallest so far.
    """
    shrinking = Shrinking(failing(given.record), given.check, tell)
    out = None if given.out is None else writable(Path(given.out), not_to_be=Path(given.record))
    try:
        shrinking.go()
        done = shrinking.result()
    except KeyboardInterrupt:
        done = shrinking.result(complete=False)
    if out is None:
        put(record_lines(done.run))
        for line in _story(done):
            tell(line)
    else:
        out.write_text("".join(f"{line}\n" for line in record_lines(done.run)), encoding="utf-8")
        put(_story(done))
        tell(f"repeat with: {shlex.join(['simulation', 'replay', given.out])}")
    if not done.complete:
        tell("stopped; this is the smallest so far. The same command begins again.")
        return exits.INTERRUPTED
    return exits.OF_VERDICT[done.run.verdict]


def _story(done: Shrunk) -> list[str]:
    before, now = done.first, done.run
    return [
        *done.story,
        "",
        f"{len(now.moves)} moves of {done.moves}, {now.events} events of {before.events},"
        f" {len(now.plan.names)} processes of {len(before.plan.names)}; {done.tried:,} runs tried",
    ]
