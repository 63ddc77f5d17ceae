"""Whom a fault hits, resolved when it fires."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct


class Target(Struct, frozen=True):
    """``processes`` by number, or with ``leader`` whoever leads at that moment.

    With ``taker`` it is whoever takes the step that a fault is pinned to. Of ``processes`` that are
    ``drawn`` from, it is one. ``text`` is the target as the scenario wrote it.
    """

    text: str
    processes: tuple[int, ...] = ()
    leader: bool = False
    taker: bool = False
    drawn: bool = False

    @property
    def certain(self) -> tuple[int, ...]:
        """Those that are meant whatever happens."""
        return () if self.drawn else self.processes


class View(Protocol):
    """What a target needs to see of a cluster."""

    def alive(self) -> Sequence[int]:
        """The processes that are up, in ascending order."""

    def believed_leader(self, process: int) -> int | None:
        """Whom this process named leader last, or None."""

    def highest_ballot(self, process: int) -> Any:
        """The highest ballot that this process has started, or None."""


def resolve(target: Target, view: View, taker: int | None = None) -> tuple[int, ...]:
    """The processes that ``target`` means now; none where nobody leads, or takes a step.

    Of a target that is drawn it is those that may be.

    *leader* is the live process that believes it leads; among several the one that
    started the highest ballot, then the lowest number. In a protocol that names no
    leader it is the live process that started the highest ballot.
    """
    if target.taker:
        return () if taker is None else (taker,)
    if not target.leader:
        return target.processes
    alive = view.alive()
    leaders = [process for process in alive if view.believed_leader(process) == process]
    if not leaders and all(view.believed_leader(process) is None for process in alive):
        leaders = [process for process in alive if view.highest_ballot(process) is not None]
    if not leaders:
        return ()
    best = leaders[0]
    for process in leaders[1:]:
        ballot, least = view.highest_ballot(process), view.highest_ballot(best)
        if ballot is not None and (least is None or ballot > least):
            best = process
    return (best,)
