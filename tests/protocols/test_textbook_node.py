"""The lives of a process: what it begins with, and what a restart gives back."""

from __future__ import annotations

from simulation.protocols.effects import SetTimer
from simulation.protocols.inputs import Propose, Restarted, Started
from simulation.protocols.reports import Begun
from simulation.protocols.textbook import TEXTBOOK
from simulation.protocols.textbook.messages import Accept, Overdue
from simulation.protocols.textbook.state import Record, State
from tests.protocols.playground import build_machines, of_kind

NODE = build_machines(TEXTBOOK, 3)[0]


def test_first_life_begins_with_nothing() -> None:
    assert NODE.step(None, 0, Started()) == (State(), (Begun(),))


def test_restart_gives_back_what_was_durable() -> None:
    records = ((1, Record(round=4, promised=(5, 2), vote_ballot=(3, 1), vote=7)), (2, Record(decided=8)))
    state, wanted = NODE.step(None, 0, Restarted(records))
    assert state.records == records
    assert wanted[0] == Begun()


def test_restart_waits_again_for_the_decisions_that_are_missing() -> None:
    records = ((1, Record(promised=(5, 2))), (2, Record(decided=8)))
    _, wanted = NODE.step(None, 0, Restarted(records))
    assert [effect.timer for effect in of_kind(wanted, SetTimer)] == [Overdue(1)]


def test_restart_with_nothing_durable_begins_with_nothing() -> None:
    assert NODE.step(None, 0, Restarted(None)) == (State(), (Begun(),))


def test_restart_forgets_clients_and_counts() -> None:
    state, _ = NODE.step(State(), 0, Propose(call=1, instance=1, value=7))
    state, _ = NODE.step(state, 0, Accept(1, (1, 0), 7))
    restarted, _ = NODE.step(state, 0, Restarted(state.records))
    assert (restarted.attempts, restarted.tallies) == ((), ())
