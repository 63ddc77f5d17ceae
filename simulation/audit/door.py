"""The way in from Python: ``simulation.check``."""

from __future__ import annotations

import os

from simulation.audit.auditor import Auditor
from simulation.audit.tally import Tally
from simulation.seedlog.reader import read_log


def check(log: str | os.PathLike[str], *, protocol: str = "paxos") -> Tally:
    """Re-enact and check every run of the log in a file.

    Raises ``LogError`` for what is no log of the real system. For the executions themselves,
    ask an ``audit.Auditor`` run by run.
    """
    auditor, tally = Auditor(protocol), Tally()
    for run in read_log(log):
        tally.add(auditor.judge(run))
    return tally
