"""The textbook protocol with one rule broken in each class.

Most of these bugs have been seen in the wild; the others are what students write.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision, GetDecision
from simulation.protocols.machine import Step, handles
from simulation.protocols.quorum import majority
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import NO_BALLOT, Accepted, Ballot
from simulation.protocols.textbook.state import Attempt, HeardPromise, Record, State, Tally

# The acceptor.


class VotesForAnything(Node):
    """Phase 2b without its condition."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        return True


class ComparesWithItsVote(Node):
    """Phase 2b looks at the last vote and not at the promise."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        return ballot >= (record.vote_ballot or NO_BALLOT)


class RefusesItsPromise(Node):
    """Phase 2b wants a ballot above the promised one, which no proposer has."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        return ballot > record.promised


class PromisesAnything(Node):
    """Phase 1b without its condition."""

    def may_promise(self, record: Record, ballot: Ballot) -> bool:
        return True


class ForgetsItsPromise(Node):
    """Phase 1b is answered and not remembered."""

    def promised(self, record: Record, ballot: Ballot) -> Record:
        return record


class VoteIsNoPromise(Node):
    """A vote does not raise the promise."""

    def voted(self, record: Record, ballot: Ballot, value: int) -> Record:
        return replace(record, vote_ballot=ballot, vote=value)


class KeepsItsFirstVote(Node):
    """An acceptor says that it votes again and remembers its first vote for ever."""

    def voted(self, record: Record, ballot: Ballot, value: int) -> Record:
        if record.vote_ballot is not None:
            return replace(record, promised=ballot)
        return super().voted(record, ballot, value)


class HidesItsVote(Node):
    """A promise never tells of a vote."""

    def last_vote(self, record: Record) -> tuple[Ballot | None, int | None]:
        return None, None


# The proposer.


class IgnoresReportedVotes(Node):
    """Phase 2a asks for the client's value, whatever the promises tell."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int:
        return attempt.waiting[0][1]


class AdoptsTheLowestVote(Node):
    """Phase 2a takes the vote of the lowest ballot among the promises."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int:
        votes = [(ballot, vote) for _, ballot, vote in promises if ballot is not None and vote is not None]
        return min(votes)[1] if votes else attempt.waiting[0][1]


class AdoptsMajoritiesOnly(Node):
    """Phase 2a takes a vote only if a majority tells of it."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int:
        votes = [vote for _, _, vote in promises if vote is not None]
        chosen = [vote for vote in votes if votes.count(vote) >= majority(len(self.config.peers))]
        return chosen[0] if chosen else attempt.waiting[0][1]


class InventsAValue(Node):
    """Phase 2a asks for what nobody proposed."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int:
        return 999


class QuorumOfHalf(Node):
    """Phase 1 is content with one promise less than a majority."""

    def promise_quorum(self) -> int:
        return super().promise_quorum() - 1


class CountsStalePromises(Node):
    """A promise of an earlier ballot counts for the present one."""

    def is_awaited(self, attempt: Attempt, ballot: Ballot) -> bool:
        return attempt.ballot is not None and attempt.value is None


class ReusesItsBallot(Node):
    """Every ballot of a process has the same number."""

    def next_ballot(self, record: Record, attempt: Attempt) -> Ballot:
        return (1, self.config.process)


class SharesBallots(Node):
    """Ballots carry no process, so two proposers may use the same one.

    This is no bug: an acceptor promises no ballot twice, so at most one proposer of a
    ballot has a quorum of promises. The checks have to be silent about it.
    """

    def next_ballot(self, record: Record, attempt: Attempt) -> Ballot:
        return (super().next_ballot(record, attempt)[0], 0)


class SharesBallotsAndPromisesTwice(SharesBallots):
    """Ballots carry no process, and an acceptor promises one to everybody who asks."""

    def may_promise(self, record: Record, ballot: Ballot) -> bool:
        return ballot >= record.promised


# The learner.


class DecidesWithoutQuorum(Node):
    """One vote decides."""

    def vote_quorum(self) -> int:
        return 1


class NeverDecides(Node):
    """More votes are wanted than there are acceptors."""

    def vote_quorum(self) -> int:
        return len(self.config.peers) + 1


class CountsAcrossBallots(Node):
    """Votes of different ballots are counted together."""

    def counted(self, tally: Tally, voter: int, vote: Accepted) -> Tally:
        if voter in tally.voters:
            return tally
        return Tally(max(tally.ballot, vote.ballot), vote.value, (*tally.voters, voter))


class LiesToClients(Node):
    """Clients are told another value than the decided one."""

    @handles(GetDecision)
    def on_get_decision(self, state: State, sender: int, request: GetDecision) -> Step:
        state, (answer,) = super().on_get_decision(state, sender, request)
        if not isinstance(answer, Answer) or not isinstance(answer.reply, Decision):
            return state, (answer,)
        lie = Decision(request.instance, answer.reply.value + 1)
        return state, (Answer(request.call, lie),)


class KeepsClientsWaiting(Node):
    """A decision is learned and the client that waits for it is not told."""

    def learn(self, state: State, record: Record, *, instance: int, value: int) -> Step:
        state, effects = super().learn(state, record, instance=instance, value=value)
        return state, tuple([effect for effect in effects if not isinstance(effect, Answer)])
