"""The wrong protocols by name, as a scenario says it: ``tests.mutants.catalogue:NAME``."""

from __future__ import annotations

from msgspec.structs import replace

from simulation import planted
from simulation.planted.plant import wrong
from simulation.protocols import Machine, Protocol
from simulation.protocols.paxos import PAXOS, Elector, PaxosReplica
from tests.mutants import paxos, textbook


def _about(machine: type[Machine]) -> str:
    return (machine.__doc__ or "").partition("\n")[0]


def _paxos(machine: type[PaxosReplica]) -> Protocol:
    return replace(PAXOS, name=machine.__name__, about=_about(machine), components=(machine, Elector))


def _elector(machine: type[Elector]) -> Protocol:
    return replace(PAXOS, name=machine.__name__, about=_about(machine), components=(PaxosReplica, machine))


VOTES_FOR_ANYTHING = planted.VOTES_FOR_ANYTHING
COMPARES_WITH_ITS_VOTE = planted.COMPARES_WITH_ITS_VOTE
REFUSES_ITS_PROMISE = planted.REFUSES_ITS_PROMISE
FORGETS_ITS_PROMISE = planted.FORGETS_ITS_PROMISE
VOTE_IS_NO_PROMISE = planted.VOTE_IS_NO_PROMISE
KEEPS_ITS_FIRST_VOTE = planted.KEEPS_ITS_FIRST_VOTE
HIDES_ITS_VOTE = planted.HIDES_ITS_VOTE
IGNORES_REPORTED_VOTES = planted.IGNORES_REPORTED_VOTES
ADOPTS_THE_LOWEST_VOTE = planted.ADOPTS_THE_LOWEST_VOTE
ADOPTS_MAJORITIES_ONLY = planted.ADOPTS_MAJORITIES_ONLY
QUORUM_OF_HALF = planted.QUORUM_OF_HALF
COUNTS_STALE_PROMISES = planted.COUNTS_STALE_PROMISES
SHARES_BALLOTS = planted.SHARES_BALLOTS
SHARES_BALLOTS_AND_PROMISES_TWICE = planted.SHARES_BALLOTS_AND_PROMISES_TWICE
ASKS_TWICE_IN_ONE_BALLOT = planted.ASKS_TWICE_IN_ONE_BALLOT
DECIDES_WITHOUT_QUORUM = planted.DECIDES_WITHOUT_QUORUM
COUNTS_ACROSS_BALLOTS = planted.COUNTS_ACROSS_BALLOTS

PROMISES_ANYTHING = wrong(textbook.PromisesAnything)
INVENTS_A_VALUE = wrong(textbook.InventsAValue)
REUSES_ITS_BALLOT = wrong(textbook.ReusesItsBallot)
NEVER_DECIDES = wrong(textbook.NeverDecides)
LIES_TO_CLIENTS = wrong(textbook.LiesToClients)
KEEPS_CLIENTS_WAITING = wrong(textbook.KeepsClientsWaiting)

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
