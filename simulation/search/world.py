"""A cluster in which nothing happens by itself: whoever holds it makes every move.

It is the same driver with the same machines as in a timed run. What they schedule goes into
the kernel's queue as always and is taken out at once: messages and timers wait here until
somebody picks one of them. A client's calls and answers take no time. Every move is a
millisecond later than the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final

from simulation.cluster import Cluster, lanes
from simulation.faults import Fault
from simulation.faults import Kill as KillFault
from simulation.faults import Restart as RestartFault
from simulation.harness import Plan
from simulation.kernel import Entry
from simulation.protocols.inputs import Restarted
from simulation.search.callers import Callers
from simulation.search.moves import Again, AnyMove, Ask, Deliver, Fire, GiveUp, Kill, Lose, Name, Restart
from simulation.trace import Kind, Record
from simulation.trace.record import CONTENT, KIND

STEP_US: Final = 1_000
"""How much later each move is."""

MOST_MOVES: Final = 600
"""After so many a storm is over, whatever a strategy still wants."""

_LOST = int(Kind.LOST)
_REPORT = int(Kind.REPORT)
_number = itemgetter(2)
_due = itemgetter(0, 2)


class Letter:
    """A message on its way. ``hold`` belongs to the strategy, which may keep it back by that."""

    __slots__ = ("broadcast", "destination", "entry", "hold", "name", "source")

    def __init__(self, entry: Entry, name: Name) -> None:
        self.entry = entry
        self.source: int = entry[5]
        self.destination: int = entry[6]
        self.name = name
        self.hold = 0
        self.broadcast = False


class StormOver(Exception):  # noqa: N818, an ending and no error
    """The bound on moves is reached."""


class World:
    """The processes of ``plan`` on ``cluster``, started, with nothing proposed yet."""

    def __init__(self, cluster: Cluster, plan: Plan) -> None:
        self.cluster = cluster
        self.count = cluster.count
        self.seed = plan.seed
        self.voters = plan.voters
        self.most_moves = MOST_MOVES
        self.restarts = all(Restarted in part.handlers for part in cluster.protocol.components)
        """Whether the protocol can live again: who cannot is never killed."""
        self.fifo = plan.conditions.fifo
        self.moves: list[AnyMove] = []
        self.pending: list[Letter] = []
        """The messages on their way, the oldest first."""
        self.fresh: list[Letter] = []
        """Those of them that the last move sent."""
        self.said: list[Record] = []
        """What was reported in the last move."""
        self._timers: list[Entry] = []
        self._names: dict[tuple[int, int, int, str], int] = {}
        self._arrived: dict[Name, Letter] = {}
        self.root = 0
        """The number of the last move that began something."""
        self._proposers = plan.proposers
        self.callers = Callers(cluster, plan)
        self._kernel = cluster.kernel
        cluster.reset(plan.seed, plan.order)
        cluster.driver.connect(_at_once)
        for process in plan.order:
            cluster.start(process)
        self._collect(0, 0)

    # Moves ----------------------------------------------------------------------------

    def deliver(self, letter: Letter, *, keep: bool = False) -> None:
        """Let a message arrive; with ``keep`` a copy stays on its way."""
        place = self._begin(Deliver(*letter.name, keep))
        entry = letter.entry
        number = entry[2]
        if keep:
            letter.entry = (*entry[:2], self._kernel.sequence(), *entry[3:])
        else:
            self.pending.remove(letter)
            self._arrived[letter.name] = letter
        arrived = (self._kernel.now, 1, number, *entry[3:])
        self._kernel.lanes[lanes.MESSAGE](arrived)
        self._collect(letter.name[0], place)

    def ask(self, process: int, root: int | None = None) -> None:
        """Let the client of a process propose: its next value, or its last one again."""
        root = self._new_root(root)
        place = self._begin(Ask(root, process))
        self.callers.call(process)
        self._collect(root, place)

    def give_up(self, process: int) -> None:
        """Let the client of a process wait no longer, and go on to what it proposes next."""
        place = self._begin(GiveUp(process))
        self.callers.give_up(process)
        self._collect(0, place)

    def fire(self, entry: Entry, root: int | None = None) -> None:
        """Let a timer go off, one of ``timers``."""
        root = self._new_root(root)
        place = self._begin(Fire(root, entry[6], repr(entry[7])))
        self._kernel.lanes[lanes.TIMER]((self._kernel.now, *entry[1:]))
        self._collect(root, place)

    def lose(self, letter: Letter) -> None:
        """Let a message get lost."""
        self._begin(Lose(*letter.name))
        self.drop(letter)

    def drop(self, letter: Letter) -> None:
        """Let a message get lost by a move that loses others too."""
        self.pending.remove(letter)
        entry = letter.entry
        self.cluster.trace.records.append((self._kernel.now, 1, entry[2], _LOST, *entry[4:]))
        self.fresh = [other for other in self.fresh if other is not letter]

    def send_again(self, letter: Letter) -> None:
        """Let a message that has arrived be on its way once more."""
        self._begin(Again(*letter.name))
        del self._arrived[letter.name]
        letter.entry = (*letter.entry[:2], self._kernel.sequence(), *letter.entry[3:])
        letter.hold = 0
        self.pending.append(letter)

    def arrived_at(self, process: int) -> list[Letter]:
        """The messages that have arrived at a process and are not on their way again."""
        return [letter for letter in self._arrived.values() if letter.destination % self.count == process]

    def kill(self, process: int) -> None:
        """Let a process die, with all its machines."""
        self._strike(KillFault(), process, Kill(process), 0)

    def restart(self, process: int, root: int | None = None) -> None:
        """Let a dead process live again."""
        root = self._new_root(root)
        self._strike(RestartFault(), process, Restart(root, process), root)

    def rejoin(self, process: int) -> None:
        """Be up, as everybody in the core of a calm is. What follows happens in the time of the kernel."""
        if not self.alive(process):
            self.callers.forgotten(process)
            self.cluster.strike(RestartFault(), process, by="schedule", reason="calm")

    # What there is to choose from -----------------------------------------------------

    def alive(self, process: int) -> bool:
        """Whether a process is up."""
        return self.cluster.hosts[process].alive

    def askable(self, process: int) -> bool:
        """Whether the client of a process has something to propose and is not waiting for an answer.

        Whoever was restarted has forgotten the call; its client will ask again.
        """
        return self.callers.ready(process) and self.alive(process)

    def proposes(self, process: int) -> bool:
        """Whether the client of a process proposes anything in this run."""
        return process in self._proposers

    def is_set(self, entry: Entry) -> bool:
        """Whether this timer is still set."""
        number: int = entry[2]
        return self.cluster.hosts[entry[6]].timers.get(entry[7]) == number

    def timers(self) -> list[Entry]:
        """The timers that are set, in the order in which they would go off by themselves."""
        self._timers = [entry for entry in self._timers if self.is_set(entry)]
        return sorted(self._timers, key=_due)

    def arrivals(self) -> list[Letter]:
        """The messages that may arrive next: all, or the first of each channel where order is kept."""
        if not self.fifo:
            return self.pending
        first: dict[tuple[int, int, bool], Letter] = {}
        for letter in self.pending:
            first.setdefault(self._channel(letter), letter)
        return list(first.values())

    def in_its_way(self, letter: Letter) -> list[Letter]:
        """The messages that have to arrive, or get lost, before this one may arrive."""
        if not self.fifo:
            return []
        channel, before = self._channel(letter), self.pending[: self.pending.index(letter)]
        return [other for other in before if self._channel(other) == channel]

    def process(self, address: int) -> int:
        """Whose machine this is."""
        return address % self.count

    def reports(self, kind: type) -> Iterator[Record]:
        """What the last move reported of this kind."""
        return (record for record in self.said if record[CONTENT].__class__ is kind)

    def _channel(self, letter: Letter) -> tuple[int, int, bool]:
        apart = type(letter.entry[7]) in self.cluster.protocol.apart
        return letter.source, letter.destination, apart

    def _strike(self, fault: Fault, process: int, move: AnyMove, root: int) -> None:
        place = self._begin(move)
        self.callers.forgotten(process)
        self.cluster.strike(fault, process, by="schedule", reason="strategy")
        self._collect(root, place)

    def _new_root(self, root: int | None) -> int:
        self.root = self.root + 1 if root is None else root
        return self.root

    def _begin(self, move: AnyMove) -> int:
        """Write a move down, and let it be a step later. Where in the trace it begins."""
        if len(self.moves) >= self.most_moves:
            raise StormOver
        self.moves.append(move)
        self._kernel.skip_to(self._kernel.now + STEP_US)
        return len(self.cluster.trace.records)

    def _collect(self, root: int, place: int) -> None:
        queue, fresh = self._kernel.queue, []
        while queue:
            entries = sorted(queue, key=_number)
            queue.clear()
            for entry in entries:
                lane = entry[3]
                if lane == lanes.MESSAGE:
                    fresh.append(self._letter(entry, root))
                elif lane == lanes.TIMER:
                    self._timers.append(entry)
                elif lane == lanes.EXPIRED:
                    self.callers.has_patience(entry)
                else:
                    self._kernel.lanes[lane](entry)
        if len(fresh) > 1:
            _mark_broadcasts(fresh)
        self.fresh = fresh
        self.pending += fresh
        self.said = [r for r in self.cluster.trace.records[place:] if r[KIND] == _REPORT]

    def _letter(self, entry: Entry, root: int) -> Letter:
        key = (root, entry[5], entry[6], entry[7].__class__.__name__)
        nth = self._names.get(key, 0)
        self._names[key] = nth + 1
        return Letter(entry, (*key, nth))


def _at_once(now_us: int, source: int, destination: int, message: Any) -> int:
    return now_us


def _mark_broadcasts(fresh: list[Letter]) -> None:
    """Those of the same content from the same machine are one broadcast."""
    for one, other in pairwise(fresh):
        if one.entry[7] is other.entry[7] and one.source == other.source:
            one.broadcast = other.broadcast = True
