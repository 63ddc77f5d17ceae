"""Protocols that never decide wrongly, and at times never decide."""

from __future__ import annotations

from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Ballot
from simulation.protocols.textbook.state import Record


class RefusesItsPromise(Node):
    """An acceptor votes only in a ballot above its promise, and no proposer has one."""

    def may_vote(self, record: Record, ballot: Ballot) -> bool:
        """Phase 2b with its condition too strict by one."""
        return ballot > record.promised


class NeverBacksOff(Node):
    """A refused proposer tries its next ballot at once, so two of them may duel for ever."""

    def back_off_us(self, tries: int) -> tuple[int, int]:
        """No wait, however often it was refused."""
        return 0, 0
