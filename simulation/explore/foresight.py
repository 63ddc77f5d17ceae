"""What can never matter again, so that situations which differ in it only are one.

A packet is *futile* where its machine, now and in everything that it can still become,
takes it without changing, and sends nothing or futile packets only. A vote is futile where
too few acceptors can still cast it to make a quorum. Nothing here knows a protocol: what a
machine can still become is read off the steps that the search has taken, as a graph.

That graph is complete only when the search is over. So the search goes in passes: the
first one knows no steps and holds too much for futile; each later one uses the steps of all
before it; the search is over with the first pass that takes no step which was not known.

The last pass missed nothing. Suppose a run without reductions takes steps which are not in
the graph, and consider the first of them. Every step before it is in the graph, so every
packet that the pass dropped was futile in the run too: its delivery changed nothing, and
nobody is to notice that it was never sent. Hence the pass came to the same locals with all
packets which are not futile, and took that step. But then it is in the graph.
"""

from __future__ import annotations

from simulation.explore.cast import Cast
from simulation.explore.cover import Cover, Settled
from simulation.explore.steps import Node, Steps
from simulation.explore.symmetry import Symmetry


class Foresight:
    """What the steps known so far tell about the future. Sets are bits of one number."""

    def __init__(self, cast: Cast, steps: Steps, symmetry: Symmetry | None) -> None:
        self._cast = cast
        self._steps = steps
        self._symmetry = symmetry
        self.cover = Cover(cast, steps)
        nodes = list(steps.successors)
        self._at: dict[int, list[tuple[int, int]]] = {}
        for number, (place, local) in enumerate(nodes):
            self._at.setdefault(place, []).append((local, number))
        self._become: dict[Node, int] = {node: 1 << number for number, node in enumerate(nodes)}
        self.may_vote: dict[Node, int] = {node: steps.votes.get(node, 0) for node in nodes}
        self._close(steps)
        self._strong: dict[tuple[int, Settled], int] = {}
        self._emitted: dict[tuple[int, Settled], dict[int, int]] = {}
        self._fates: dict[tuple[int, int, Settled], tuple[int, ...] | None] = {}
        self._stands_for: dict[tuple[int, int, Settled], int] = {}
        self._classes: dict[tuple[int, Settled], list[int]] = {}

    def futile(
        self, packet: int, locals_: tuple[int, ...], settled: Settled, assumed: tuple[int, ...] = ()
    ) -> bool:
        """Whether ``packet`` can never matter where machines are in these locals.

        A packet that can only lead to itself leads to nothing: ``assumed`` are those on the way.
        """
        place = self._cast.packets.items[packet].destination
        key = (packet, locals_[place], settled)
        try:
            sent = self._fates[key]
        except KeyError:
            sent = self._fates[key] = self._fate(packet, (place, locals_[place]), settled)
            self._steps.expect(sent or ())
        if not sent:
            return sent is not None
        assumed = (*assumed, packet)
        return all(one in assumed or self.futile(one, locals_, settled, assumed) for one in sent)

    def stand_in(self, place: int, local: int, settled: Settled) -> int:
        """The one of all locals that cover each other which stands for them all."""
        key = (place, local, settled)
        found = self._stands_for.get(key)
        if found is None:
            found = self._stands_for[key] = self._stand_in(place, local, settled)
        return found

    def _stand_in(self, place: int, local: int, settled: Settled) -> int:
        if (place, local) not in self._become:
            return local
        cover = self.cover
        for one in self._all_stand_ins(place, settled):
            if cover.covers(place, one, local, settled) and cover.covers(place, local, one, settled):
                return one
        return local

    def _all_stand_ins(self, place: int, settled: Settled) -> list[int]:
        """One local of each class; where it can be chosen, one that names no acceptor."""
        found = self._classes.get((place, settled))
        if found is not None:
            return found
        found = self._classes[place, settled] = []
        cover = self.cover
        nodes = [local for local, _ in self._at[place]]
        if self._symmetry is not None:
            nodes.sort(key=self._symmetry.names_somebody)
        for local in nodes:
            if not any(
                cover.covers(place, one, local, settled) and cover.covers(place, local, one, settled)
                for one in found
            ):
                found.append(local)
        return found

    def _fate(self, packet: int, node: Node, settled: Settled) -> tuple[int, ...] | None:
        """What the packet makes the machine send, now or ever; None if it ever matters to it."""
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
