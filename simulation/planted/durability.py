"""What a restart loses although somebody relies on it.

Whatever is not made durable is what a new life does not begin with, so these forget it
in ``restored``: the rule is the same, and no other part of the protocol knows of it.
"""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import NO_BALLOT
from simulation.protocols.textbook.state import Entries, Record


class PromiseIsNotDurable(Node):
    """A restart forgets what was promised; votes stay."""

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        """Everything but the promise, which a vote was too."""
        return tuple(
            (instance, replace(record, promised=NO_BALLOT)) for instance, record in super().restored(durable)
        )


class VoteIsNotDurable(Node):
    """A restart forgets the vote; the promise stays."""

    def restored(self, durable: Entries[Record] | None) -> Entries[Record]:
        """Everything but the vote."""
        return tuple(
            (instance, replace(record, vote_ballot=None, vote=None))
            for instance, record in super().restored(durable)
        )
