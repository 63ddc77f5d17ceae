"""The proposer: ballots, one after the other until there is a decision.

Source: Lamport, *Paxos Made Simple* (2001), section 2.2; which value may be asked for is
P2c, in ``choose_value``. Section 2.4 leaves progress to an elected proposer. There is none
here: a proposer that is refused backs off for a random time out of a range which doubles
with every try, so of several proposers one is sooner or later left alone for long enough.

One timer per instance serves both waits of a client's ballots: for answers while one runs,
for better times during back-off. A ballot without a client has none: it is for catching up
(``catch_up``), has a vote to finish or nothing to propose, and is tried again from there.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from simulation.protocols import reports
from simulation.protocols.effects import Answer, Multicast, Persist, SetTimer
from simulation.protocols.inputs import Decision, Propose
from simulation.protocols.machine import Machine, Step, handles
from simulation.protocols.quorum import majority
from simulation.protocols.textbook.messages import Accept, Ballot, Nack, Prepare, Promise, Retry
from simulation.protocols.textbook.state import (
    BLANK,
    IDLE,
    Attempt,
    HeardPromise,
    Record,
    State,
    entry,
    with_entry,
    without_entry,
)

PATIENCE_US: Final = 100_000
"""The least wait for the answers to a first ballot; ballots rarely take a third of it."""
MOST_PATIENCE_DOUBLINGS: Final = 4

BACK_OFF_US: Final = 1_000
"""The least back-off, and what its range doubles from."""
MOST_BACK_OFF_DOUBLINGS: Final = 10


class Proposer(Machine):
    """Runs ballots as long as a client waits for the instance, and others when it is told to."""

    def next_ballot(self, record: Record, attempt: Attempt) -> Ballot:
        """A ballot of this process above all that it used, promised or was refused for."""
        highest = max(record.round, record.promised[0], attempt.highest)
        return (highest + 1, self.config.process)

    def is_awaited(self, attempt: Attempt, ballot: Ballot) -> bool:
        """Whether promises of ``ballot`` are still wanted: it runs and has no value yet."""
        return attempt.ballot == ballot and attempt.value is None

    def has_promised(self, attempt: Attempt, acceptor: int) -> bool:
        """Whether ``acceptor`` has been counted in this ballot: a copy counts for nothing."""
        return acceptor in [promise[0] for promise in attempt.promises]

    def promise_quorum(self) -> int:
        """How many promises allow a value to be asked for."""
        return majority(len(self.config.peers))

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        """P2c: the vote of the highest ballot among the promises, else a client's value, if any."""
        votes = [(ballot, vote) for _, ballot, vote in promises if ballot is not None and vote is not None]
        if votes:
            return max(votes)[1]
        return attempt.waiting[0][1] if attempt.waiting else None

    def patience_us(self, tries: int) -> tuple[int, int]:
        """How long to wait for the answers to a ballot, the ``tries``-th: low, high."""
        low = PATIENCE_US << min(tries - 1, MOST_PATIENCE_DOUBLINGS)
        return low, 2 * low

    def back_off_us(self, tries: int) -> tuple[int, int]:
        """How long to keep quiet after the refusal of the ``tries``-th ballot: low, high."""
        return BACK_OFF_US, BACK_OFF_US << min(tries, MOST_BACK_OFF_DOUBLINGS)

    @handles(Propose)
    def on_propose(self, state: State, sender: int, request: Propose) -> Step:
        """A client's call: answered at once, or kept while ballots run."""
        instance = request.instance
        proposed = reports.Proposed(instance, request.value, request.action)
        decided = entry(state.records, instance, BLANK).decided
        if decided is not None:
            return state, (proposed, Answer(request.call, Decision(instance, decided)))
        attempt = entry(state.attempts, instance, IDLE)
        waiting = (*attempt.waiting, (request.call, request.value))
        waiting_attempt = replace(attempt, waiting=waiting)
        if attempt.waiting:
            return self._try(state, instance, waiting_attempt), (proposed,)
        state, effects = self.start_ballot(state, instance, waiting_attempt)
        return state, (proposed, *effects)

    def start_ballot(self, state: State, instance: int, attempt: Attempt) -> Step:
        """Phase 1a. The round is durable before it is used, so no restart uses it again."""
        record = entry(state.records, instance, BLANK)
        ballot = self.next_ballot(record, attempt)
        tries = attempt.tries + 1
        records = with_entry(state.records, instance, replace(record, round=ballot[0]))
        running = replace(attempt, ballot=ballot, promises=(), value=None, tries=tries)
        attempts = with_entry(state.attempts, instance, running)
        retry = (SetTimer(Retry(instance), *self.patience_us(tries)),) if attempt.waiting else ()
        return State(records, attempts, state.tallies, state.overdue), (
            Persist(records),
            *retry,
            reports.BallotStarted(instance, ballot),
            Multicast(self.config.peers, Prepare(instance, ballot)),
        )

    @handles(Promise)
    def on_promise(self, state: State, sender: int, message: Promise) -> Step:
        """Phase 2a, once a quorum has promised; with nothing to propose, the ballot ends here."""
        instance = message.instance
        heard = reports.PromiseHeard(instance, message.ballot, message.vote_ballot, message.vote, sender)
        attempt = entry(state.attempts, instance, IDLE)
        ballot = attempt.ballot
        if ballot is None or not self.is_awaited(attempt, message.ballot):
            return state, (heard,)
        if self.has_promised(attempt, sender):
            return state, (heard,)
        promises = (*attempt.promises, (sender, message.vote_ballot, message.vote))
        if len(promises) < self.promise_quorum():
            return self._try(state, instance, replace(attempt, promises=promises)), (heard,)
        value = self.choose_value(attempt, promises)
        if value is None:
            return self.let_go(state, instance), (heard,)
        state, asked = self.ask_for(state, instance, ballot, value)
        return state, (heard, *asked)

    def ask_for(self, state: State, instance: int, ballot: Ballot, value: int) -> Step:
        """Phase 2a itself: all acceptors are asked to vote for ``value`` in ``ballot``, which runs."""
        attempt = entry(state.attempts, instance, IDLE)
        return self._try(state, instance, replace(attempt, promises=(), value=value)), (
            reports.ValueAsked(instance, ballot, value),
            Multicast(self.config.peers, Accept(instance, ballot, value)),
        )

    @handles(Nack)
    def on_nack(self, state: State, sender: int, message: Nack) -> Step:
        """Give the ballot up at its first refusal. Votes for it still count.

        Where a client waits, back off and try again.
        """
        instance = message.instance
        attempt = entry(state.attempts, instance, IDLE)
        if attempt.ballot != message.ballot:
            return state, ()
        quiet = self.given_up(attempt, message.promised)
        if not attempt.waiting:
            return self._try(state, instance, quiet), ()
        wait = SetTimer(Retry(instance), *self.back_off_us(attempt.tries))
        return self._try(state, instance, quiet), (wait,)

    def given_up(self, attempt: Attempt, promised: Ballot) -> Attempt:
        """What is left of an attempt whose ballot was refused for ``promised``."""
        highest = max(attempt.highest, promised[0])
        return replace(attempt, ballot=None, promises=(), value=None, highest=highest)

    @handles(Retry)
    def on_retry(self, state: State, sender: int, timer: Retry) -> Step:
        """The wait is over, for answers or for better times: try the next ballot."""
        attempt = entry(state.attempts, timer.instance, IDLE)
        if not attempt.waiting:
            return state, ()
        return self.start_ballot(state, timer.instance, attempt)

    def let_go(self, state: State, instance: int) -> State:
        """The state after a ballot that found no vote and has no client: there is no attempt."""
        return State(state.records, without_entry(state.attempts, instance), state.tallies, state.overdue)

    def _try(self, state: State, instance: int, attempt: Attempt) -> State:
        attempts = with_entry(state.attempts, instance, attempt)
        return State(state.records, attempts, state.tallies, state.overdue)
