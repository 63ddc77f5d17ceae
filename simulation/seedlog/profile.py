"""On how many machines a run was made: one virtual machine for all, or a node for each.

A log does not say. Five signs tell, and the first that shows decides. They were found on the
real system's log and on simulated runs: docs/logs.md has how often they are right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulation.harness.reports import Collected, KillsAnnounced, QueueRead, ScriptStarted
from simulation.protocols.paxos.reports import DyingUndecided, InstanceCreated, PromiseCounted
from simulation.protocols.reports import Begun, LeaderNamed, PrepareHeard, Proposed, ValueAsked
from simulation.seedlog.runs import LoggedRun

LOCAL, DIST = "local", "dist"

EARLY = 5
"""Up to a fifth of the promises, processes have to have heard from their own elector who leads."""


def profile_of(run: LoggedRun) -> str:
    """``"local"`` or ``"dist"``; the empty text where a run that was cut off shows no sign."""
    signs = _Signs(run)
    for line in run.readable:
        found = signs.see(line.process, line.said)
        if found:
            return found
    return LOCAL if signs.asked else ""


class _Signs:
    def __init__(self, run: LoggedRun) -> None:
        self.count = run.participants
        self.asked = False
        self._order: list[int] = []
        self._all_started = False
        self._up: set[int] = set()
        self._holds: set[int] = set()
        self._told: set[tuple[int, int]] = set()
        self._follows: dict[int, int] = {}
        self._excused: set[int] = set()
        self._left = {
            line.process for line in run.readable if isinstance(line.said, QueueRead | DyingUndecided)
        }

    def see(self, process: int, said: Any) -> str:
        """The profile, if this line decides it."""
        if isinstance(said, Begun):
            self._order.append(process)
            return ""
        if not self._all_started:
            self._all_started = True
            if self._order and self._order[-1] != max(self._order):
                # With a node for each, the process with the highest number starts last.
                return LOCAL
        see = _SEEN.get(type(said))
        return see(self, process, said) if see else ""

    def _script_started(self, process: int, said: ScriptStarted) -> str:
        self._up.add(process)
        return ""

    def _kills(self, process: int, said: KillsAnnounced) -> str:
        # These are suspended in the meantime.
        self._excused.update(said.followers)
        return ""

    def _works(self, process: int, said: Any) -> str:
        self._holds.add(process)
        # Somebody works before everybody was told to start.
        return DIST if len(self._up) < self.count else ""

    def _leader(self, process: int, said: LeaderNamed) -> str:
        knowing = self._holds | self._excused
        if len(knowing) < self.count:
            # At the first election somebody has not heard of the proposal.
            return DIST
        self._told.add((process, said.leader))
        return ""

    def _prepare(self, process: int, said: PrepareHeard) -> str:
        self._follows[process] = said.proposer
        return ""

    def _counted(self, process: int, said: PromiseCounted) -> str:
        return self._late_electors() if EARLY * said.count >= self.count else ""

    def _value(self, process: int, said: ValueAsked) -> str:
        self.asked = True
        return self._late_electors()

    def _late_electors(self) -> str:
        # Somebody promised to a leader whom its own elector has not named.
        return "" if self._told.issuperset(self._follows.items()) else DIST

    def _result(self, process: int, said: Collected) -> str:
        # Somebody who was killed had been told of a leader.
        return DIST if {who for who, _ in self._told} - self._left else LOCAL


_SEEN: Mapping[type, Callable[[_Signs, int, Any], str]] = {
    ScriptStarted: _Signs._script_started,
    KillsAnnounced: _Signs._kills,
    Proposed: _Signs._works,
    InstanceCreated: _Signs._works,
    LeaderNamed: _Signs._leader,
    PrepareHeard: _Signs._prepare,
    PromiseCounted: _Signs._counted,
    ValueAsked: _Signs._value,
    Collected: _Signs._result,
}
