"""The textbook protocol with one rule broken in each class: what ``simulation.planted`` has no use for.

Most of these break no agreement; they lie to clients, or need a check of their own.
"""

from __future__ import annotations

from simulation.protocols.effects import Answer
from simulation.protocols.inputs import Decision, GetDecision
from simulation.protocols.machine import Step, handles
from simulation.protocols.textbook import Node
from simulation.protocols.textbook.messages import Ballot
from simulation.protocols.textbook.state import Attempt, HeardPromise, Record, State


class PromisesAnything(Node):
    """Phase 1b without its condition."""

    def may_promise(self, record: Record, ballot: Ballot) -> bool:
        return True


class InventsAValue(Node):
    """Phase 2a asks for what nobody proposed."""

    def choose_value(self, attempt: Attempt, promises: tuple[HeardPromise, ...]) -> int:
        return 999


class ReusesItsBallot(Node):
    """Every ballot of a process has the same number."""

    def next_ballot(self, record: Record, attempt: Attempt) -> Ballot:
        return (1, self.config.process)


class NeverDecides(Node):
    """More votes are wanted than there are acceptors."""

    def vote_quorum(self) -> int:
        return len(self.config.peers) + 1


class LiesToClients(Node):
    """Clients are told another value than the decided one."""

    @handles(GetDecision)
    def on_get_decision(self, state: State, sender: int, request: GetDecision) -> Step:
        state, (answer,) = super().on_get_decision(state, sender, request)
        if not isinstance(answer, Answer) or not isinstance(answer.reply, Decision):
            return state, (answer,)
        lie = Decision(request.instance, answer.reply.value + 1)
        return state, (Answer(request.call, lie),)


class KeepsClientsWaiting(Node):
    """A decision is learned and the client that waits for it is not told."""

    def learn(self, state: State, record: Record, *, instance: int, value: int) -> Step:
        state, effects = super().learn(state, record, instance=instance, value=value)
        return state, tuple([effect for effect in effects if not isinstance(effect, Answer)])
