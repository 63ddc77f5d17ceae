"""What the roles of a replica share: who is who, how many are enough, when a decision is overdue."""

from __future__ import annotations

from simulation.protocols.effects import SetTimer
from simulation.protocols.machine import Config, Effects, Machine
from simulation.protocols.paxos.messages import Overdue
from simulation.protocols.paxos.state import Replica
from simulation.protocols.quorum import majority

OVERDUE_US = 1_500_000
"""How long a replica that knows a leader waits for a decision before it does something.

Not a multiple of the elector's second: questions would meet the next leader's ballot.
"""

MOST_OVERDUE_DOUBLINGS = 4


class Role(Machine):
    """The root of the roles that ``PaxosReplica`` joins."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.me = config.process
        self.everybody = config.peers
        self.participants = len(config.peers)
        self.quorum = majority(self.participants)

    def overdue_us(self, tries: int) -> int:
        """How long to wait for a decision after so many ballots of one's own: 1.5 s, 1.5 s, 3 s, 6 s..."""
        return OVERDUE_US << min(max(tries - 1, 0), MOST_OVERDUE_DOUBLINGS)

    def overdue(self, number: int, tries: int = 0) -> SetTimer:
        """The effect that makes a replica look again whether the instance is decided."""
        wait_us = self.overdue_us(tries)
        return SetTimer(Overdue(number), wait_us, wait_us)

    def overdue_if_led(self, state: Replica, number: int) -> Effects:
        """The same for an instance just heard of; without a leader, the naming of one does it."""
        return () if state.leader is None else (self.overdue(number),)
