"""A schedule that is given move by move: what a record holds and what shrinking makes smaller.

A move that cannot be made any more is left out: its message was never sent, its timer is not set,
its process is dead. So any part of a schedule is a schedule too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulation.search.moves import Again, Ask, Calm, Deliver, Fire, GiveUp, Kill, Lose, Restart, Schedule
from simulation.search.world import World


def carry_out(schedule: Schedule, world: World) -> Calm | None:
    """All moves that can be made, with the roots that they name; the calm, if it ends in one."""
    for move in schedule:
        if isinstance(move, Calm):
            return move
        _MOVES[type(move)](world, move)
    return None


def _deliver(world: World, move: Deliver) -> None:
    for letter in world.arrivals():
        if letter.name == move.name:
            world.deliver(letter, keep=move.keep)
            return


def _lose(world: World, move: Lose) -> None:
    for letter in world.pending:
        if letter.name == move.name:
            world.lose(letter)
            return


def _again(world: World, move: Again) -> None:
    for letter in world.arrived_at(world.process(move.destination)):
        if letter.name == move.name:
            world.send_again(letter)
            return


def _ask(world: World, move: Ask) -> None:
    if world.askable(move.process):
        world.ask(move.process, move.root)


def _give_up(world: World, move: GiveUp) -> None:
    if world.callers.wants(move.process):
        world.give_up(move.process)


def _fire(world: World, move: Fire) -> None:
    for entry in world.timers():
        if entry[6] == move.address and repr(entry[7]) == move.timer:
            world.fire(entry, move.root)
            return


def _kill(world: World, move: Kill) -> None:
    if world.alive(move.process):
        world.kill(move.process)


def _restart(world: World, move: Restart) -> None:
    if not world.alive(move.process):
        world.restart(move.process, move.root)


_MOVES: dict[type, Callable[[World, Any], None]] = {
    Deliver: _deliver,
    Lose: _lose,
    Again: _again,
    Ask: _ask,
    GiveUp: _give_up,
    Fire: _fire,
    Kill: _kill,
    Restart: _restart,
}
