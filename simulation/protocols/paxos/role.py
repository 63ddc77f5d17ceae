"""What the roles of a replica share: who is who, and how many are enough."""

from __future__ import annotations

from simulation.protocols.machine import Config, Machine
from simulation.protocols.quorum import majority


class Role(Machine):
    """The root of the roles that ``PaxosReplica`` joins."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.me = config.process
        self.everybody = config.peers
        self.participants = len(config.peers)
        self.quorum = majority(self.participants)
