"""The search itself: every situation once, from the first one on."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable

from simulation.explore.result import Exploration
from simulation.explore.setting import Setting
from simulation.explore.situation import Situation
from simulation.explore.steps import Steps
from simulation.explore.telling import told
from simulation.explore.world import World

_MOST_FRESH_STARTS = 20
"""The passes after which every later one knows the steps of all before it."""

Progress = Callable[[int, int], None]
"""Told now and then how many states and transitions the present pass has seen so far."""

_TELLS_EVERY = 10_000

_PATIENCE = 20_000
"""The transitions after which the first pass is given up if it has learned anything."""


class Pass:
    """One pass through all situations that can be come to."""

    def __init__(self, world: World, most_states: int, patience: int, on_progress: Progress | None) -> None:
        self._world = world
        self._most = most_states
        self._patience = patience
        self._on_progress = on_progress
        self.given_up = False
        self.seen: dict[Situation, Situation | None] = {}
        self.transitions = 0
        self.depth = 1
        self.complete = False
        self.wrong: Situation | None = None

    def run(self) -> None:
        """Look at everything, or up to the first violation or the bound."""
        world, seen = self._world, self.seen
        start = world.standard(world.start())
        seen[start] = None
        ahead = deque([(start, 1)])
        order = world.setting.order
        while ahead:
            if self.transitions > self._patience and world.steps.news:
                self.given_up = True
                return
            shallow = order == "breadth" or (order == "mixed" and len(seen) % 2)
            situation, depth = ahead.popleft() if shallow else ahead.pop()
            for _, after, violated in world.outcomes(situation):
                self.transitions += 1
                if violated is not None:
                    self.wrong = situation
                    return
                after = world.standard(after)
                if after in seen:
                    continue
                if len(seen) >= self._most:
                    return
                seen[after] = situation
                ahead.append((after, depth + 1))
                self.depth = max(self.depth, depth + 1)
                if self._on_progress is not None and len(seen) % _TELLS_EVERY == 0:
                    self._on_progress(len(seen), self.transitions)
        self.complete = True

    def way(self, last: Situation) -> list[Situation]:
        """The situations from the first one to ``last``."""
        found = [last]
        while (before := self.seen[found[-1]]) is not None:
            found.append(before)
        return found[::-1]


def search(setting: Setting, most_states: int, on_progress: Progress | None) -> Exploration:
    """Passes (see ``foresight``) until one of them takes no new step, or finds a violation.

    A pass that has learned something has to be done again, however long it goes on: so it is
    given up after some time, and the next one, which sees further, gets twice that.
    """
    world = World(setting)
    known = Steps(world.cast, world.symmetry)
    passes = work = 0
    patience = _PATIENCE if setting.forgetful else sys.maxsize
    while True:
        world.look_ahead(known)
        one = Pass(world, most_states, patience, on_progress)
        one.run()
        passes += 1
        work += one.transitions
        again = setting.forgetful and world.steps.news > 0 and (one.complete or one.given_up)
        if one.wrong is not None or not again:
            break
        known = _better(known, world.steps, passes)
        patience *= 2
    return Exploration(
        states=len(one.seen),
        transitions=one.transitions,
        depth=one.depth,
        complete=one.complete,
        violation=None if one.wrong is None else told(world, one.way(one.wrong)),
        passes=passes,
        work=work,
    )


def _better(known: Steps, taken: Steps, passes: int) -> Steps:
    """What the next pass is to know: the steps of this one, and every packet that ever was.

    The fewer steps a pass knows, the more it takes for futile, and it has to know no more than
    it takes itself. That this ever ends is not certain; to know ever more does end.
    """
    if passes > _MOST_FRESH_STARTS:
        return known.together(taken)
    return taken.with_packets(known)
