"""Protocols that are wrong for an exploration, or small enough to count by hand."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols import Machine, Protocol, handles, reports
from simulation.protocols.effects import Multicast, Persist, Send
from simulation.protocols.inputs import Propose, Restarted, Started
from simulation.protocols.machine import Step
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Accepted, Prepare
from simulation.protocols.textbook.state import Attempt, Entries, Record, State, Tally


class Vote(Struct, frozen=True, array_like=True, tag=True):
    value: int


class Seen(Struct, frozen=True):
    values: tuple[int, ...] = ()


class VotesOnce(Machine):
    """Every acceptor votes for the first value it hears of; a restart brings that back."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        return Seen(), ()

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        return restarted.durable or Seen(), ()

    @handles(Propose)
    def on_propose(self, state: Seen, sender: int, request: Propose) -> Step:
        return state, (Multicast(self.config.peers, Vote(request.value)),)

    @handles(Vote)
    def on_vote(self, state: Seen, sender: int, message: Vote) -> Step:
        if state.values:
            return state, ()
        voted = Seen((message.value,))
        return voted, (Persist(voted), reports.Accepted(1, 0, message.value))


class ForgetsItsVote(VotesOnce):
    """Nothing is durable."""

    @handles(Restarted)
    def on_restarted(self, state: None, sender: int, restarted: Restarted) -> Step:
        return Seen(), ()


class VotesBeforeItIsDurable(VotesOnce):
    """The vote is told first, and made durable then."""

    @handles(Vote)
    def on_vote(self, state: Seen, sender: int, message: Vote) -> Step:
        state, effects = super().on_vote(state, sender, message)
        return state, effects[::-1]


class DecidesOnTheSecondCopy(VotesOnce):
    """An acceptor that hears of a value twice decides it, quorum or not."""

    @handles(Vote)
    def on_vote(self, state: Seen, sender: int, message: Vote) -> Step:
        heard = Seen((*state.values, message.value)[-2:])
        twice = state.values[-1:] == (message.value,)
        return heard, (reports.Decided(1, message.value),) if twice else ()


class SortsAcceptors(VotesOnce):
    """An acceptor's address matters: the first one does something else."""

    @handles(Vote)
    def on_vote(self, state: Seen, sender: int, message: Vote) -> Step:
        if self.config.address == min(self.config.peers):
            return state, (Send(sender, message),)
        return super().on_vote(state, sender, message)


class ForgetsItsRecords(Node):
    """The textbook protocol; a restarted acceptor knows nothing."""

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        return ()


class ForgetsItsPromises(Node):
    """The textbook protocol; a restarted acceptor knows its vote and not its promise."""

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        return tuple([(number, replace(one, promised=(0, 0))) for number, one in durable or ()])


class CountsPromisesTwice(Node):
    """The textbook protocol; a second copy of a promise counts."""

    def has_promised(self, attempt: Attempt, acceptor: int) -> bool:
        return False


class CountsVotesTwice(Node):
    """The textbook protocol; a second copy of a vote counts."""

    def counted(self, tally: Tally, voter: int, vote: Accepted) -> Tally:
        if vote.ballot > tally.ballot:
            return Tally(vote.ballot, vote.value, (voter,))
        return Tally(tally.ballot, tally.value, (*tally.voters, voter))


class Counts(Node):
    """The textbook protocol with a state in which addresses cannot be found."""

    def on_prepare(self, state: State, sender: int, message: Prepare) -> Step:
        state, effects = super().on_prepare(state, sender, message)
        return replace(state, overdue=range(1)), effects


def protocol(machine: type[Machine]) -> Protocol:
    """A machine as something to explore."""
    return Protocol(name=machine.__name__, about="", components=(machine,))
