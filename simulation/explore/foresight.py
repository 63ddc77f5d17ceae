"""What can never matter again, so that situations which differ in it only are one.

A packet is *futile* where its machine, now and in everything that it can still become, only
comes to do less by it (see ``cover``), and sends futile packets at most. A vote is futile
where too few acceptors can still cast it to make a quorum. Nothing here knows a protocol:
what a machine can still become is read off the steps that the search has taken, as a graph.

That graph is complete only when the search is over. So the search goes in passes: the first
one knows no steps and holds too much for futile; each later one knows what the one before it
has learned; the search is over with the first pass that takes no step which it did not know.

The last pass missed no violation. Take any run without reductions. Step by step, there is a
way of the last pass that keeps above it: the same is settled; every machine's local covers
that of the same machine in the run; packets that the run has in flight and the way has not
are futile in the way's locals. It starts so. When the run delivers a packet that the way
has, the way delivers it too or need not, for that is what covering means, and if the search
left that move out, then because the way is above it already. When the run delivers a futile
one, its machine comes to do less, and sends what is futile again. Every vote and decision that
is news in the run is news on the way, so the run's violation is one of the way. What the way
does is in the graph, as nothing in the last pass was new; and all packets that the run may
send are among the known ones, for which covering was asked: those that the way sends, those
that are noise, and those that futile ones bring about, which are noted as expected.

A pass that knows too little only leaves out too much: what it finds is always real.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulation.explore.cast import Cast
from simulation.explore.cover import Cover, Settled
from simulation.explore.steps import Node, Steps

_NOT_KNOWN: Final = (-1,)


class Foresight:
    """What the steps known so far tell about the future. Sets are bits of one number."""

    def __init__(self, cast: Cast, known: Steps, steps: Steps) -> None:
        self._cast = cast
        self._steps = steps
        self.cover = Cover(cast, known)
        nodes = list(known.successors)
        self._at: dict[int, list[tuple[int, int]]] = {}
        for number, (place, local) in enumerate(nodes):
            self._at.setdefault(place, []).append((local, number))
        self._become: dict[Node, int] = {node: 1 << number for number, node in enumerate(nodes)}
        self.may_vote: dict[Node, int] = {node: known.votes.get(node, 0) for node in nodes}
        self._close(known)
        self._strong: dict[tuple[int, Settled], int] = {}
        self._emitted: dict[tuple[int, Settled], dict[int, int]] = {}
        self._fates: dict[tuple[int, int, Settled], tuple[int, ...] | None] = {}

    def mattering(
        self, packets: Sequence[int], locals_: tuple[int, ...], settled: Settled
    ) -> tuple[int, ...]:
        """Those of ``packets`` that are not futile where machines are in these locals."""
        fates, items, kept = self._fates, self._cast.packets.items, []
        for packet in packets:
            local = locals_[items[packet].destination]
            sent = fates.get((packet, local, settled), _NOT_KNOWN)
            if sent is _NOT_KNOWN:
                sent = self._fate(packet, local, settled)
            if sent is None or (sent and not self._futile(sent, locals_, settled, (packet,))):
                kept.append(packet)
        return tuple(kept)

    def _futile(
        self, packets: tuple[int, ...], locals_: tuple[int, ...], settled: Settled, assumed: tuple[int, ...]
    ) -> bool:
        """Whether all ``packets`` are. One that only leads to itself leads to nothing: ``assumed``."""
        for packet in packets:
            if packet in assumed:
                continue
            sent = self._fate(packet, locals_[self._cast.packets.items[packet].destination], settled)
            if sent is None or (sent and not self._futile(sent, locals_, settled, (*assumed, packet))):
                return False
        return True

    def _fate(self, packet: int, local: int, settled: Settled) -> tuple[int, ...] | None:
        """What the packet makes its machine send, now or ever; None if it ever matters to it."""
        key = (packet, local, settled)
        found = self._fates.get(key, _NOT_KNOWN)
        if found is _NOT_KNOWN:
            place = self._cast.packets.items[packet].destination
            found = self._fates[key] = self._foreseen(packet, (place, local), settled)
            self._steps.expect(found or ())
        return found

    def _foreseen(self, packet: int, node: Node, settled: Settled) -> tuple[int, ...] | None:
        become = self._become.get(node)
        if become is None:
            reaction = self._cast.imagine(*node, packet)
            return reaction.sends if self.cover.weakens(*node, reaction, settled) else None
        key = (packet, settled)
        if key not in self._strong:
            self._look(packet, node[0], settled)
        if become & self._strong[key]:
            return None
        return tuple([sent for sent, nodes in self._emitted[key].items() if become & nodes])

    def _look(self, packet: int, place: int, settled: Settled) -> None:
        """What each of the machine's locals would make of the packet."""
        strong = 0
        emitted: dict[int, int] = {}
        for local, number in self._at[place]:
            reaction = self._cast.imagine(place, local, packet)
            if not self.cover.weakens(place, local, reaction, settled):
                strong |= 1 << number
            elif reaction.allowed:
                for sent in reaction.sends:
                    emitted[sent] = emitted.get(sent, 0) | 1 << number
        self._strong[packet, settled] = strong
        self._emitted[packet, settled] = emitted

    def _close(self, steps: Steps) -> None:
        """Add to every node what its successors may become and vote for, until nothing is new."""
        become, may_vote = self._become, self.may_vote
        grows = True
        while grows:
            grows = False
            for node, successors in reversed(steps.successors.items()):
                place = node[0]
                reach, votes = become[node], may_vote[node]
                for local in successors:
                    reach |= become[place, local]
                    votes |= may_vote[place, local]
                if reach != become[node] or votes != may_vote[node]:
                    become[node], may_vote[node] = reach, votes
                    grows = True
