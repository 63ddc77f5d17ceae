"""The learner: counts votes, tells the decision, answers clients.

Source: Lamport, *Paxos Made Simple* (2001), section 2.3, in its frugal form: acceptors
tell their votes to one learner only, that of the process which runs the ballot, and it
tells all others. Should it die before, the next ballot finds the same value: that of a
client, or that of a process which catches up (``catch_up``).

The count does not depend on what the proposer beside it does: a quorum of votes decides
even where the proposer has given the ballot up, or has forgotten it in a restart.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols import reports
from simulation.protocols.effects import Answer, CancelTimer, Multicast, Persist
from simulation.protocols.inputs import Decision, GetDecision, Undecided
from simulation.protocols.machine import Machine, Step, handles
from simulation.protocols.quorum import majority
from simulation.protocols.textbook.messages import Accepted, Decide, Overdue, Retry
from simulation.protocols.textbook.state import (
    BLANK,
    IDLE,
    NO_VOTES,
    Record,
    State,
    Tally,
    entry,
    with_entry,
    without_entry,
)


class Learner(Machine):
    """Knows a decision from a quorum of votes, or from somebody who knows it."""

    def vote_quorum(self) -> int:
        """How many votes in one ballot decide."""
        return majority(len(self.config.peers))

    def counted(self, tally: Tally, voter: int, vote: Accepted) -> Tally:
        """The count with one more vote: of the highest ballot only, each voter once."""
        if vote.ballot > tally.ballot:
            return Tally(vote.ballot, vote.value, (voter,))
        if vote.ballot < tally.ballot or voter in tally.voters:
            return tally
        return Tally(tally.ballot, tally.value, (*tally.voters, voter))

    @handles(Accepted)
    def on_accepted(self, state: State, sender: int, message: Accepted) -> Step:
        """A vote. With a quorum of them the instance is decided, and everybody told."""
        instance = message.instance
        heard = reports.AcceptedHeard(instance, message.ballot, sender)
        record = entry(state.records, instance, BLANK)
        if record.decided is not None:
            return state, (heard,)
        tally = self.counted(entry(state.tallies, instance, NO_VOTES), sender, message)
        if len(tally.voters) < self.vote_quorum():
            tallies = with_entry(state.tallies, instance, tally)
            return State(state.records, state.attempts, tallies, state.overdue), (heard,)
        state, effects = self.learn(state, record, instance=instance, value=message.value)
        tell = Multicast(self.config.peers, Decide(instance, message.value))
        return state, (heard, *effects, tell)

    @handles(Decide)
    def on_decide(self, state: State, sender: int, message: Decide) -> Step:
        """Somebody knows the decision; news only to those who did not."""
        record = entry(state.records, message.instance, BLANK)
        if record.decided is not None:
            return state, ()
        return self.learn(state, record, instance=message.instance, value=message.value)

    @handles(GetDecision)
    def on_get_decision(self, state: State, sender: int, request: GetDecision) -> Step:
        """A client's question, answered with what is known here and now."""
        decided = entry(state.records, request.instance, BLANK).decided
        if decided is None:
            return state, (Answer(request.call, Undecided(request.instance)),)
        return state, (Answer(request.call, Decision(request.instance, decided)),)

    def learn(self, state: State, record: Record, *, instance: int, value: int) -> Step:
        """The decision becomes durable and ends all efforts for it; who waits is answered."""
        waiting = entry(state.attempts, instance, IDLE).waiting
        state = State(
            with_entry(state.records, instance, replace(record, decided=value)),
            without_entry(state.attempts, instance),
            without_entry(state.tallies, instance),
            without_entry(state.overdue, instance),
        )
        known = (
            Persist(state.records),
            reports.Decided(instance, value),
            CancelTimer(Overdue(instance)),
        )
        if not waiting:
            return state, known
        answers = (Answer(call, Decision(instance, value)) for call, _ in waiting)
        return state, (*known, CancelTimer(Retry(instance)), *answers)
