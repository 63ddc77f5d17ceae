"""How a process came to announce a leader: the elections behind it, of which no line is printed.

An elector announces the smallest name of which it has heard since its last tick. So the
announcement needs a tick that asks, the answer of the announced process, the elector's own
(nobody misses himself for a second), and another tick. Nothing else is made to happen.
"""

from __future__ import annotations

from simulation.kernel import Entry
from simulation.protocols.paxos.elector import bits, by_rank
from simulation.protocols.paxos.messages import Alive, Heartbeat
from simulation.reenact.stage import Stage
from simulation.trace.record import CONTENT, SOURCE


def announce(stage: Stage, process: int, leader: int) -> bool:
    """Let the elector of ``process`` tell its replica that ``leader`` leads; False where it cannot."""
    elector = stage.hosts[stage.count + process]
    if not elector.alive or not 0 <= leader < stage.count or elector.state.announced == leader:
        return False
    ranks = by_rank(stage.cluster.places.names)
    if ranks.index(leader) > ranks.index(process):
        return False
    if not (hear(stage, process, leader) and hear(stage, process, process)):
        return False
    _tick(stage, process)
    return bool(elector.state.announced == leader)


def hear(stage: Stage, process: int, other: int) -> bool:
    """Let the elector of ``process`` hear that ``other`` lives; False where that one is dead."""
    mine, theirs = stage.count + process, stage.count + other
    elector = stage.hosts[mine]
    if not elector.alive:
        return False
    if elector.state.alive & bits(stage.cluster.places.names)[other]:
        return True
    answer = _first(stage, theirs, mine, Alive)
    if answer is None:
        if not stage.hosts[theirs].alive:
            return False
        question = _first(stage, mine, theirs, Heartbeat)
        if question is None:
            if elector.state.alive:
                # Another tick would announce whom it has heard of by now.
                return False
            _tick(stage, process)
            question = _first(stage, mine, theirs, Heartbeat)
        if question is not None:
            stage.happen(question)
        answer = _first(stage, theirs, mine, Alive)
    if answer is None:
        return False
    stage.happen(answer)
    return True


def _tick(stage: Stage, process: int) -> None:
    stage.happen(stage.rings(stage.count + process)[0])


def _first(stage: Stage, source: int, to: int, kind: type) -> Entry | None:
    for entry in stage.inbox[to]:
        if entry[SOURCE] == source and entry[CONTENT].__class__ is kind:
            return entry
    return None
