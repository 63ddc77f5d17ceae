"""The replica: proposer, acceptor, leader and learner of every instance in one process.

Leader-driven, abortable, multi-instance single-decree Paxos (Lamport, *Paxos Made
Simple*, 2001, section 2; abortable: Boichat et al., *Deconstructing Paxos*, 2003): a
client's value is relayed to everybody, and whoever the elector names leader runs a
ballot for each instance that it knows. The order of the effects is the order of the
lines in the real system's log.

A process has one client, which blocks: a new call means that it gave up the old one.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import Answer, CancelTimer, Multicast, Persist
from simulation.protocols.inputs import (
    Abort,
    Decision,
    GetDecision,
    Propose,
    Restarted,
    Started,
    Undecided,
)
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.acceptor import AcceptorRole
from simulation.protocols.paxos.catch_up import CatchUpRole
from simulation.protocols.paxos.messages import Abandoned, Decide, Overdue, Proposal
from simulation.protocols.paxos.state import Instance, Replica, kept, restored
from simulation.protocols.reports import Begun, Decided, Proposed

INCREASE_BALLOT_NUMBER = "increase_ballot_number"
"""The proposer's action that only raises its own replica's promise by one."""


class PaxosReplica(CatchUpRole, AcceptorRole):
    """One Paxos process without its elector."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        """Know nothing yet."""
        return Replica(), (Begun(),)

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        """Know what the last life kept; lead nothing."""
        return restored(restarted.durable), (Begun(),)  # type: ignore[arg-type]

    @handles(Propose)
    def on_propose(self, state: Replica, sender: int, call: Propose) -> Step:
        """Answer what is decided; otherwise remember the client and relay its value."""
        said = Proposed(call.instance, call.value, call.action)
        found = state.find(call.instance)
        if found is not None and found.decision is not None:
            already = reports.AlreadyDecided(found.number, found.decision)
            return state, (said, already, Answer(call.call, Decision(found.number, found.decision)))
        instance = found or Instance(call.instance)
        begun: Effects = (said,)
        if found is None:
            begun = (said, reports.InstanceCreated(call.instance), *self.overdue_if_led(state, call.instance))
        if call.action == INCREASE_BALLOT_NUMBER:
            state = state.put(replace(instance, promised=instance.promised + 1))
            return state, (*begun, Persist(kept(state)))
        state = state.put(replace(instance, own=call.value, call=call.call, action=call.action))
        return state, (*begun, Multicast(self.everybody, Proposal(call.instance, call.value)))

    @handles(GetDecision)
    def on_get_decision(self, state: Replica, sender: int, call: GetDecision) -> Step:
        """Answer at once, decided or not."""
        found = state.find(call.instance)
        if found is None or found.decision is None:
            return state, (Answer(call.call, Undecided(call.instance)),)
        return state, (Answer(call.call, Decision(found.number, found.decision)),)

    @handles(Proposal)
    def on_proposal(self, state: Replica, sender: int, message: Proposal) -> Step:
        """Remember the last relayed value; a leader with nothing to do begins a ballot."""
        found = state.find(message.instance)
        if found is not None and found.decision is not None:
            return state, (Multicast(self.everybody, Decide(found.number, found.decision)),)
        instance = replace(found or Instance(message.instance), relayed=message.value)
        effects: Effects = () if found else (reports.InstanceCreated(message.instance),)
        if state.leader is None:
            return state.put(instance), effects
        if state.leader != self.me:
            return state.put(instance), effects if found else (*effects, self.overdue(message.instance))
        state, more = self.go_on(state, instance)
        return state, effects + more

    @handles(Decide)
    def on_decide(self, state: Replica, sender: int, message: Decide) -> Step:
        """Learn the decision and answer the waiting client."""
        instance = state.find(message.instance) or Instance(message.instance)
        decided = Decided(message.instance, message.value)
        call = instance.call
        state = state.put(replace(instance, decision=message.value, call=None))
        learned = (Persist(kept(state)), CancelTimer(Overdue(message.instance)), decided)
        if call is None:
            return state, learned
        return state, (*learned, Answer(call, Decision(message.instance, message.value)))

    @handles(Abandoned)
    def on_abandoned(self, state: Replica, sender: int, message: Abandoned) -> Step:
        """Tell the waiting client that this attempt failed."""
        instance = state.find(message.instance)
        if instance is None or instance.call is None or instance.decision is not None:
            return state, ()
        return state.put(replace(instance, call=None)), (Answer(instance.call, Abort(message.instance)),)
