"""The protocol of the real system: leader-driven, abortable Paxos with an elector."""

from simulation.protocols.paxos.elector import Elector
from simulation.protocols.paxos.leader import KILL_BEFORE_DECISION
from simulation.protocols.paxos.messages import (
    Abandoned,
    Accept,
    Accepted,
    Decide,
    Nack,
    Prepare,
    Prepared,
    Proposal,
    Retry,
)
from simulation.protocols.paxos.replica import INCREASE_BALLOT_NUMBER, PaxosReplica
from simulation.protocols.registry import Protocol

PAXOS = Protocol(
    name="paxos",
    about="the real system's: a leader elector, relayed proposals, ballots without a process, aborts",
    components=(PaxosReplica, Elector),
    steps=(
        "Proposed",
        "LeaderNamed",
        "BallotStarted",
        "PrepareHeard",
        "Promised",
        "PromiseHeard",
        "ValueAsked",
        "Accepted",
        "AcceptedHeard",
        "Refused",
        "Decided",
    ),
    actions=(KILL_BEFORE_DECISION, INCREASE_BALLOT_NUMBER),
    apart=(Decide,),
    retries=(Retry,),
    moments={
        "ProposalSent": Proposal,
        "PrepareSent": Prepare,
        "PromiseSent": Prepared,
        "AcceptSent": Accept,
        "VoteSent": Accepted,
        "NackSent": Nack,
        "AbortSent": Abandoned,
        "DecisionSent": Decide,
    },
)

__all__ = ["KILL_BEFORE_DECISION", "PAXOS", "Elector", "PaxosReplica"]
