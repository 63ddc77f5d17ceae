"""Five bugs that nobody has reported, made up to be unlike the others.

Strategies that were tuned on well-known bugs should meet some that they were not tuned on.
In the schedules p1 and p2 propose X and Y, and ``X@(1, p1)`` is a vote for X in p1's ballot
of round 1. Each is played out in ``tests/planted``.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.machine import Step
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Ballot
from simulation.protocols.textbook.state import IDLE, Attempt, Entries, HeardPromise, Record, State, entry


class VotesInATie(Node):
    """An acceptor compares rounds before it votes, so in a tie it votes for whom it turned away.

    p1 has the promises of p1 and p3 in round 1, p2 then those of p2 and p3 in the same round.
    p1's accept comes to p1 and p3: p3 has promised a higher ballot, but of the same round, and
    X is decided. p2's accept comes to p2 and p3, and Y is.
    """

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        """Phase 2b, blind to the process of a ballot. Promises do look at it."""
        return ballot[0] >= record.promised[0]


class DatesItsVoteByItsPromise(Node):
    """A promise tells the last vote under the ballot that was promised last.

    It looks right as long as nothing is promised after the vote: an acceptor that keeps one
    ballot for both does this. p1 votes X@(1, p1) alone. Y is decided by p2 and p3 in
    (1, p2). p1 promises itself (2, p1) and tries again: in (3, p1) it hears X@(2, p1) from
    itself and Y@(1, p2) from p3, and X is decided.
    """

    def last_vote(self, record: Record) -> tuple[Ballot | None, int | None]:
        """The right value with a ballot that is too high."""
        if record.vote_ballot is None:
            return None, None
        return record.promised, record.vote


class PromisesOutliveARefusal(Node):
    """After a refusal, the promises that were heard before it count for the next ballot.

    p2 hears in (1, p2) that p3 promises and has no vote; p1, which has promised itself
    (2, p1), refuses. p1 gets p3's promise too and X is decided by p1 and p3. p2 tries again
    in (3, p2): its own promise and the old one of p3 are a quorum without a vote, and Y is
    decided by p2 and p3. A retry after a time-out, without a refusal, is right.
    """

    def given_up(self, attempt: Attempt, promised: Ballot) -> Attempt:
        """Nothing that was heard is lost."""
        return replace(super().given_up(attempt, promised), promises=attempt.promises)

    def start_ballot(self, state: State, instance: int, attempt: Attempt) -> Step:
        """Begin with what the refused ballot had; a running one leaves nothing."""
        kept = attempt.promises if attempt.ballot is None else ()
        state, effects = super().start_ballot(state, instance, attempt)
        return self._try(
            state, instance, replace(entry(state.attempts, instance, IDLE), promises=kept)
        ), effects


class CatchesUpWithTheFirstVote(Node):
    """A process that only wants to learn the decision takes the first vote that it hears of.

    Ballots of clients adopt the highest. p1 votes X@(1, p1) alone, and Y is decided by p2 and
    p3 in (1, p2); nobody tells p3. p3 has waited twice in vain and runs a ballot to find out:
    p1 promises first and reports X, then p3 itself reports Y, and X is decided by p1 and p3.
    """

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        """P2c only where a client waits."""
        votes = [vote for _, _, vote in promises if vote is not None]
        if attempt.waiting or not votes:
            return super().choose_value(attempt, promises)
        return votes[0]


class RestartTakesItsVoteForTheDecision(Node):
    """A restarted acceptor takes the vote that it finds in its records for the decision.

    As one does that replays its log and applies all of it. p3 votes X@(1, p1) alone. Y is
    decided by p1 and p2 in (1, p2). p3 restarts and tells p1, which asks it for a
    promise, that X is decided.
    """

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        """What was voted for is decided, unless something else is known to be."""
        return tuple(
            (instance, record if record.decided is not None else replace(record, decided=record.vote))
            for instance, record in super().restored(durable)
        )
