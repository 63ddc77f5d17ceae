"""What a run did that followed the times of a network, done again as moves.

Whatever gave a machine an input is done again, in the order of the trace. Machines are pure: the
same inputs in the same order bring them into the same states. Pauses, partitions, slow links and
slow processes decide no more than this order, so there is no move for them. Where messages keep their
order, what never arrived is lost as soon as something arrives that was sent later. What a move cannot do
is left out: a death that tore a broadcast or lost a write, an answer that a client no longer waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from simulation.faults import Calmed, Kill, Restart, Strike, Unsaid
from simulation.protocols.effects import Persist
from simulation.protocols.inputs import Propose
from simulation.protocols.reports import Report
from simulation.search.moves import Calm, Schedule
from simulation.search.world import Letter, World
from simulation.trace import Kind, Record
from simulation.trace.record import CONTENT, ID, INPUTS, KIND, PROCESS, SOURCE


def retrace(records: Sequence[Record], world: World, *, calms: bool) -> Schedule:
    """Make the moves of these records, as far as they can be made: which they were.

    A run that got calm is ended there by a calm of the same core if ``calms``; else it goes on.
    """
    world.most_moves = 2 * len(records)
    last = _told_of_the_last(records, world)
    for record in records:
        if calms and isinstance(record[CONTENT], Calmed):
            return *world.moves, Calm(record[CONTENT].core, keeps=True)
        move = _MOVES.get(record[KIND])
        if move is not None and not (record[ID] in last and _is_torn(world, record, last[record[ID]])):
            move(world, record)
    return tuple(world.moves)


def _told_of_the_last(records: Sequence[Record], world: World) -> dict[int, int]:
    """The last inputs of every life that a fault ended, by their numbers: how many reports followed.

    One that was about to follow (``Unsaid``) counts: what stands before it had happened.
    """
    last: dict[int, int] = {}
    told: dict[int, int] = {}
    ended: set[int] = set()
    for record in records:
        address, content = record[PROCESS], record[CONTENT]
        if record[KIND] in INPUTS:
            last[address], told[record[ID]] = record[ID], 0
        elif address in last and (record[KIND] == Kind.REPORT or isinstance(content, Unsaid)):
            told[last[address]] += 1
        elif isinstance(content, Strike) and isinstance(content.fault, Kill):
            ended.update(last[each] for each in last if world.process(each) == content.process)
    return {number: count for number, count in told.items() if number in ended}


def _is_torn(world: World, record: Record, told: int) -> bool:
    """Whether a death came before what this input made durable: then it is as if nobody had heard of it."""
    host = world.cluster.hosts[record[PROCESS]]
    handler = host.handlers.get(record[CONTENT].__class__)
    if not host.alive or handler is None:
        return False
    _, effects = handler(host.machine, host.state, record[SOURCE], record[CONTENT])
    for effect in effects:
        if isinstance(effect, Persist) and not told:
            return True
        told -= isinstance(effect, Report)
    return False


def _deliver(world: World, record: Record) -> None:
    letter = _message(world, record)
    if letter is not None:
        for other in world.in_its_way(letter):
            world.lose(other)
        world.deliver(letter)


def _message(world: World, record: Record) -> Letter | None:
    """The message of a record: the same, or its copy, or one that differs only in numbers of calls."""
    content = record[CONTENT]
    waiting = _alike(world.pending, record)
    letter = _same(waiting, content)
    if letter is not None:
        return letter
    arrived = _same(_alike(world.arrived_at(world.process(record[PROCESS])), record), content)
    if arrived is not None:
        world.send_again(arrived)
        return arrived
    return next((other for other in waiting if _instance(other.entry[7]) == _instance(content)), None)


def _fire(world: World, record: Record) -> None:
    for entry in world.timers():
        if entry[6] == record[PROCESS] and entry[7] == record[CONTENT]:
            world.fire(entry)
            return


def _ask(world: World, record: Record) -> None:
    asked, process, callers = record[CONTENT], record[PROCESS], world.callers
    if not isinstance(asked, Propose) or asked.instance not in callers.wants(process):
        return
    while not callers.ready(process) or callers.wants(process)[0] != asked.instance:
        world.give_up(process)
        if asked.instance not in callers.wants(process):
            return
    if world.alive(process):
        world.ask(process)


def _strike(world: World, record: Record) -> None:
    strike = record[CONTENT]
    if not isinstance(strike, Strike) or strike.process < 0:
        return
    alive = world.alive(strike.process)
    if isinstance(strike.fault, Kill) and alive:
        world.kill(strike.process)
    elif isinstance(strike.fault, Restart) and not alive:
        world.restart(strike.process)


def _alike(letters: Iterable[Letter], record: Record) -> list[Letter]:
    """Those of the same link and type as the message of a record."""
    kind = record[CONTENT].__class__
    return [
        letter
        for letter in letters
        if letter.source == record[SOURCE]
        and letter.destination == record[PROCESS]
        and letter.entry[7].__class__ is kind
    ]


def _instance(content: object) -> object:
    return getattr(content, "instance", None)


def _same(letters: Iterable[Letter], content: object) -> Letter | None:
    return next((letter for letter in letters if letter.entry[7] == content), None)


_MOVES: Final[dict[int, Callable[[World, Record], None]]] = {
    Kind.MESSAGE: _deliver,
    Kind.TIMER: _fire,
    Kind.REQUEST: _ask,
    Kind.STRIKE: _strike,
}
