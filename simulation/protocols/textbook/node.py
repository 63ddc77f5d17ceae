"""The textbook protocol's only component: proposer, acceptor and learner in one process."""

from __future__ import annotations

from simulation.protocols.inputs import Restarted, Started
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.reports import Begun
from simulation.protocols.textbook.catch_up import CatchUp
from simulation.protocols.textbook.learner import Learner
from simulation.protocols.textbook.state import Entries, Record, State


class Node(CatchUp, Learner):
    """Single-decree Paxos per instance, without a leader.

    Proposer, acceptor and learner share one state and no method; ``CatchUp`` joins the first
    two. Each of their decisions is a method of its own (``may_promise``, ``choose_value``,
    ``counted``...), to be replaced one at a time.
    """

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        """What a new life begins with: the records as they were last made durable."""
        return durable or ()

    @handles(Started)
    def on_started(self, state: State | None, sender: int, started: Started) -> Step:
        """The first life begins with nothing."""
        return State(), (Begun(),)

    @handles(Restarted)
    def on_restarted(self, state: State | None, sender: int, restarted: Restarted) -> Step:
        """Promises, votes, decisions and rounds come back; the clients' calls do not."""
        state = State(records=self.restored(restarted.durable))  # type: ignore[arg-type]
        effects: Effects = (Begun(),)
        for instance, _ in state.records:
            state, effects = self.awaiting(state, instance, effects)
        return state, effects
