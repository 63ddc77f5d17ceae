"""The real system's protocol with one rule broken in each class."""

from __future__ import annotations

from simulation.protocols.effects import Die, Send
from simulation.protocols.inputs import GetDecision
from simulation.protocols.machine import Config, Step, handles
from simulation.protocols.paxos import Elector, PaxosReplica
from simulation.protocols.paxos.elector import Election
from simulation.protocols.paxos.messages import Abandoned, Decide, Heartbeat, Nack, Tick
from simulation.protocols.paxos.state import Instance, Replica


class PromisesEveryBallot(PaxosReplica):
    """Phase 1b without its condition."""

    def may_promise(self, instance: Instance, ballot: int) -> bool:
        return True


class VotesBelowItsPromise(PaxosReplica):
    """Phase 2b without its condition."""

    def may_vote(self, instance: Instance, ballot: int) -> bool:
        return True


class InsistsOnItsValue(PaxosReplica):
    """The leader asks for a client's value, whatever the promises tell."""

    def choose_value(self, instance: Instance) -> int | None:
        return instance.own if instance.own is not None else instance.relayed


class HalfIsEnough(PaxosReplica):
    """Half of the participants, rounded down, is taken for a quorum."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.quorum = self.participants // 2


class DiesOfDecisions(PaxosReplica):
    """Whoever learns a decision dies before it can say so."""

    @handles(Decide)
    def on_decide(self, state: Replica, sender: int, message: Decide) -> Step:
        return state, (Die("dies of decisions"),)


class NeverAborts(PaxosReplica):
    """The client of an abandoned ballot is left waiting."""

    @handles(Abandoned)
    def on_abandoned(self, state: Replica, sender: int, message: Abandoned) -> Step:
        return state, ()


class IgnoresRefusals(PaxosReplica):
    """The leader takes no notice of a nack."""

    @handles(Nack)
    def on_nack(self, state: Replica, sender: int, message: Nack) -> Step:
        return state, ()


class TalksToItself(PaxosReplica):
    """Whoever is asked for the decision writes itself thirty notes about it."""

    @handles(GetDecision)
    def on_get_decision(self, state: Replica, sender: int, call: GetDecision) -> Step:
        state, effects = super().on_get_decision(state, sender, call)
        found = state.find(call.instance)
        if found is None or found.decision is None:
            return state, effects
        note = Send(self.me, Decide(found.number, found.decision))
        return state, (*effects, *[note] * 30)


class NeverElects(Elector):
    """The elector asks who is alive and tells nobody what it heard."""

    @handles(Tick)
    def on_tick(self, state: Election, sender: int, tick: Tick) -> Step:
        return Election(), (self.ask_all, self.next_tick)


class PlaysDead(Elector):
    """The elector answers no heartbeat but its own, so everybody elects itself."""

    @handles(Heartbeat)
    def on_heartbeat(self, state: Election, sender: int, heartbeat: Heartbeat) -> Step:
        if sender != self.config.address:
            return state, ()
        return super().on_heartbeat(state, sender, heartbeat)
