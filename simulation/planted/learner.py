"""Wrong learners: how many votes they want, and which they count."""

from __future__ import annotations

from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Accepted
from simulation.protocols.textbook.state import Entries, Tally, entry, with_entry


class DecidesWithoutQuorum(Node):
    """A learner is content with one vote less than a majority."""

    def vote_quorum(self) -> int:
        """Two such quorums need not meet."""
        return super().vote_quorum() - 1


class CountsAVoteTwice(Node):
    """A learner counts the copy of a vote as another vote."""

    def counted(self, tally: Tally, voter: int, vote: Accepted) -> Tally:
        """The votes of the highest ballot, whoever they are from."""
        if vote.ballot == tally.ballot:
            return Tally(tally.ballot, tally.value, (*tally.voters, voter))
        return super().counted(tally, voter, vote)


class TallyOfValues(Tally, frozen=True, gc=False):
    """Who is known to have voted for which value; ``voters`` are those of the last one counted."""

    voters_of: Entries[tuple[int, ...]] = ()


class CountsAcrossBallots(Node):
    """A learner counts the votes for a value, whatever ballots they were cast in."""

    def counted(self, tally: Tally, voter: int, vote: Accepted) -> Tally:
        """Each voter once for each value; the ballot counts for nothing."""
        voters_of = tally.voters_of if isinstance(tally, TallyOfValues) else ()
        voters = entry(voters_of, vote.value, ())
        if voter not in voters:
            voters = (*voters, voter)
        return TallyOfValues(vote.ballot, vote.value, voters, with_entry(voters_of, vote.value, voters))
