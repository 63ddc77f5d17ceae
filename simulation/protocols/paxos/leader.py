"""The leader: runs a ballot for every undecided instance that it knows.

Where the real system's log has no witness, this is what it does, so as to be safe and
live:

* A refused ballot is over at the first nack. The leader tells everybody; waiting clients
  are answered with an abort. A leader that still leads tries again after a random while of
  a range that grows: not at once, lest two that both believe to lead chase each other.
* A proposal that reaches a leader whose instance is idle starts a ballot.
* A process that no longer leads starts no ballots; one that is running goes on.
* A leader that knows no value keeps its promises and goes on when a value arrives.
* Promises and votes of an older ballot are printed and not counted. Nobody counts twice.
  Votes that come in after the decision was learned from elsewhere decide nothing again.
* What a refusal names is no promise: it raises the next ballot, and no acceptor's promise.
* Where a decision is overdue, ``catch_up`` says what happens.
* A ballot is durable before anybody hears of it, so that no later life uses it again.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import CancelTimer, Die, Effect, Multicast, Persist, SetTimer
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.paxos import reports
from simulation.protocols.paxos.messages import (
    Abandoned,
    Accept,
    Accepted,
    Again,
    Decide,
    Leader,
    Nack,
    Prepare,
    Prepared,
    Retry,
)
from simulation.protocols.paxos.role import Role
from simulation.protocols.paxos.state import Instance, Replica, kept
from simulation.protocols.reports import AcceptedHeard, BallotStarted, LeaderNamed, PromiseHeard, ValueAsked

KILL_BEFORE_DECISION = "kill_before_decision"
"""The proposer's action that makes the leader die with a quorum of votes in hand."""

DEFERRED_US = 10_000
"""How long a promise waits that overtook the leader's own prepare. The log does not tell."""

RETRY_US = (50_000, 150_000)
"""The range from the refusal of a first ballot to the next attempt."""

MOST_RETRY_DOUBLINGS = 4


