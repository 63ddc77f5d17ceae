"""The roles of Paxos without a network, for the peers whose users bring their own objects.

A message in, at most one message out: the proposer's goes to all acceptors, an acceptor's
goes back to the proposer. Messages are tuples that begin with their kind.
"""

from __future__ import annotations

from typing import Final

from benchmarks.workloads import ACCEPTORS, BALLOT, QUORUM, VALUE, Decree

Message = tuple[str, int] | tuple[str, int, int] | tuple[str, int, int, int]

TO_PROPOSER: Final = 2 * ACCEPTORS
"""So many messages reach the proposer: a promise and a vote of each acceptor."""

TO_ACCEPTOR: Final = 3
"""So many reach an acceptor: prepare, accept and learn."""


class Proposer:
    """Asks all acceptors, counts what they answer."""

    __slots__ = ("promises", "received", "value", "vote_ballot", "votes")

    def __init__(self) -> None:
        self.received = 0
        self.promises = 0
        self.votes = 0
        self.vote_ballot = 0
        self.value = VALUE

    def start(self) -> Message:
        """Phase 1a."""
        return ("prepare", BALLOT)

    def receive(self, message: Message) -> Message | None:
        """Phase 2a once a quorum has promised, and the decision once a quorum has voted."""
        self.received += 1
        kind, *content = message
        if kind == "promise":
            _, vote_ballot, vote = content
            if vote_ballot > self.vote_ballot:
                self.vote_ballot = vote_ballot
                self.value = vote
            self.promises += 1
            return ("accept", BALLOT, self.value) if self.promises == QUORUM else None
        self.votes += 1
        return ("learn", self.value) if self.votes == QUORUM else None


class Acceptor:
    """Promises, votes and learns."""

    __slots__ = ("learned", "promised", "received", "vote", "vote_ballot")

    def __init__(self) -> None:
        self.received = 0
        self.promised = 0
        self.vote_ballot = 0
        self.vote = 0
        self.learned: int | None = None

    def receive(self, message: Message) -> Message | None:
        """Phases 1b and 2b, and the decision."""
        self.received += 1
        kind, *content = message
        if kind == "prepare":
            (ballot,) = content
            # Not ">": one network here cannot be told its latencies, and with its own an accept
            # may overtake the prepare before it. A promise given by a vote can be given again.
            if ballot >= self.promised:
                self.promised = ballot
                return ("promise", ballot, self.vote_ballot, self.vote)
        elif kind == "accept":
            ballot, value = content
            if ballot >= self.promised:
                self.promised = self.vote_ballot = ballot
                self.vote = value
                return ("accepted", ballot)
        else:
            (self.learned,) = content
        return None


def decree(proposer: Proposer, acceptors: list[Acceptor]) -> Decree:
    """What came of a run."""
    received = proposer.received + sum(acceptor.received for acceptor in acceptors)
    return Decree(tuple(acceptor.learned for acceptor in acceptors), received)
