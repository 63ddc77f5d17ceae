"""The clients in a world without time: one call after the other, each until it is answered.

After an abort a client asks the same again; what was decided is behind it, and what it gave up.
"""

from __future__ import annotations

from typing import Any, Final

from simulation.cluster import Cluster, lanes
from simulation.harness import Plan
from simulation.harness.steps import proposals
from simulation.kernel import Entry
from simulation.protocols.inputs import Abort, Propose

PATIENCE_US: Final = 1 << 60
"""A client's patience: it never ends by itself."""


class Callers:
    """Who wants what, and who waits for an answer."""

    def __init__(self, cluster: Cluster, plan: Plan) -> None:
        self._cluster = cluster
        self._plan = plan
        self._left = [list(proposals(script)) for script in plan.scripts]
        self._waits = [False] * cluster.count
        self._patience: dict[int, Entry] = {}
        self._wanted = next(call for calls in self._left for call in calls)

    def ready(self, process: int) -> bool:
        """Whether a client has something to propose and is not waiting for an answer."""
        return bool(self._left[process]) and not self._waits[process]

    def wants(self, process: int) -> list[int]:
        """The instances of a client's proposals: of the one that runs or is next, and of all after it."""
        return [step.instance for step in self._left[process]]

    def call(self, process: int) -> None:
        """Let a client propose what is next."""
        step, value = self._left[process][0], self._plan.values[process]
        self._waits[process] = True
        signal = self._cluster.clients.call(
            process, lambda call: Propose(call, step.instance, value, step.action), PATIENCE_US
        )
        signal.callbacks.append(lambda done: self._answered(process, done.value))

    def insist(self, process: int) -> None:
        """Let a client propose although it was content, or was never to propose; not if it waits."""
        if not self._waits[process]:
            self._left[process] = self._left[process] or [self._wanted]
            self.call(process)

    def has_patience(self, entry: Entry) -> None:
        """Keep what would end a client's call, if it ever came to its turn."""
        self._patience[entry[4]] = entry

    def give_up(self, process: int) -> None:
        """Let a client go on to what is next, whether or not it waits for an answer."""
        if not self._waits[process]:
            del self._left[process][0]
            return
        kernel = self._cluster.kernel
        kernel.lanes[lanes.EXPIRED]((kernel.now, *self._patience[process][1:]))

    def forgotten(self, process: int) -> None:
        """Wait no more for a process that has died or begins another life: it knows of no call."""
        self._waits[process] = False

    def _answered(self, process: int, reply: Any) -> None:
        self._waits[process] = False
        if not isinstance(reply, Abort):
            del self._left[process][0]
