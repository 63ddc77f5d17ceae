"""The acceptor: promises and votes, durable before anybody hears of them."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import Persist, Send
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.paxos import messages, reports
from simulation.protocols.paxos.messages import Accept, Nack, Prepare, Prepared
from simulation.protocols.paxos.role import Role
from simulation.protocols.paxos.state import Instance, Replica, kept
from simulation.protocols.reports import Accepted, PrepareHeard, Promised, Refused


class AcceptorRole(Role):
    """Phase 1b and phase 2b."""

    @handles(Prepare)
    def on_prepare(self, state: Replica, sender: int, message: Prepare) -> Step:
        """Promise what is above the own promise, refuse the rest."""
        number, ballot = message.instance, message.ballot
        heard = PrepareHeard(number, ballot, sender)
        found = state.find(number)
        begun: Effects = (heard,)
        if found is None:
            unknown, created = reports.InstanceUnknown(number), reports.InstanceCreated(number)
            begun = (heard, unknown, created, *self.overdue_if_led(state, number))
        instance = found or Instance(number)
        if not self.may_promise(instance, ballot):
            return state.put(instance), (*begun, *self._refuse(instance, sender, ballot))
        state = state.put(replace(instance, promised=ballot))
        return state, (
            *begun,
            Persist(kept(state)),
            Promised(number, ballot, instance.vote_ballot, instance.vote),
            Send(sender, Prepared(number, ballot, instance.vote_ballot, instance.vote)),
        )

    @handles(Accept)
    def on_accept(self, state: Replica, sender: int, message: Accept) -> Step:
        """Vote unless something higher is promised."""
        number, ballot = message.instance, message.ballot
        found = state.find(number)
        begun: Effects = ()
        if found is None:
            begun = (reports.InstanceCreated(number), *self.overdue_if_led(state, number))
        instance = found or Instance(number)
        if not self.may_vote(instance, ballot):
            return state.put(instance), (*begun, *self._refuse(instance, sender, ballot))
        state = state.put(replace(instance, promised=ballot, vote_ballot=ballot, vote=message.value))
        return state, (
            *begun,
            Persist(kept(state)),
            Accepted(number, ballot, message.value),
            Send(sender, messages.Accepted(number, ballot)),
        )

    def may_promise(self, instance: Instance, ballot: int) -> bool:
        """Strictly above: ballots are not unique, and the same one may be asked for twice."""
        return ballot > instance.promised

    def may_vote(self, instance: Instance, ballot: int) -> bool:
        """Nothing higher is promised."""
        return ballot >= instance.promised

    def _refuse(self, instance: Instance, sender: int, ballot: int) -> Effects:
        return (
            Refused(instance.number, ballot, instance.promised),
            Send(sender, Nack(instance.number, ballot, instance.promised)),
        )
