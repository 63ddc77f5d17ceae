"""Wrong proposers: when they have a quorum of promises, and what they ask for then."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.effects import SetTimer
from simulation.protocols.machine import Step
from simulation.protocols.quorum import majority
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Ballot, Retry
from simulation.protocols.textbook.state import BLANK, IDLE, Attempt, HeardPromise, Record, State, entry


def own_value(attempt: Attempt) -> int | None:
    """The value of the client that has waited longest, or None where no client waits."""
    return attempt.waiting[0][1] if attempt.waiting else None


class IgnoresReportedVotes(Node):
    """A proposer asks for its client's value, whatever the promises tell."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        """P2c left out."""
        return own_value(attempt)


class AdoptsMajoritiesOnly(Node):
    """A proposer adopts a value only if a majority of all acceptors reports it."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        """A value that was chosen but is not seen as such is passed over."""
        votes = [vote for _, _, vote in promises if vote is not None]
        chosen = [vote for vote in votes if votes.count(vote) >= majority(len(self.config.peers))]
        return chosen[0] if chosen else own_value(attempt)


class AdoptsTheLowestVote(Node):
    """A proposer adopts the vote of the lowest ballot among the promises."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int | None:
        """P2c the wrong way round."""
        votes = [(ballot, vote) for _, ballot, vote in promises if ballot is not None and vote is not None]
        return min(votes)[1] if votes else own_value(attempt)


class QuorumOfHalf(Node):
    """A proposer is content with one promise less than a majority."""

    def promise_quorum(self) -> int:
        """Two such quorums need not meet."""
        return super().promise_quorum() - 1


class CountsAPromiseTwice(Node):
    """A proposer counts the copy of a promise as another promise."""

    def has_promised(self, attempt: Attempt, acceptor: int) -> bool:
        """Nobody is remembered to have promised already."""
        return False


class CountsStalePromises(Node):
    """A promise of an earlier ballot counts for the one that runs."""

    def is_awaited(self, attempt: Attempt, ballot: Ballot) -> bool:
        """Any ballot will do as long as one runs that has no value yet."""
        return attempt.ballot is not None and attempt.value is None


class SkipsPhaseOne(Node):
    """The root of proposers that at times ask for a value and have no promises for it."""

    def known_value(self, state: State, instance: int, attempt: Attempt) -> int | None:
        """What the next ballot asks for without phase 1, or None: it begins as it should."""
        return None

    def start_ballot(self, state: State, instance: int, attempt: Attempt) -> Step:
        """A ballot whose prepares are never sent, and whose value is asked for at once."""
        value = self.known_value(state, instance, attempt)
        if value is None:
            return super().start_ballot(state, instance, attempt)
        ballot = self.next_ballot(entry(state.records, instance, BLANK), attempt)
        state, (*begun, _prepares) = super().start_ballot(state, instance, attempt)
        state, asked = self.ask_for(state, instance, ballot, value)
        return state, (*begun, *asked)


class SkipsItsFirstPhaseOne(SkipsPhaseOne):
    """Every proposer, not only one, skips phase 1 in its first ballot."""

    def known_value(self, state: State, instance: int, attempt: Attempt) -> int | None:
        """The client's, as long as this process has used no ballot."""
        return None if entry(state.records, instance, BLANK).round else own_value(attempt)


class SkipsPhaseOneOnceItLed(SkipsPhaseOne):
    """A proposer that once had a quorum of promises skips phase 1 in all its next ballots."""

    def known_value(self, state: State, instance: int, attempt: Attempt) -> int | None:
        """What the last ballot asked for."""
        return attempt.value

    def given_up(self, attempt: Attempt, promised: Ballot) -> Attempt:
        """A refusal is no reason to forget what was asked for."""
        return replace(super().given_up(attempt, promised), value=attempt.value)


class SharesBallots(Node):
    """Ballots carry no process, so two proposers may use the same one.

    This is no bug: an acceptor promises no ballot twice, so at most one proposer of a
    ballot has a quorum of promises. The checks have to be silent about it.
    """

    def next_ballot(self, record: Record, attempt: Attempt) -> Ballot:
        """The next round, the same for all."""
        return (super().next_ballot(record, attempt)[0], 0)


class SharesBallotsAndPromisesTwice(SharesBallots):
    """Ballots carry no process, and an acceptor promises one to everybody who asks."""

    def may_promise(self, record: Record, ballot: Ballot) -> bool:
        """The ballot that was promised last may be promised again."""
        return ballot >= record.promised


class AsksTwiceInOneBallot(Node):
    """A proposer that waits in vain for votes asks for its newest client's value in the same ballot.

    It believes the first value to be abandoned, but some acceptors may have voted for it. The
    two differ where the first was adopted, or where a second client has come.
    """

    def on_retry(self, state: State, sender: int, timer: Retry) -> Step:
        """No next ballot while another value is left to be tried in this one."""
        attempt = entry(state.attempts, timer.instance, IDLE)
        newest = attempt.waiting[-1][1] if attempt.waiting else None
        if attempt.ballot is None or newest is None or attempt.value in (None, newest):
            return super().on_retry(state, sender, timer)
        state, asked = self.ask_for(state, timer.instance, attempt.ballot, newest)
        return state, (SetTimer(timer, *self.patience_us(attempt.tries)), *asked)
