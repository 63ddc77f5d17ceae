"""What a machine says about itself: the words that checks, logs and diagrams share.

A report is an effect. It changes nothing; it is recorded. The reports here are the steps
that every protocol of the Paxos family takes, whatever its messages are called, so a
check written against them judges all of them. A protocol adds its own beside them.

``prints`` says how many lines the real system prints for it: printing takes time there
(a profile says how much), and what the machine lists after the report waits for it.

Source of the words: Lamport, *Paxos Made Simple* (2001), section 2.2.
"""

from __future__ import annotations

from typing import Any, ClassVar

from simulation.protocols.effects import Effect

Ballot = Any
"""A protocol's ballot numbers: comparable with each other, hashable, encodable."""


class Report(Effect, frozen=True, array_like=True, tag=True, gc=False):
    """The root of all reports."""

    prints: ClassVar[int] = 1


class Begun(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The process has started."""


class Proposed(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A client of this process has proposed ``value``."""

    instance: int
    value: int
    action: str | None


class LeaderNamed(Report, frozen=True, array_like=True, tag=True, gc=False):
    """This process believes from now on that ``leader`` (a process) leads."""

    leader: int


class BallotStarted(Report, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1a: this process is about to ask all acceptors for a promise."""

    instance: int
    ballot: Ballot


class PrepareHeard(Report, frozen=True, array_like=True, tag=True, gc=False):
    """An acceptor got a prepare of process ``proposer``."""

    instance: int
    ballot: Ballot
    proposer: int


class Promised(Report, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 1b: this acceptor promises ``ballot`` and says what it voted for last."""

    prints: ClassVar[int] = 0
    instance: int
    ballot: Ballot
    vote_ballot: Ballot | None
    vote: int | None


class PromiseHeard(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A promise of ``acceptor`` reached the process that asked for it."""

    instance: int
    ballot: Ballot
    vote_ballot: Ballot | None
    vote: int | None
    acceptor: int


class ValueAsked(Report, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2a: this process asks all acceptors to accept ``value`` in ``ballot``."""

    instance: int
    ballot: Ballot
    value: int


class Accepted(Report, frozen=True, array_like=True, tag=True, gc=False):
    """Phase 2b: this acceptor votes for ``value`` in ``ballot``."""

    instance: int
    ballot: Ballot
    value: int


class AcceptedHeard(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A vote of ``acceptor`` reached the process that counts it."""

    instance: int
    ballot: Ballot
    acceptor: int


class Refused(Report, frozen=True, array_like=True, tag=True, gc=False):
    """An acceptor refused ``ballot`` because it has promised ``promised``."""

    prints: ClassVar[int] = 0
    instance: int
    ballot: Ballot
    promised: Ballot


class Decided(Report, frozen=True, array_like=True, tag=True, gc=False):
    """This process has learned that ``value`` is the decision."""

    instance: int
    value: int
