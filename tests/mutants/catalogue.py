"""The wrong protocols by name, as a scenario says it: ``tests.mutants.catalogue:NAME``."""

from __future__ import annotations

from msgspec.structs import replace

from simulation.protocols import Machine, Protocol
from simulation.protocols.paxos import PAXOS, Elector, PaxosReplica
from simulation.protocols.textbook import TEXTBOOK, Node
from tests.mutants import paxos, textbook


def _about(wrong: type[Machine]) -> str:
    return (wrong.__doc__ or "").partition("\n")[0]


def _textbook(wrong: type[Node]) -> Protocol:
    return replace(TEXTBOOK, name=wrong.__name__, about=_about(wrong), components=(wrong,))


def _paxos(wrong: type[PaxosReplica]) -> Protocol:
    return replace(PAXOS, name=wrong.__name__, about=_about(wrong), components=(wrong, Elector))


def _elector(wrong: type[Elector]) -> Protocol:
    return replace(PAXOS, name=wrong.__name__, about=_about(wrong), components=(PaxosReplica, wrong))


VOTES_FOR_ANYTHING = _textbook(textbook.VotesForAnything)
COMPARES_WITH_ITS_VOTE = _textbook(textbook.ComparesWithItsVote)
REFUSES_ITS_PROMISE = _textbook(textbook.RefusesItsPromise)
PROMISES_ANYTHING = _textbook(textbook.PromisesAnything)
FORGETS_ITS_PROMISE = _textbook(textbook.ForgetsItsPromise)
VOTE_IS_NO_PROMISE = _textbook(textbook.VoteIsNoPromise)
KEEPS_ITS_FIRST_VOTE = _textbook(textbook.KeepsItsFirstVote)
HIDES_ITS_VOTE = _textbook(textbook.HidesItsVote)
IGNORES_REPORTED_VOTES = _textbook(textbook.IgnoresReportedVotes)
ADOPTS_THE_LOWEST_VOTE = _textbook(textbook.AdoptsTheLowestVote)
ADOPTS_MAJORITIES_ONLY = _textbook(textbook.AdoptsMajoritiesOnly)
INVENTS_A_VALUE = _textbook(textbook.InventsAValue)
QUORUM_OF_HALF = _textbook(textbook.QuorumOfHalf)
COUNTS_STALE_PROMISES = _textbook(textbook.CountsStalePromises)
REUSES_ITS_BALLOT = _textbook(textbook.ReusesItsBallot)
SHARES_BALLOTS = _textbook(textbook.SharesBallots)
SHARES_BALLOTS_AND_PROMISES_TWICE = _textbook(textbook.SharesBallotsAndPromisesTwice)
DECIDES_WITHOUT_QUORUM = _textbook(textbook.DecidesWithoutQuorum)
NEVER_DECIDES = _textbook(textbook.NeverDecides)
COUNTS_ACROSS_BALLOTS = _textbook(textbook.CountsAcrossBallots)
LIES_TO_CLIENTS = _textbook(textbook.LiesToClients)
KEEPS_CLIENTS_WAITING = _textbook(textbook.KeepsClientsWaiting)

PROMISES_EVERY_BALLOT = _paxos(paxos.PromisesEveryBallot)
VOTES_BELOW_ITS_PROMISE = _paxos(paxos.VotesBelowItsPromise)
INSISTS_ON_ITS_VALUE = _paxos(paxos.InsistsOnItsValue)
HALF_IS_ENOUGH = _paxos(paxos.HalfIsEnough)
DIES_OF_DECISIONS = _paxos(paxos.DiesOfDecisions)
NEVER_ABORTS = _paxos(paxos.NeverAborts)
IGNORES_REFUSALS = _paxos(paxos.IgnoresRefusals)
TALKS_TO_ITSELF = _paxos(paxos.TalksToItself)
NEVER_ELECTS = _elector(paxos.NeverElects)
PLAYS_DEAD = _elector(paxos.PlaysDead)
