"""For each bug that violates agreement, moves after which two values are decided.

Three processes; p1 proposes 1 and p2 proposes 2. ``schedule`` is the language.
"""

from __future__ import annotations

from typing import Final

ONE_IS_ASKED_FOR: Final = """
    p1 proposes 1
    prepare 1 from p1 to p1 p3
    promise 1 from p1 p3 to p1
"""

TWO_IS_ASKED_FOR: Final = """
    p2 proposes 2
    prepare 1 from p2 to p2 p3
    promise 1 from p2 p3 to p2
"""

ONE_IS_DECIDED: Final = """
    accept 1 from p1 to p1 p3
    accepted 1 from p1 p3 to p1
"""

TWO_IS_DECIDED: Final = """
    accept 1 from p2 to p2 p3
    accepted 1 from p2 p3 to p2
"""

BOTH_ARE_ASKED_FOR_BEFORE_EITHER_IS_VOTED_FOR = (
    ONE_IS_ASKED_FOR + TWO_IS_ASKED_FOR + ONE_IS_DECIDED + TWO_IS_DECIDED
)

TWO_IS_ASKED_FOR_AFTER_ONE_IS_DECIDED = ONE_IS_ASKED_FOR + ONE_IS_DECIDED + TWO_IS_ASKED_FOR + TWO_IS_DECIDED

A_LATE_VOTE_FOR_ONE_AFTER_TWO_IS_DECIDED = (
    ONE_IS_ASKED_FOR
    + TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
    + """
    accept 1 from p1 to p1 p3
    accepted 1 from p1 p3 to p1
"""
)

A_LATE_VOTE_FOR_ONE_HIDES_TWO = """
    p1 proposes 1
    prepare 1 from p1 to p1 p2
    promise 1 from p1 p2 to p1
    p2 proposes 2
    prepare 2 from p2 to p1 p2
    promise 2 from p1 p2 to p2
    accept 2 from p2 to p2 p3
    accepted 2 from p2 p3 to p2
    accept 1 from p1 to p3
    p1 retries
    prepare 3 from p1 to p1 p3
    promise 3 from p1 p3 to p1
    accept 3 from p1 to p1 p3
    accepted 3 from p1 p3 to p1
"""

ONE_VOTE_FOR_ONE_THEN_TWO_IS_DECIDED = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p1
"""
    + TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
)

P1_TRIES_AGAIN = """
    p1 retries
    prepare 2 from p1 to p1 p3
    promise 2 from p1 p3 to p1
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1
"""

THE_FIRST_VOTE_OF_P3_WAS_FOR_ONE = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p3
    p2 proposes 2
    prepare 1 from p2 to p1 p2
    promise 1 from p1 p2 to p2
"""
    + TWO_IS_DECIDED
    + P1_TRIES_AGAIN
)

EACH_HEARS_ONE_PROMISE = """
    p1 proposes 1
    prepare 1 from p1 to p1
    promise 1 from p1 to p1
    accept 1 from p1 to p1 p3
    accepted 1 from p1 p3 to p1
    p2 proposes 2
    prepare 1 from p2 to p2
    promise 1 from p2 to p2
    accept 1 from p2 to p2 p3
    accepted 1 from p2 p3 to p2
"""

P2_HEARS_ITS_OWN_PROMISE_TWICE = (
    ONE_IS_ASKED_FOR
    + ONE_IS_DECIDED
    + """
    p2 proposes 2
    prepare 1 from p2 to p2
    promise 1 from p2 to p2 twice
"""
    + TWO_IS_DECIDED
)

AN_OLD_PROMISE_COMES_LATE = """
    p1 proposes 1
    p2 proposes 2
    prepare 1 from p2 to p3
    p1 retries
    prepare 2 from p1 to p1 p3
    promise 2 from p1 p3 to p1
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1
    p2 retries
    promise 1 from p3 to p2
    prepare 2 from p2 to p2
    promise 2 from p2 to p2
    accept 2 from p2 to p2 p3
    accepted 2 from p2 p3 to p2
"""

NOBODY_IS_ASKED_TO_PROMISE = """
    p1 proposes 1
    accept 1 from p1 to p1 p3
    accepted 1 from p1 p3 to p1
    p2 proposes 2
    accept 1 from p2 to p2 p3
    accepted 1 from p2 p3 to p2
"""

P1_ASKS_AGAIN_AFTER_TWO_IS_DECIDED = (
    ONE_IS_ASKED_FOR
    + TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
    + """
    p1 retries
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1
"""
)

P1_ADOPTS_TWO_AND_TIRES_OF_IT = (
    TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
    + """
    p1 proposes 1
    p1 retries
    prepare 2 from p1 to p1 p3
    promise 2 from p1 p3 to p1
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1 lost
    p1 retries
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1
"""
)

EACH_HEARS_ONE_VOTE = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p1
    accepted 1 from p1 to p1
"""
    + TWO_IS_ASKED_FOR
    + """
    accept 1 from p2 to p2
    accepted 1 from p2 to p2
"""
)

P1_HEARS_ITS_OWN_VOTE_TWICE = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p1
    accepted 1 from p1 to p1 twice
"""
    + TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
)

ONE_HAS_VOTES_IN_TWO_BALLOTS = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p1
    accepted 1 from p1 to p1
"""
    + TWO_IS_ASKED_FOR
    + """
    accept 1 from p2 to p2
    p1 retries
    prepare 2 from p1 to p1 p3
    promise 2 from p1 p3 to p1
    accept 2 from p1 to p3
    p2 retries
    prepare 2 from p2 to p1 p2
    promise 2 from p1 p2 to p2
    accept 2 from p2 to p1 p2
    accepted 2 from p1 p2 to p2
    accepted 2 from p3 to p1
