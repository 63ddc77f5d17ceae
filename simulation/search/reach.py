"""Hold-back by the steps of the protocol: the strategy that finds races of messages.

An attempt begins when nothing else can happen, mostly at another proposer than the last. Each
broadcast reaches some of its destinations *now*: a question for promises mostly a bare majority,
a question for votes none, one, or a bare majority, by a profile that is drawn for the run, the
news of a decision nobody. Most of the other copies wait to the end of the storm, the rest for
steps of the protocol: an attempt begins, a quorum has promised, a decision is learned. So an old
message comes after what it should have come before, which a random order seldom does.

In some runs questions are *overtaken*: nobody hears one, the next is heard, and when that is
decided the old one comes.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from simulation.kernel import Stream
from simulation.protocols.quorum import majority
from simulation.protocols.reports import Accepted, Decided, Promised, ValueAsked
from simulation.search.attempts import Attempts, weighted
from simulation.search.crashes import BUDGETS, NOBODY_DIES, SOMEBODY_DIES, Budgets, Crashes
from simulation.search.milestones import milestones_in, some_milestones
from simulation.search.world import Letter, World
from simulation.trace.record import CONTENT, PROCESS

TO_THE_END: Final = 1_000
"""For so many milestones a message waits that waits to the end: more than there are."""

TO_A_DECISION: Final = TO_THE_END + 1
"""The same for what waits for the next decision, however many other milestones come before."""

# Chances of a hundred. What each is good for was measured on the planted bugs.

TO_THE_END_OF: Final = (10, 30, 75)
BARE_MAJORITY: Final = 95
LATE_REPLIES: Final = (0, 0, 20)
"""Replies that are held, in a third of the runs each."""

LATE_ROUNDS: Final = (0, 10, 40)
"""The same for what other timers than retries bring about, an elector's heartbeats for example."""

VOTES_ASKED: Final = ((80, 10, 10), (10, 80, 10), (5, 10, 85), (30, 30, 40))
"""How often a question for votes reaches nobody, one, or a bare majority now; a row per run."""

OVERTAKEN: Final = ((80, 10, 10), (5, 10, 85))
"""The same where questions are overtaken: the first row, or the second after one that reached nobody."""

TO_A_DECISION_OF: Final = 50
"""So many of the copies wait for a decision where questions for votes are overtaken."""


class Theme(Struct, frozen=True):
    """What a run is about. A run with everything in it seldom has what a bug needs and nothing else."""

    attempts: tuple[tuple[int, int], ...]
    deaths: Budgets = NOBODY_DIES
    copies: int = 0
    late_replies: bool = False
    rounds: bool = False
    overtaken: bool = False


THEMES: Final = (
    Theme(attempts=((3, 30), (4, 50), (6, 20))),
    Theme(attempts=((2, 50), (3, 25), (4, 25)), deaths=SOMEBODY_DIES),
    Theme(attempts=((2, 50), (3, 25), (4, 25)), copies=100, late_replies=True),
    Theme(
        attempts=((2, 35), (3, 20), (4, 30), (6, 10), (8, 5)),
        deaths=BUDGETS,
        copies=35,
        late_replies=True,
        rounds=True,
    ),
    Theme(attempts=((3, 30), (4, 50), (6, 20)), copies=25, overtaken=True),
)
"""Races of messages alone; deaths; copies; everything at once; and questions that are overtaken."""

SHARES: Final = ((0, 48), (1, 14), (2, 14), (3, 12), (4, 12))


