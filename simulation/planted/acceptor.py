"""Wrong acceptors: what they promise, what they vote for, what they remember and tell of it."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import NO_BALLOT, Ballot
from simulation.protocols.textbook.state import Record


class VotesForAnything(Node):
    """An acceptor votes in any ballot that it is asked to vote in."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        """Phase 2b without its condition."""
        return True


class ComparesWithItsVote(Node):
    """An acceptor compares a ballot with that of its last vote, not with its promise."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        """Phase 2b with the wrong condition."""
        return ballot >= (record.vote_ballot or NO_BALLOT)


class VoteIsNoPromise(Node):
    """A vote does not raise the promise."""

    def voted(self, record: Record, ballot: Ballot, value: int) -> Record:
        """The vote alone."""
        return replace(record, vote_ballot=ballot, vote=value)


class ForgetsItsPromise(Node):
    """An acceptor answers a prepare with a promise and does not remember it."""

    def promised(self, record: Record, ballot: Ballot) -> Record:
        """What was remembered before."""
        return record


class HidesItsVote(Node):
    """A promise never tells of a vote."""

    def last_vote(self, record: Record) -> tuple[Ballot | None, int | None]:
        """No vote, whatever was voted for."""
        return None, None


class KeepsItsFirstVote(Node):
    """An acceptor says that it votes again and remembers its first vote for ever."""

    def voted(self, record: Record, ballot: Ballot, value: int) -> Record:
        """The new promise beside the first vote."""
        if record.vote_ballot is not None:
            return replace(record, promised=ballot)
        return super().voted(record, ballot, value)
