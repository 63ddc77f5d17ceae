"""Lines of one run in, the run that re-enacts them out: what a record of a re-enactment replays by."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import RecordError
from simulation.reenact.reenactment import Reenacted, Reenactor
from simulation.run import Run
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import split


def reenact_again(lines: Sequence[str], protocol: str = "paxos") -> Run:
    """The re-enactment of a single run. Raises ``RecordError`` where these lines have none."""
    runs = list(split(cut(["\n".join(lines)])))
    if len(runs) != 1 or runs[0].unreadable:
        raise RecordError("reenacts: holds other lines than those of one run of such a log")
    found = Reenactor(protocol).reenact(runs[0])
    if not isinstance(found, Reenacted):
        raise RecordError(f"reenacts: this run cannot be re-enacted: {found.stuck.why}")
    return found.run