class Reach:
    """One run of the strategy."""

    def __init__(self, world: World, chance: Stream) -> None:
        self._world = world
        self._chance = chance
        theme = THEMES[weighted(chance, SHARES)]
        self._attempts = Attempts(world, chance, weighted(chance, theme.attempts), rounds=theme.rounds)
        self._crashes = Crashes(world, chance, theme.deaths)
        self._copies = not world.fifo and chance.chance(theme.copies, 100)
        self._quorum = majority(len(world.voters))
        self._overtaken = theme.overtaken
        self._unheard = False
        self._profiles: dict[int, tuple[int, int, int]] = {}
        self._one_profile = chance.chance(2, 3)
        self._to_the_end = TO_THE_END_OF[chance.between(0, len(TO_THE_END_OF) - 1)]
        self._low_votes_first = chance.chance(1, 2)
        self._voted: dict[int, tuple[Any, ...]] = {}
        self._promised: list[int] = []
        self._late_replies = LATE_REPLIES[chance.between(0, 2)] if theme.late_replies else 0
        self._late_rounds = LATE_ROUNDS[chance.between(0, 2)]

    def play(self) -> None:
        """Attempt after attempt, then everything that was held to the end."""
        self._hold_fresh()
        self._settle()
        while self._attempts.begin() or self._crashes.all_back():
            self._react()
            self._settle()
        for letter in self._world.pending:
            letter.hold = 0
        self._settle()

    def _settle(self) -> None:
        """Everything that is not held arrives, in a random order."""
        world, chance = self._world, self._chance
        while True:
            ready = [letter for letter in world.arrivals() if not letter.hold]
            if not ready:
                return
            letter = ready[chance.between(0, len(ready) - 1)]
            keep = self._copies and chance.chance(1, 3)
            world.deliver(letter, keep=keep)
            if keep and chance.chance(1, 2):
                letter.hold = some_milestones(chance)
            self._react()

    def _react(self) -> None:
        """After a move: hold what it sent, let go what waited for it, let die who is due."""
        self._promised += [record[PROCESS] for record in self._world.reports(Promised)]
        for record in self._world.reports(Accepted):
            self._voted[record[PROCESS]] = (record[CONTENT].ballot,)
        if self._overtaken and any(self._world.reports(Decided)):
            self._let_go()
        self._hold_fresh()
        passed = milestones_in(self._world)
        self._crashes.noticed(self._attempts.proposers)
        for _ in range(passed):
            for letter in self._world.pending:
                if 0 < letter.hold < TO_THE_END:
                    letter.hold -= 1
            self._crashes.milestone()

    def _let_go(self) -> None:
        """Something is decided: what waited for that may arrive."""
        for letter in self._world.pending:
            if letter.hold == TO_A_DECISION:
                letter.hold = 0

    def _hold_fresh(self) -> None:
        fresh = [letter for letter in self._world.fresh if not letter.hold]
        if not fresh:
            return
        if fresh[0].name[0] in self._attempts.rounds:
            self._hold_some(fresh, self._late_rounds)
        elif fresh[0].broadcast:
            for letter in self._in_order(fresh)[self._reached_now() :]:
                letter.hold = self._held_for()
        else:
            self._hold_some(fresh, self._late_replies)

    def _in_order(self, fresh: list[Letter]) -> list[Letter]:
        """Who is reached first.

        Anybody; before the first vote mostly those who have promised, unless questions are overtaken;
        after it in some runs mostly those who have not voted, or whose last vote was in a lower
        ballot than that of others.
        """
        order = [fresh[place] for place in self._chance.shuffled(len(fresh))]
        if not (self._voted or self._overtaken) and self._chance.chance(3, 5):
            order.sort(key=lambda letter: letter.destination not in self._promised)
        if self._low_votes_first and self._chance.chance(85, 100):
            order.sort(key=lambda letter: self._voted.get(letter.destination, ()))
        return order

    def _hold_some(self, fresh: list[Letter], share: int) -> None:
        for letter in fresh:
            if share and self._chance.chance(share, 100):
                letter.hold = some_milestones(self._chance)

    def _reached_now(self) -> int:
        """How many the broadcast of the last move reaches at once."""
        chance = self._chance
        said = [record[CONTENT].__class__ for record in self._world.said]
        if Decided in said:
            return 0
        if ValueAsked in said:
            nobody, one, bare = OVERTAKEN[self._unheard] if self._overtaken else self._profile()
            reached = weighted(chance, ((0, nobody), (1, one), (self._quorum, bare)))
            self._unheard = reached == 0
            return reached
        if self._copies and chance.chance(40, 100):
            return 1
        if chance.chance(BARE_MAJORITY, 100):
            return self._quorum
        return chance.between(1, len(self._world.voters))

    def _profile(self) -> tuple[int, int, int]:
        """How often who asks for votes reaches nobody, one, a bare majority: like all others, or its own."""
        asks = 0 if self._one_profile else self._world.fresh[0].source
        if asks not in self._profiles:
            self._profiles[asks] = VOTES_ASKED[self._chance.between(0, len(VOTES_ASKED) - 1)]
        return self._profiles[asks]

    def _held_for(self) -> int:
        chance = self._chance
        if self._overtaken and any(self._world.reports(ValueAsked)) and chance.chance(TO_A_DECISION_OF, 100):
            return TO_A_DECISION
        return TO_THE_END if chance.chance(self._to_the_end, 100) else some_milestones(chance)


def play(world: World, chance: Stream) -> None:
    """One run of the strategy."""
    Reach(world, chance).play()
