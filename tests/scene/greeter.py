"""A protocol that only greets, and says so with a report of its own."""

from simulation.protocols import Machine, handles
from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Abort, GetDecision, Propose, Started, Undecided
from simulation.protocols.reports import Report


class Greeted(Report, frozen=True, array_like=True, tag=True, gc=False):
    """Hello."""


class Greeter(Machine):
    """Greets, and decides nothing."""

    @handles(Started)
    def on_started(self, state, sender, started):
        """Say hello."""
        return 1, (Greeted(),)

    @handles(Propose)
    def on_propose(self, state, sender, asked):
        """Refuse."""
        return state, (Answer(asked.call, Abort(asked.instance)),)

    @handles(GetDecision)
    def on_get(self, state, sender, asked):
        """There is none."""
        return state, (Answer(asked.call, Undecided(asked.instance)),)
