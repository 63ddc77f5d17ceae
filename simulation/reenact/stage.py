"""A cluster in which nothing happens of itself: whoever holds it says what happens next.

It is the same driver with the same machines as in a simulated run. What they schedule goes
into the kernel's queue as always; the stage takes it out and keeps it by where it has to go:
messages and calls by destination, timers by who set them, answers by client. A machine that
prints stops in front of the line until it is told to print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from operator import itemgetter
from typing import Any

from simulation.cluster import Cluster, lanes
from simulation.cluster.host import Host
from simulation.kernel import Entry, Signal
from simulation.network import Boot, Conditions
from simulation.protocols.registry import Protocol
from simulation.protocols.reports import Report
from simulation.reenact.steps import Steps
from simulation.trace import Kind
from simulation.trace.record import CONTENT, ID, KIND, PROCESS, SOURCE

UNTIMED = Conditions(
    delay_us=(0, 0),
    own_delay_us=(0, 0),
    own_decision_us=0,
    fifo=False,
    send_us=(0, 0),
    print_us=(1, 1),
    node_start_us=(0, 0),
    last_node_us=(0, 0),
    boot=Boot(mean_us={1: 0}, deviation_us={1: 0}, least_us=0),
    registered_at_once=True,
    visible_after_us=0,
    start_jitter_us=(0, 0),
    slice_per_mille=0,
    slice_us=0,
)
"""Nothing takes time, but a machine waits for each of its lines."""

Sent = tuple[int, int, int]
"""A message in words that hold for every attempt: (source, destination, its place among those)."""

_BY_SEQUENCE = itemgetter(ID)


class Stage:
    """The processes ``names`` running ``protocol``, waiting to be told what happens.

    What it does and what it is asked is counted in ``steps``, and ends with them.
    """

    def __init__(self, protocol: Protocol, names: Sequence[str], steps: Steps) -> None:
        self._steps = steps
        self.cluster = Cluster(protocol, names, UNTIMED)
        self.count = self.cluster.count
        self.hosts = self.cluster.hosts
        self._apart = frozenset(protocol.apart)
        self._kernel = self.cluster.kernel
        self._keep = {
            lanes.MESSAGE: self._keep_input,
            lanes.REQUEST: self._keep_input,
            lanes.TIMER: self._keep_timer,
            lanes.RETURN: self._keep_answer,
            lanes.EXPIRED: self._keep_expiry,
            lanes.WAKE: self._now,
            lanes.REPORT: _nothing,
        }

    def begin(self, order: Sequence[int], held: Collection[Sent] = (), lost: Collection[Sent] = ()) -> None:
        """Become a new cluster with this order of the participants, before anything happened.

        What is ``held`` waits until a line needs it, what is ``lost`` never arrives.
        """
        self._steps.take(self.count)
        self.cluster.reset(0, order)
        self.cluster.driver.connect(_at_once)
        self.inbox: list[list[Entry]] = [[] for _ in self.hosts]
        """By address, what has been sent there and not been handled, as it was sent."""
        self.timers: list[dict[Any, Entry]] = [{} for _ in self.hosts]
        self._answers: dict[int, list[Entry]] = {}
        self._expiries: dict[int, Entry] = {}
        self.last_words: set[int] = set()
        """The processes of which no line is to come: what they send now may never have left."""
        self.doubtful: set[int] = set()
        """The numbers of what these sent."""
        self._to_hold, self._to_lose = held, lost
        self.held: set[int] = set()
        """The numbers of what is held."""
        self.sent: dict[int, Sent] = {}
        """What each number of a message to a replica stands for."""
        self._counts: dict[tuple[int, int], int] = {}

    def at(self, time_us: int) -> None:
        """Let it be ``time_us``."""
        self._kernel.skip_to(time_us)

    def start(self, process: int) -> None:
        """Begin the life of a process."""
        self.cluster.start(process)
        self._sort()

    def strike(self, fault: Any, process: int) -> None:
        """Let a fault happen to a process that its script is to blame for."""
        self.cluster.strike(fault, process, by="script")
        self._sort()
        self.bury(process)

    def bury(self, process: int) -> None:
        """Where a process is dead, let everything that waits for it be lost."""
        for host in self.cluster.machines_of(process):
            if not host.alive:
                waiting, self.inbox[host.address] = self.inbox[host.address], []
                for entry in waiting:
                    self._now(entry)

    def happen(self, entry: Entry) -> None:
        """Let what waits happen now: a message, a call, a timer, an answer, the end of a patience."""
        if entry[KIND] in (lanes.MESSAGE, lanes.REQUEST):
            self.inbox[entry[PROCESS]].remove(entry)
        self._now(entry)
        self._sort()

    def lose(self, entry: Entry) -> None:
        """Let a message that waits never be handled."""
        self.inbox[entry[PROCESS]].remove(entry)
        self._now((*entry[:KIND], int(Kind.LOST), *entry[KIND + 1 :]))

    def say(self, host: Host) -> None:
        """Let a machine print the line that it is about to print."""
        self.cluster.driver.print_now(host)
        self._sort()
        if not host.alive:
            self.bury(host.process)

    def about_to_say(self, process: int) -> Report | None:
        """What a replica in the middle of a handler prints next."""
        busy_with = self.hosts[process].busy_with
        return None if busy_with is None else busy_with[CONTENT]

    def rest_of(self, process: int) -> list[Any]:
        """The effects of a replica's open handler that have not happened."""
        return list(copy(self.hosts[process].rest) or ())

    def handled(self, process: int, state: Any, source: int, content: Any) -> Any:
        """What a replica in this state makes of an input: the new state, the effects. Nothing happens."""
        self._steps.take()
        host = self.hosts[process]
        return host.handlers[content.__class__](host.machine, state, source, content)

    def heads(self, address: int, but: Sequence[Entry] = ()) -> Iterator[Entry]:
        """What a machine may be handed next: the first of every channel to it, oldest first.

        Those in ``but`` are taken to have been handled.
        """
        self._steps.take(1 + len(but))
        gone, seen = {entry[ID] for entry in but}, set()
        for entry in self.inbox[address]:
            self._steps.take()
            if entry[ID] in gone:
                continue
            channel = self._channel(entry)
            if channel not in seen:
                seen.add(channel)
                yield entry

    def waits_behind(self, entry: Entry) -> int:
        """How much waits for the same machine on the same channel."""
        return sum(self._channel(other) == self._channel(entry) for other in self.inbox[entry[PROCESS]])

    def _channel(self, entry: Entry) -> tuple[int, int, bool]:
        return entry[SOURCE], entry[KIND], entry[CONTENT].__class__ in self._apart

    def answer_for(self, process: int) -> Entry | None:
        """The oldest answer that a client has not heard, taken away."""
        waiting = self._answers.get(process)
        return waiting.pop(0) if waiting else None

    def expiry_of(self, process: int) -> Entry:
        """The end of the patience of a client's last call."""
        return self._expiries[process]

    def rings(self, address: int) -> list[Entry]:
        """The timers of a machine that are set, in the order in which they were."""
        set_now = self.hosts[address].timers
        found = [entry for entry in self.timers[address].values() if set_now.get(entry[CONTENT]) == entry[ID]]
        return sorted(found, key=_BY_SEQUENCE)

    def call(self, process: int, command: Callable[[int], Any], timeout_us: int) -> tuple[Signal, Entry]:
        """Let a client call its replica: what is fired with the reply, and the call as it waits there."""
        signal = self.cluster.clients.call(process, command, timeout_us)
        self._sort()
        return signal, self.inbox[process][-1]

    def _sort(self) -> None:
        queue = self._kernel.queue
        while queue:
            scheduled = sorted(queue, key=_BY_SEQUENCE)
            queue.clear()
            self._steps.take(len(scheduled))
            for entry in scheduled:
                self._keep[entry[KIND]](entry)

    def _now(self, entry: Entry) -> None:
        self._kernel.lanes[entry[KIND]]((self._kernel.now, *entry[1:]))

    def _keep_input(self, entry: Entry) -> None:
        if not self.hosts[entry[PROCESS]].alive:
            self._now(entry)
            return
        self.inbox[entry[PROCESS]].append(entry)
        if entry[PROCESS] < self.count and entry[KIND] == lanes.MESSAGE:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        number, channel = entry[ID], (entry[SOURCE], entry[PROCESS])
        place = self._counts[channel] = self._counts.get(channel, 0) + 1
        sent = self.sent[number] = (*channel, place)
        if sent in self._to_lose:
            self.lose(entry)
        if sent in self._to_hold:
            self.held.add(number)
        if entry[SOURCE] in self.last_words:
            self.doubtful.add(number)

    def _keep_timer(self, entry: Entry) -> None:
        self.timers[entry[PROCESS]][entry[CONTENT]] = entry

    def _keep_answer(self, entry: Entry) -> None:
        self._answers.setdefault(entry[PROCESS] % self.count, []).append(entry)

    def _keep_expiry(self, entry: Entry) -> None:
        self._expiries[entry[4]] = entry


def printed(effects: Sequence[Any]) -> list[Report]:
    """Those of a handler's effects that a machine prints."""
    return [effect for effect in effects if isinstance(effect, Report) and effect.prints]


def _at_once(now_us: int, source: int, destination: int, message: Any) -> int:
    return now_us


def _nothing(entry: Entry) -> None:
    pass
