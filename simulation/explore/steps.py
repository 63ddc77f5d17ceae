"""The steps that a search has taken."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.explore.cast import Cast
from simulation.explore.pieces import Input, Reaction
from simulation.explore.symmetry import Symmetry

Node = tuple[int, int]
"""A machine's place and its local."""


class Steps:
    """The steps that a pass has taken, as edges between a machine's locals.

    ``size`` counts them, and ``news`` those that are not among the ``known`` ones: what the
    pass was told of passes before it.
    """

    def __init__(self, cast: Cast, symmetry: Symmetry | None, known: Steps | None = None) -> None:
        self._cast = cast
        self._symmetry = symmetry
        self._known = known
        self.successors: dict[Node, dict[int, None]] = {}
        self.votes: dict[Node, int] = {}
        self.packets: dict[int, None] = {}
        self.size = 0
        self.news = 0

    def begin(self, place: int, local: int) -> None:
        """Note where a machine begins, in case it takes no step at all."""
        self._edge((place, local), local, 0)

    def take(self, place: int, local: int, given: Input, reaction: Reaction) -> None:
        """Note a step, and the same step under other names."""
        if self._symmetry is None:
            self._edge((place, local), reaction.after, reaction.votes)
            self._packet(reaction.sends)
            return
        if not reaction.taken:
            self._symmetry.check(place, local, given, reaction)
        for renaming in self._symmetry.others():
            node = (renaming.place(place), renaming.local[local])
            self._edge(node, renaming.local[reaction.after], reaction.votes)
            self._packet([renaming.packet[packet] for packet in reaction.sends])

    def expect(self, packets: Iterable[int]) -> None:
        """Note packets that nobody has sent, but that those who are left out might send."""
        if self._symmetry is None:
            self._packet(packets)
            return
        for packet in packets:
            if packet not in self.packets:
                self._packet([renaming.packet[packet] for renaming in self._symmetry.others()])

    def with_packets(self, others: Steps) -> Steps:
        """These steps, and the packets of others."""
        found = Steps(self._cast, self._symmetry).together(self)
        found._packet(others.packets)
        return found

    def together(self, others: Steps) -> Steps:
        """The steps of both."""
        found = Steps(self._cast, self._symmetry)
        for one in (self, others):
            found._packet(one.packets)
            for node, successors in one.successors.items():
                for after in successors:
                    found._edge(node, after, one.votes.get(node, 0))
        return found

    def locals_by_place(self) -> dict[int, list[int]]:
        """For each place all locals that were there."""
        found: dict[int, list[int]] = {}
        for place, local in self.successors:
            found.setdefault(place, []).append(local)
        return found

    def packets_by_place(self) -> dict[int, list[int]]:
        """For each place all packets that were on the way there."""
        found: dict[int, list[int]] = {}
        for packet in self.packets:
            found.setdefault(self._cast.packets.items[packet].destination, []).append(packet)
        return found

    def _edge(self, node: Node, after: int, votes: int) -> None:
        successors = self.successors.setdefault(node, {})
        self.successors.setdefault((node[0], after), {})
        if after not in successors:
            successors[after] = None
            self.size += 1
            self.news += self._known is None or after not in self._known.successors.get(node, {})
        before = self.votes.get(node, 0)
        if votes & ~before:
            self.votes[node] = before | votes
            self.news += self._known is None or bool(votes & ~self._known.votes.get(node, 0))

    def _packet(self, packets: Iterable[int]) -> None:
        for packet in packets:
            if packet not in self.packets:
                self.packets[packet] = None
                self.size += 1
                self.news += self._known is None or packet not in self._known.packets
