"""Two-phase commit as TLA+ has it (tlaplus/Examples, ``TwoPhase.tla``), on the contract.

Resource managers are the peers, the transaction manager stands outside. All that anybody
may do without being told to is a timer, which is set as long as it may be done.
"""

from __future__ import annotations

from msgspec import Struct

from simulation.protocols import Machine, Protocol, handles
from simulation.protocols.effects import CancelTimer, Multicast, Send, SetTimer
from simulation.protocols.inputs import Started
from simulation.protocols.machine import Step


class Prepared(Struct, frozen=True, array_like=True, tag=True):
    pass


class Commit(Struct, frozen=True, array_like=True, tag=True):
    pass


class Abort(Struct, frozen=True, array_like=True, tag=True):
    pass


class Prepare(Struct, frozen=True, array_like=True, tag=True):
    """A manager's timer: it gets prepared."""


class GiveUp(Struct, frozen=True, array_like=True, tag=True):
    """A manager's timer: it aborts, asked by nobody."""


class Finish(Struct, frozen=True, array_like=True, tag=True):
    """The transaction manager's timer: everybody is prepared."""


class Manager(Struct, frozen=True):
    state: str = "working"


class Transaction(Struct, frozen=True):
    state: str = "init"
    prepared: tuple[int, ...] = ()


class TwoPhase(Machine):
    """A resource manager among the peers, the transaction manager outside of them."""

    @handles(Started)
    def on_started(self, state: None, sender: int, started: Started) -> Step:
        if self.config.address in self.config.peers:
            return Manager(), (SetTimer(Prepare(), 0, 0), SetTimer(GiveUp(), 0, 0))
        return Transaction(), (SetTimer(GiveUp(), 0, 0),)

    @handles(Prepare)
    def on_prepare(self, state: Manager, sender: int, timer: Prepare) -> Step:
        return Manager("prepared"), (CancelTimer(GiveUp()), Send(len(self.config.peers), Prepared()))

    @handles(GiveUp)
    def on_give_up(self, state: Manager | Transaction, sender: int, timer: GiveUp) -> Step:
        if isinstance(state, Manager):
            return Manager("aborted"), (CancelTimer(Prepare()),)
        told = Multicast(self.config.peers, Abort())
        return Transaction("aborted", state.prepared), (CancelTimer(Finish()), told)

    @handles(Prepared)
    def on_prepared(self, state: Transaction, sender: int, message: Prepared) -> Step:
        if state.state != "init" or sender in state.prepared:
            return state, ()
        prepared = tuple(sorted((*state.prepared, sender)))
        ready = (SetTimer(Finish(), 0, 0),) if len(prepared) == len(self.config.peers) else ()
        return Transaction("init", prepared), ready

    @handles(Finish)
    def on_finish(self, state: Transaction, sender: int, timer: Finish) -> Step:
        told = Multicast(self.config.peers, Commit())
        return Transaction("committed", state.prepared), (CancelTimer(GiveUp()), told)

    @handles(Commit)
    def on_commit(self, state: Manager, sender: int, message: Commit) -> Step:
        return Manager("committed"), (CancelTimer(Prepare()), CancelTimer(GiveUp()))

    @handles(Abort)
    def on_abort(self, state: Manager, sender: int, message: Abort) -> Step:
        return Manager("aborted"), (CancelTimer(Prepare()), CancelTimer(GiveUp()))


TWO_PHASE = Protocol(name="two-phase commit", about="", components=(TwoPhase,))