class LeaderRole(Role):
    """Phase 1a and phase 2a, and the counting of what comes back."""

    @handles(Leader)
    def on_leader(self, state: Replica, sender: int, message: Leader) -> Step:
        """Believe the elector; begin a ballot for each undecided instance if it is me."""
        state = replace(state, leader=message.process)
        effects: list[Effect] = [LeaderNamed(message.process)]
        for instance in state.instances:
            if instance.decision is not None:
                continue
            if message.process == self.me:
                state, more = self.begin_ballot(state, instance)
                effects.extend(more)
            else:
                effects.append(self.overdue(instance.number))
        return state, tuple(effects)

    @handles(Prepared)
    def on_prepared(self, state: Replica, sender: int, message: Prepared) -> Step:
        """Count a promise; at a quorum ask for the value."""
        heard = PromiseHeard(message.instance, message.ballot, message.vote_ballot, message.vote, sender)
        instance = state.find(message.instance)
        if instance is None or message.ballot != instance.ballot or not instance.running:
            return state, (heard,)
        if message.ballot > instance.promised and instance.decision is None:
            deferred = reports.PromiseDeferred(message.instance, message.ballot)
            again = SetTimer(Again(sender, message), DEFERRED_US, DEFERRED_US)
            return state, (heard, deferred, again)
        if instance.promises >> sender & 1:
            return state, (heard,)
        instance = self.count_promise(instance, sender, message)
        asked = instance.asked is not None
        counted = reports.PromiseCounted(self.participants, instance.promises.bit_count(), asked)
        effects: Effects = (heard, reports.PromiseCounting(message.instance), counted)
        if not asked:
            instance, more = self.ask_if_promised(instance)
            effects += more
        return state.put(instance), effects

    @handles(Again)
    def on_again(self, state: Replica, sender: int, again: Again) -> Step:
        """Take a promise that was put off as if it came now."""
        return self.on_prepared(state, again.sender, again.message)

    @handles(Accepted)
    def on_accepted(self, state: Replica, sender: int, message: Accepted) -> Step:
        """Count a vote; at a quorum the value is decided."""
        heard = AcceptedHeard(message.instance, message.ballot, sender)
        instance = state.find(message.instance)
        if instance is None or message.ballot != instance.ballot or not instance.running:
            return state, (heard,)
        before = instance.votes.bit_count()
        instance = replace(instance, votes=instance.votes | 1 << sender)
        value = instance.asked
        quorum_reached = before < self.quorum <= instance.votes.bit_count()
        if value is None or not quorum_reached or instance.decision is not None:
            return state.put(instance), (heard,)
        if instance.action == KILL_BEFORE_DECISION:
            dying = reports.DyingUndecided(instance.number, value)
            return state.put(instance), (heard, dying, Die(KILL_BEFORE_DECISION))
        # The decision is known here before anybody is told, this learner included.
        state = state.put(replace(instance, decision=value))
        decide = Multicast(self.everybody, Decide(instance.number, value))
        return state, (heard, Persist(kept(state)), decide)

    @handles(Nack)
    def on_nack(self, state: Replica, sender: int, message: Nack) -> Step:
        """The ballot is over: tell everybody, and try again later if still leading."""
        instance = state.find(message.instance)
        if instance is None or message.ballot != instance.ballot or not instance.running:
            return state, ()
        if instance.decision is not None:
            return state, ()
        leads = state.leader == self.me
        refused_for = max(instance.refused_for, message.promised)
        instance = replace(instance, running=False, retrying=leads, refused_for=refused_for)
        effects: Effects = (Multicast(self.everybody, Abandoned(instance.number)),)
        if leads:
            effects += (SetTimer(Retry(instance.number), *self.retry_us(instance.tries)),)
        return state.put(instance), effects

    @handles(Retry)
    def on_retry(self, state: Replica, sender: int, retry: Retry) -> Step:
        """Begin another ballot unless somebody else leads, or one is running by now."""
        instance = state.find(retry.instance)
        if instance is None or instance.decision is not None or instance.running:
            return state, ()
        if state.leader != self.me:
            return state.put(replace(instance, retrying=False)), ()
        return self.begin_ballot(state, instance)

    def retry_us(self, tries: int) -> tuple[int, int]:
        """How long to keep quiet after the refusal of the ``tries``-th ballot: low, high."""
        low, high = RETRY_US
        return low, high << min(tries - 1, MOST_RETRY_DOUBLINGS)

    def go_on(self, state: Replica, instance: Instance) -> Step:
        """Do what an arriving proposal makes possible: begin a ballot, or ask for its value."""
        if not instance.running and not instance.retrying:
            return self.begin_ballot(state, instance)
        if instance.running and instance.asked is None:
            instance, effects = self.ask_if_promised(instance)
            return state.put(instance), effects
        return state.put(instance), ()

    def count_promise(self, instance: Instance, sender: int, message: Prepared) -> Instance:
        """The instance with one more promise, and with its vote if none was higher."""
        instance = replace(instance, promises=instance.promises | 1 << sender)
        if message.vote_ballot is None:
            return instance
        if instance.best_ballot is not None and instance.best_ballot >= message.vote_ballot:
            return instance
        return replace(instance, best_ballot=message.vote_ballot, best_vote=message.vote)

    def choose_value(self, instance: Instance) -> int | None:
        """The highest vote among the promises, else the own value, else the last relayed."""
        return instance.best_vote if instance.best_vote is not None else instance.proposal

    def begin_ballot(self, state: Replica, instance: Instance) -> Step:
        """Ask everybody for a promise, above all that was promised, started or refused here."""
        number, tries = instance.number, instance.tries + 1
        ballot = max(instance.promised, instance.ballot, instance.refused_for) + 1
        state = state.put(
            replace(
                instance,
                ballot=ballot,
                tries=tries,
                running=True,
                retrying=False,
                asked=None,
                promises=0,
                votes=0,
                best_ballot=None,
                best_vote=None,
            )
        )
        return state, (
            Persist(kept(state)),
            BallotStarted(number, ballot),
            CancelTimer(Retry(number)),
            self.overdue(number, tries),
            Multicast(self.everybody, Prepare(number, ballot)),
            reports.BallotReset(number),
        )

    def ask_if_promised(self, instance: Instance) -> tuple[Instance, Effects]:
        """With a quorum of promises and a value to ask for: ask for it."""
        value = self.choose_value(instance)
        if instance.promises.bit_count() < self.quorum or value is None:
            return instance, ()
        number, ballot = instance.number, instance.ballot
        return replace(instance, asked=value), (
            Multicast(self.everybody, Accept(number, ballot, value)),
            ValueAsked(number, ballot, value),
        )
