"""Everything in here is wrong on purpose: no protocol of this room is for use.

Each is the textbook protocol with one rule broken, to measure how soon a search finds it:
a harness that finds no planted bug has not shown that there is none. ``BUGS`` are wrong and
``CONTROLS`` are right, where an alarm is a false one. A scenario names one as
``protocol = "simulation.planted:VOTES_FOR_ANYTHING"``.

``acceptor``, ``proposer`` and ``learner`` break the rules of these roles, ``durability`` what
they keep over a restart; the bugs of ``liveness`` break no rule of safety. Most of all these
were seen in real systems, or are what students write; those of ``invented`` were not.
``plant`` says what a planted bug is.
"""

from __future__ import annotations

from simulation.errors import InputError, nearest
from simulation.planted import acceptor, durability, invented, learner, liveness, proposer
from simulation.planted.plant import Planted, bug, wrong
from simulation.protocols.textbook import TEXTBOOK

VOTES_FOR_ANYTHING = wrong(acceptor.VotesForAnything)
COMPARES_WITH_ITS_VOTE = wrong(acceptor.ComparesWithItsVote)
VOTE_IS_NO_PROMISE = wrong(acceptor.VoteIsNoPromise)
FORGETS_ITS_PROMISE = wrong(acceptor.ForgetsItsPromise)
HIDES_ITS_VOTE = wrong(acceptor.HidesItsVote)
KEEPS_ITS_FIRST_VOTE = wrong(acceptor.KeepsItsFirstVote)

IGNORES_REPORTED_VOTES = wrong(proposer.IgnoresReportedVotes)
ADOPTS_MAJORITIES_ONLY = wrong(proposer.AdoptsMajoritiesOnly)
ADOPTS_THE_LOWEST_VOTE = wrong(proposer.AdoptsTheLowestVote)
QUORUM_OF_HALF = wrong(proposer.QuorumOfHalf)
COUNTS_A_PROMISE_TWICE = wrong(proposer.CountsAPromiseTwice)
COUNTS_STALE_PROMISES = wrong(proposer.CountsStalePromises)
SKIPS_ITS_FIRST_PHASE_ONE = wrong(proposer.SkipsItsFirstPhaseOne)
SKIPS_PHASE_ONE_ONCE_IT_LED = wrong(proposer.SkipsPhaseOneOnceItLed)
SHARES_BALLOTS_AND_PROMISES_TWICE = wrong(proposer.SharesBallotsAndPromisesTwice)
ASKS_TWICE_IN_ONE_BALLOT = wrong(proposer.AsksTwiceInOneBallot)

DECIDES_WITHOUT_QUORUM = wrong(learner.DecidesWithoutQuorum)
COUNTS_A_VOTE_TWICE = wrong(learner.CountsAVoteTwice)
COUNTS_ACROSS_BALLOTS = wrong(learner.CountsAcrossBallots)

PROMISE_IS_NOT_DURABLE = wrong(durability.PromiseIsNotDurable)
VOTE_IS_NOT_DURABLE = wrong(durability.VoteIsNotDurable)

VOTES_IN_A_TIE = wrong(invented.VotesInATie)
DATES_ITS_VOTE_BY_ITS_PROMISE = wrong(invented.DatesItsVoteByItsPromise)
PROMISES_OUTLIVE_A_REFUSAL = wrong(invented.PromisesOutliveARefusal)
CATCHES_UP_WITH_THE_FIRST_VOTE = wrong(invented.CatchesUpWithTheFirstVote)
RESTART_TAKES_ITS_VOTE_FOR_THE_DECISION = wrong(invented.RestartTakesItsVoteForTheDecision)

REFUSES_ITS_PROMISE = wrong(liveness.RefusesItsPromise)
NEVER_BACKS_OFF = wrong(liveness.NeverBacksOff)

SHARES_BALLOTS = wrong(proposer.SharesBallots)

_PAPER = "Paxos Made Simple, section"
_OURS = "made up for this collection"

