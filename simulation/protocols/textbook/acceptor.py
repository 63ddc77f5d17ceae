"""The acceptor: promises and votes.

Source: Lamport, *Paxos Made Simple* (2001), section 2.2. The two rules that everything
rests on are ``may_promise`` (phase 1b) and ``may_vote`` (phase 2b, P1a); what an acceptor
then remembers is ``promised`` and ``voted``. A promise or a vote is durable before anybody
hears of it (section 2.5).
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols import reports
from simulation.protocols.effects import Persist, Send
from simulation.protocols.machine import Machine, Step, handles
from simulation.protocols.textbook.messages import (
    Accept,
    Accepted,
    Ballot,
    Decide,
    Nack,
    Prepare,
    Promise,
)
from simulation.protocols.textbook.state import BLANK, Record, State, entry, with_entry


class Acceptor(Machine):
    """Answers prepares and accepts; where the decision is known, it answers with that."""

    def may_promise(self, record: Record, ballot: Ballot) -> bool:
        """Whether to promise ``ballot``: it is above all that was promised before."""
        return ballot > record.promised

    def promised(self, record: Record, ballot: Ballot) -> Record:
        """What the acceptor remembers of its promise."""
        return replace(record, promised=ballot)

    def last_vote(self, record: Record) -> tuple[Ballot | None, int | None]:
        """The vote that a promise tells: ballot and value, or None and None."""
        return record.vote_ballot, record.vote

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        """Whether to vote in ``ballot``: nothing above it has been promised (P1a)."""
        return ballot >= record.promised

    def voted(self, record: Record, ballot: Ballot, value: int) -> Record:
        """What the acceptor remembers of its vote, which is a promise of ``ballot`` too."""
        return replace(record, promised=ballot, vote_ballot=ballot, vote=value)

    @handles(Prepare)
    def on_prepare(self, state: State, sender: int, message: Prepare) -> Step:
        """Phase 1b. A second copy of a prepare is no refusal: it gets no answer."""
        instance, ballot = message.instance, message.ballot
        heard = reports.PrepareHeard(instance, ballot, sender)
        record = entry(state.records, instance, BLANK)
        if record.decided is not None:
            return state, (heard, Send(sender, Decide(instance, record.decided)))
        if self.may_promise(record, ballot):
            state = self._remember(state, instance, self.promised(record, ballot))
            vote_ballot, vote = self.last_vote(record)
            return state, (
                heard,
                Persist(state.records),
                reports.Promised(instance, ballot, vote_ballot, vote),
                Send(sender, Promise(instance, ballot, vote_ballot, vote)),
            )
        if ballot == record.promised:
            return state, (heard,)
        return state, (
            heard,
            reports.Refused(instance, ballot, record.promised),
            Send(sender, Nack(instance, ballot, record.promised)),
        )

    @handles(Accept)
    def on_accept(self, state: State, sender: int, message: Accept) -> Step:
        """Phase 2b. A second copy of an accept gets the same answer and changes nothing."""
        instance, ballot, value = message.instance, message.ballot, message.value
        record = entry(state.records, instance, BLANK)
        if record.decided is not None:
            return state, (Send(sender, Decide(instance, record.decided)),)
        if not self.may_vote(record, ballot):
            return state, (
                reports.Refused(instance, ballot, record.promised),
                Send(sender, Nack(instance, ballot, record.promised)),
            )
        answer = Send(sender, Accepted(instance, ballot, value))
        after = self.voted(record, ballot, value)
        if after == record:
            return state, (answer,)
        state = self._remember(state, instance, after)
        return state, (Persist(state.records), reports.Accepted(instance, ballot, value), answer)

    def _remember(self, state: State, instance: int, record: Record) -> State:
        records = with_entry(state.records, instance, record)
        return State(records, state.attempts, state.tallies, state.overdue)
