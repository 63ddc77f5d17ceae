"""Catching up: what a replica does whose decision is overdue.

A decision's broadcast may die half-way, and messages may be lost; the real system's log has
no witness for either. Whoever knows a leader and an instance waits a second and a half for
the decision:

* A replica that follows asks its leader, and asks again as long as it waits. A leader that
  knows the decision tells it. One that never heard of the instance begins it with the value that
  the question brings, if it brings one.
* A leader begins another ballot, and waits longer each time up to a bound, lest it overtake
  its own answers in a slow network for ever.
* A replica that counted the votes itself, and has not heard its own word of it, says it to
  itself again; its client waits for that.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import Send
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.leader import LeaderRole
from simulation.protocols.paxos.messages import Ask, Decide, Overdue
from simulation.protocols.paxos.state import Instance, Replica


class CatchUpRole(LeaderRole):
    """Overdue decisions: asking for them, and answering who asks."""

    @handles(Overdue)
    def on_overdue(self, state: Replica, sender: int, timer: Overdue) -> Step:
        """Ask the leader for the decision; being the leader, begin another ballot."""
        instance = state.find(timer.instance)
        if instance is None or state.leader is None:
            return state, ()
        number, again = instance.number, self.overdue(instance.number)
        if instance.decision is not None:
            return state, (Send(self.me, Decide(number, instance.decision)), again)
        if state.leader == self.me:
            return self.begin_ballot(state, instance)
        value = instance.vote if instance.proposal is None else instance.proposal
        return state, (Send(state.leader, Ask(number, value)), again)

    @handles(Ask)
    def on_ask(self, state: Replica, sender: int, message: Ask) -> Step:
        """Tell the decision to whoever missed it; a leader with nothing to do begins a ballot."""
        found = state.find(message.instance)
        if found is not None and found.decision is not None:
            return state, (Send(sender, Decide(found.number, found.decision)),)
        if state.leader != self.me or (found is None and message.value is None):
            return state, ()
        instance = found or Instance(message.instance)
        if instance.relayed is None:
            instance = replace(instance, relayed=message.value)
        begun: Effects = () if found else (reports.InstanceCreated(instance.number),)
        state, effects = self.go_on(state, instance)
        return state, begun + effects
