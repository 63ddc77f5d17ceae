"""Lines of one run in, the run that re-enacts them out: what a record of a re-enactment replays by."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import RecordError
from simulation.reenact.reenactment import GivenUp, Reenacted, Reenactor
from simulation.run import Run
from simulation.scenario import Scenario
from simulation.seedlog.lines import cut
from simulation.seedlog.runs import split


def reenact_again(lines: Sequence[str], scenario: Scenario) -> Run:
    """The re-enactment of one run of ``scenario``. Raises ``RecordError`` where these lines have none."""
    runs = list(split(cut(["\n".join(lines)])))
    if len(runs) != 1 or runs[0].unreadable:
        raise RecordError("reenacts: holds other lines than those of one run of such a log")
    if runs[0].participants != scenario.model.participants:
        raise RecordError("reenacts: holds a run of other processes than its scenario has")
    found = Reenactor(scenario.model.protocol, scenario).reenact(runs[0])
    if isinstance(found, GivenUp):
        raise RecordError(f"reenacts: the search for this run was given up after {found.steps:,} steps")
    if not isinstance(found, Reenacted):
        line = runs[0].lines[found.stuck.index]
        where = f"line {line.number} of the log in it, {line.text!r}"
        raise RecordError(f"reenacts: this run cannot be re-enacted: {where}: {found.stuck.why}")
    return found.run
