"""The steps that a search has taken."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.explore.cast import Cast
from simulation.explore.pieces import Input, Reaction
from simulation.explore.symmetry import Symmetry

Node = tuple[int, int]
"""A machine's place and its local."""


class Steps:
    """All steps that the search has taken, as edges between a machine's locals."""

    def __init__(self, cast: Cast, symmetry: Symmetry | None) -> None:
        self._cast = cast
        self._symmetry = symmetry
        self.successors: dict[Node, dict[int, None]] = {}
        self.votes: dict[Node, int] = {}
        self.packets: dict[int, None] = {}
        self.count = 0

    def take(self, place: int, local: int, given: Input, reaction: Reaction) -> None:
        """Note a step that was never taken before, and the same step under other names."""
        reaction.taken = True
        self.count += 1
        if self._symmetry is None:
            self._edge((place, local), reaction.after, reaction.votes)
            self.packets |= dict.fromkeys(reaction.sends)
            return
        self._symmetry.check(place, local, given, reaction)
        for renaming in self._symmetry.others():
            node = (renaming.place(place), renaming.local[local])
            self._edge(node, renaming.local[reaction.after], reaction.votes)
            self.packets |= dict.fromkeys([renaming.packet[packet] for packet in reaction.sends])

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

    def expect(self, packets: Iterable[int]) -> None:
        """Note packets that nobody has sent, but that those who are left out might send."""
        for packet in packets:
            if packet in self.packets:
                continue
            self.count += 1
            if self._symmetry is None:
                self.packets[packet] = None
                continue
            for renaming in self._symmetry.others():
                self.packets[renaming.packet[packet]] = None

    def _edge(self, node: Node, after: int, votes: int) -> None:
        self.successors.setdefault(node, {})[after] = None
        self.successors.setdefault((node[0], after), {})
        self.votes[node] = self.votes.get(node, 0) | votes