"""
)

P3_RESTARTS_BETWEEN_ITS_PROMISE_AND_A_LATE_ACCEPT = (
    ONE_IS_ASKED_FOR
    + TWO_IS_ASKED_FOR
    + """
    p3 restarts
"""
    + ONE_IS_DECIDED
    + TWO_IS_DECIDED
)

P3_RESTARTS_AFTER_ITS_VOTE = (
    ONE_IS_ASKED_FOR
    + ONE_IS_DECIDED
    + """
    p3 restarts
"""
    + TWO_IS_ASKED_FOR
    + TWO_IS_DECIDED
)

P1_PROMISES_ITSELF_AND_TRIES_AGAIN = (
    ONE_VOTE_FOR_ONE_THEN_TWO_IS_DECIDED
    + """
    p1 retries
    prepare 2 from p1 to p1
    p1 retries
    prepare 3 from p1 to p1 p3
    promise 3 from p1 p3 to p1
    accept 3 from p1 to p1 p3
    accepted 3 from p1 p3 to p1
"""
)

P2_IS_REFUSED_WITH_ONE_PROMISE_HEARD = """
    p1 proposes 1
    p1 retries
    prepare 2 from p1 to p1
    p2 proposes 2
    prepare 1 from p2 to p1 p3
    promise 1 from p3 to p2
    nack 1 from p1 to p2
    prepare 2 from p1 to p3
    promise 2 from p1 p3 to p1
    accept 2 from p1 to p1 p3
    accepted 2 from p1 p3 to p1
    p2 retries
    prepare 3 from p2 to p2
    promise 3 from p2 to p2
    accept 3 from p2 to p2 p3
    accepted 3 from p2 p3 to p2
"""

P3_CATCHES_UP = (
    ONE_VOTE_FOR_ONE_THEN_TWO_IS_DECIDED
    + """
    p3 catches up
    p3 catches up
    prepare 2 from p3 to p1 p3
    promise 2 from p1 p3 to p3
    accept 2 from p3 to p1 p3
    accepted 2 from p1 p3 to p3
"""
)

P3_RESTARTS_WITH_A_VOTE_FOR_ONE = (
    ONE_IS_ASKED_FOR
    + """
    accept 1 from p1 to p3
    p2 proposes 2
    prepare 1 from p2 to p1 p2
    promise 1 from p1 p2 to p2
    accept 1 from p2 to p1 p2
    accepted 1 from p1 p2 to p2
    p3 restarts
    p1 retries
    prepare 2 from p1 to p3
    decide from p3 to p1
"""
)

SCHEDULES = {
    "votes-for-anything": A_LATE_VOTE_FOR_ONE_AFTER_TWO_IS_DECIDED,
    "compares-with-its-vote": BOTH_ARE_ASKED_FOR_BEFORE_EITHER_IS_VOTED_FOR,
    "vote-is-no-promise": A_LATE_VOTE_FOR_ONE_HIDES_TWO,
    "forgets-its-promise": BOTH_ARE_ASKED_FOR_BEFORE_EITHER_IS_VOTED_FOR,
    "hides-its-vote": TWO_IS_ASKED_FOR_AFTER_ONE_IS_DECIDED,
    "keeps-its-first-vote": THE_FIRST_VOTE_OF_P3_WAS_FOR_ONE,
    "ignores-reported-votes": TWO_IS_ASKED_FOR_AFTER_ONE_IS_DECIDED,
    "adopts-majorities-only": TWO_IS_ASKED_FOR_AFTER_ONE_IS_DECIDED,
    "adopts-the-lowest-vote": ONE_VOTE_FOR_ONE_THEN_TWO_IS_DECIDED + P1_TRIES_AGAIN,
    "quorum-of-half": EACH_HEARS_ONE_PROMISE,
    "counts-a-promise-twice": P2_HEARS_ITS_OWN_PROMISE_TWICE,
    "counts-stale-promises": AN_OLD_PROMISE_COMES_LATE,
    "skips-its-first-phase-one": NOBODY_IS_ASKED_TO_PROMISE,
    "skips-phase-one-once-it-led": P1_ASKS_AGAIN_AFTER_TWO_IS_DECIDED,
    "shares-ballots-and-promises-twice": BOTH_ARE_ASKED_FOR_BEFORE_EITHER_IS_VOTED_FOR,
    "asks-twice-in-one-ballot": P1_ADOPTS_TWO_AND_TIRES_OF_IT,
    "decides-without-quorum": EACH_HEARS_ONE_VOTE,
    "counts-a-vote-twice": P1_HEARS_ITS_OWN_VOTE_TWICE,
    "counts-across-ballots": ONE_HAS_VOTES_IN_TWO_BALLOTS,
    "promise-is-not-durable": P3_RESTARTS_BETWEEN_ITS_PROMISE_AND_A_LATE_ACCEPT,
    "vote-is-not-durable": P3_RESTARTS_AFTER_ITS_VOTE,
    "votes-in-a-tie": BOTH_ARE_ASKED_FOR_BEFORE_EITHER_IS_VOTED_FOR,
    "dates-its-vote-by-its-promise": P1_PROMISES_ITSELF_AND_TRIES_AGAIN,
    "promises-outlive-a-refusal": P2_IS_REFUSED_WITH_ONE_PROMISE_HEARD,
    "catches-up-with-the-first-vote": P3_CATCHES_UP,
    "restart-takes-its-vote-for-the-decision": P3_RESTARTS_WITH_A_VOTE_FOR_ONE,
}
