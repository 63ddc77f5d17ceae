"""Catching up: whoever took part in an instance finds out what came of it.

A learner hears of a decision from the one process that counted the votes (*Paxos Made
Simple*, section 2.3). That process may die in the middle of telling, or before. So an
acceptor that has heard of a ballot waits for the decision, and when the wait is over:

* The first time, it asks everybody. Who knows the decision tells it; the others keep
  silent. This disturbs nobody.
* From then on, nobody who lives may know. It runs a ballot of its own, as section 2.3
  says that a learner does which needs to know: acceptors that know the decision answer
  with that, and otherwise a ballot finishes what votes have begun. It has no value of its
  own to propose. With no vote reported in a quorum, nothing has been chosen; it lets go
  of the ballot and goes on waiting.
* A process with a client of its own never does that: its client's ballots find out.

It waits as long as it takes, since it may have missed everything that happened after it
let go. The first wait is the same for all. Those after it, at whose end a ballot begins,
are random, of a range that doubles up to a bound: so of many that wait, one is sooner or
later left alone for long enough. A restart begins all waits again.
"""

from __future__ import annotations

from typing import Final

from simulation.protocols.effects import Effect, Multicast, Send, SetTimer
from simulation.protocols.machine import Effects, Step, handles
from simulation.protocols.textbook.acceptor import Acceptor
from simulation.protocols.textbook.messages import Accept, Ask, Decide, Overdue, Prepare
from simulation.protocols.textbook.proposer import Proposer
from simulation.protocols.textbook.state import BLANK, IDLE, Attempt, State, entry, with_entry

OVERDUE_US: Final = 1_000_000
"""The first wait for a decision; a proposer without rivals needs a small part of it."""
MOST_OVERDUE_DOUBLINGS: Final = 3


class CatchUp(Proposer, Acceptor):
    """An acceptor that wants to know, and has the proposer beside it find out."""

    def overdue_us(self, in_vain: int) -> tuple[int, int]:
        """How long to wait for a decision after so many waits in vain: low, high."""
        if not in_vain:
            return OVERDUE_US, OVERDUE_US
        low = OVERDUE_US << min(in_vain - 1, MOST_OVERDUE_DOUBLINGS)
        return low, 2 * low

    def may_finish(self, attempt: Attempt, in_vain: int) -> bool:
        """Whether to run a ballot to learn the decision: asking was in vain, no client waits."""
        return in_vain > 1 and not attempt.waiting

    def on_prepare(self, state: State, sender: int, message: Prepare) -> Step:
        """Phase 1b, and the wait for what comes of it."""
        state, effects = super().on_prepare(state, sender, message)
        return self.awaiting(state, message.instance, effects)

    def on_accept(self, state: State, sender: int, message: Accept) -> Step:
        """Phase 2b, and the wait for what comes of it."""
        state, effects = super().on_accept(state, sender, message)
        return self.awaiting(state, message.instance, effects)

    def awaiting(self, state: State, instance: int, effects: Effects) -> Step:
        """``effects`` and, unless it has begun or nothing is left to wait for, the wait."""
        if entry(state.overdue, instance, -1) >= 0:
            return state, effects
        if entry(state.records, instance, BLANK).decided is not None:
            return state, effects
        wait = SetTimer(Overdue(instance), *self.overdue_us(0))
        return self._after_waiting(state, instance, 0), (*effects, wait)

    @handles(Overdue)
    def on_overdue(self, state: State, sender: int, timer: Overdue) -> Step:
        """A wait in vain: ask for the decision, or find out by a ballot, and wait again."""
        instance = timer.instance
        in_vain = entry(state.overdue, instance, 0) + 1
        state = self._after_waiting(state, instance, in_vain)
        wait: Effect = SetTimer(timer, *self.overdue_us(in_vain))
        attempt = entry(state.attempts, instance, IDLE)
        if not self.may_finish(attempt, in_vain):
            return state, (wait, Multicast(self.config.peers, Ask(instance)))
        state, effects = self.start_ballot(state, instance, attempt)
        return state, (wait, *effects)

    @handles(Ask)
    def on_ask(self, state: State, sender: int, message: Ask) -> Step:
        """Tell the decision to whoever asks for it; say nothing where it is not known."""
        decided = entry(state.records, message.instance, BLANK).decided
        if decided is None:
            return state, ()
        return state, (Send(sender, Decide(message.instance, decided)),)

    def _after_waiting(self, state: State, instance: int, in_vain: int) -> State:
        overdue = with_entry(state.overdue, instance, in_vain)
        return State(state.records, state.attempts, state.tallies, overdue)