BUGS: tuple[Planted, ...] = (
    bug(VOTES_FOR_ANYTHING, f"{_PAPER} 2.2: phase 2b without its condition"),
    bug(COMPARES_WITH_ITS_VOTE, f"{_PAPER} 2.2: phase 2b, which looks at promises"),
    bug(VOTE_IS_NO_PROMISE, f"{_PAPER} 2.2: left open by its words, a well-known trap"),
    bug(FORGETS_ITS_PROMISE, f"{_PAPER} 2.2: phase 1b"),
    bug(HIDES_ITS_VOTE, f"{_PAPER} 2.2: phase 1b, which tells the last vote"),
    bug(KEEPS_ITS_FIRST_VOTE, f"{_PAPER} 2.2: P1 taken for the whole rule"),
    bug(IGNORES_REPORTED_VOTES, f"{_PAPER} 2.2: P2c left out"),
    bug(ADOPTS_MAJORITIES_ONLY, f"{_PAPER} 2.2: P2c, where one report is enough"),
    bug(ADOPTS_THE_LOWEST_VOTE, f"{_PAPER} 2.2: P2c the wrong way round"),
    bug(QUORUM_OF_HALF, "off by one in phase 1: n / 2 instead of n / 2 + 1"),
    bug(COUNTS_A_PROMISE_TWICE, "replies are counted, and not who sent them", needs=("duplicate",)),
    bug(COUNTS_STALE_PROMISES, "luohaha/MyPaxos#18"),
    bug(SKIPS_ITS_FIRST_PHASE_ONE, "an optimisation that only one process may use"),
    bug(SKIPS_PHASE_ONE_ONCE_IT_LED, "leadership that is not lost when another leads"),
    bug(SHARES_BALLOTS_AND_PROMISES_TWICE, f"{_PAPER} 2.2: distinct numbers, and promises that rise"),
    bug(ASKS_TWICE_IN_ONE_BALLOT, "an attempt that is aborted when votes are on their way"),
    bug(DECIDES_WITHOUT_QUORUM, "off by one in phase 2: n / 2 instead of n / 2 + 1"),
    bug(COUNTS_A_VOTE_TWICE, "replies are counted, and not who sent them", needs=("duplicate",)),
    bug(COUNTS_ACROSS_BALLOTS, f"{_PAPER} 2.2: chosen is what has a majority in one ballot"),
    bug(PROMISE_IS_NOT_DURABLE, f"{_PAPER} 2.5: stable storage", needs=("restart",)),
    bug(VOTE_IS_NOT_DURABLE, f"{_PAPER} 2.5: stable storage", needs=("restart",)),
    bug(VOTES_IN_A_TIE, _OURS, invented=True),
    bug(DATES_ITS_VOTE_BY_ITS_PROMISE, _OURS, invented=True),
    bug(PROMISES_OUTLIVE_A_REFUSAL, _OURS, invented=True),
    bug(CATCHES_UP_WITH_THE_FIRST_VOTE, _OURS, invented=True),
    bug(RESTART_TAKES_ITS_VOTE_FOR_THE_DECISION, _OURS, needs=("restart",), invented=True),
    bug(REFUSES_ITS_PROMISE, "phase 2b with > in the place of >=", violates="termination"),
    bug(NEVER_BACKS_OFF, f"{_PAPER} 2.4: progress", violates="termination"),
)
"""What a search should find, by role; those that violate agreement first."""

CONTROLS: tuple[Planted, ...] = (
    bug(TEXTBOOK, "the protocol that all bugs are planted in", violates="nothing"),
    bug(SHARES_BALLOTS, "looks like a bug and is none", violates="nothing"),
)
"""What a search must find nothing in."""


def find_planted(name: str) -> Planted:
    """The bug or the control called ``name``.

    Raises ``InputError`` where there is none.
    """
    known = {planted.name: planted for planted in BUGS + CONTROLS}
    if name not in known:
        raise InputError(
            f"there is no planted bug {name!r}. Known: {', '.join(known)}.{nearest(name, known)}"
        )
    return known[name]
