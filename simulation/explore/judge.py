"""Agreement and validity, judged on every vote and on everything that is learned.

Source: Lamport, *Paxos Made Simple* (2001), section 2.1: only a value that has been proposed
may be chosen, only a single value is chosen, and nobody learns of another one. A value is
chosen when a quorum has voted for it in one ballot, whether or not anybody knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.explore.cast import Cast
from simulation.explore.foresight import Foresight
from simulation.explore.pieces import Reaction

Votes = tuple[int, ...]


class Judge:
    """Keeps of votes and decisions what can still come to a violation."""

    def __init__(self, cast: Cast) -> None:
        setting = cast.setting
        self._cast = cast
        self._quorum = setting.quorum
        self._acceptors = setting.acceptors
        self._proposed = (
            {setting.value_of(place): None for place in range(setting.acceptors, setting.participants)}
            if setting.has_clients()
            else None
        )

    def heard(
        self, votes: Votes, settled: int | None, place: int, reaction: Reaction
    ) -> tuple[Votes, int | None, str | None]:
        """Votes and settled value after a step, and what it violates, if anything.

        Votes for the settled value are no news to anybody: they are not kept.
        """
        found: list[tuple[str, int]] = [("decided", value) for value in reaction.decided]
        if reaction.votes and place < self._acceptors:
            votes = (*votes[:place], votes[place] | reaction.votes, *votes[place + 1 :])
            found += [("chosen", value) for value in self._chosen(votes, reaction.votes)]
        violated = None
        for how, value in found:
            if self._proposed is not None and value not in self._proposed:
                violated = violated or f"validity: {value} is {how}, and nobody proposed it"
            if settled is not None and value != settled:
                first, second = sorted((settled, value))
                violated = violated or f"agreement: {first} and {second} are both chosen or decided"
            settled = value if settled is None else settled
        return votes, settled, violated

    def kept(
        self, votes: Votes, settled: int | None, locals_: tuple[int, ...], foresight: Foresight | None
    ) -> Votes:
        """``votes`` without those that cannot come to a quorum of another value any more."""
        together = 0
        for cast in votes:
            together |= cast
        gone = 0
        for vote in _bits(together):
            bit = 1 << vote
            if self._cast.votes.items[vote][1] == settled or (
                foresight is not None and self._most(votes, bit, locals_, foresight) < self._quorum
            ):
                gone |= bit
        return tuple([cast & ~gone for cast in votes]) if gone else votes

    def _most(self, votes: Votes, bit: int, locals_: tuple[int, ...], foresight: Foresight) -> int:
        may_vote = foresight.may_vote
        return sum(
            [1 for place, cast in enumerate(votes) if (cast | may_vote.get((place, locals_[place]), 0)) & bit]
        )

    def _chosen(self, votes: Votes, news: int) -> list[int]:
        items = self._cast.votes.items
        return [
            items[vote][1]
            for vote in _bits(news)
            if sum([1 for cast in votes if cast >> vote & 1]) >= self._quorum
        ]


def _bits(mask: int) -> Sequence[int]:
    return [number for number in range(mask.bit_length()) if mask >> number & 1]
