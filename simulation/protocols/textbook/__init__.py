"""The textbook protocol: Lamport, *Paxos Made Simple* (2001), sections 2.2 to 2.4.

``messages`` is the language, ``state`` the memory; ``acceptor``, ``proposer`` and
``learner`` are the roles, ``catch_up`` is what they do when nobody tells a decision, and
``node`` joins them.
"""

from __future__ import annotations

from simulation.protocols.registry import Protocol
from simulation.protocols.textbook.messages import Accept, Accepted, Decide, Nack, Prepare, Promise, Retry
from simulation.protocols.textbook.node import Node

TEXTBOOK = Protocol(
    name="textbook",
    about="Paxos as its author teaches it: no leader, unique ballots, nacks, random back-off",
    components=(Node,),
    steps=(
        "Proposed",
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
    actions=(),
    apart=(),
    retries=(Retry,),
    separable=True,
    moments={
        "PrepareSent": Prepare,
        "PromiseSent": Promise,
        "AcceptSent": Accept,
        "VoteSent": Accepted,
        "NackSent": Nack,
        "DecisionSent": Decide,
    },
)

__all__ = ["TEXTBOOK", "Node"]
