"""What a replica of the real system prints beside the steps that all protocols share.

Several of these say nothing to anybody but the person who once debugged that system.
They are kept because its log has them, line by line.
"""

from __future__ import annotations

from simulation.protocols.reports import Report


class AlreadyDecided(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A client proposed for a decided instance and is told the decision."""

    instance: int
    value: int


class InstanceCreated(Report, frozen=True, array_like=True, tag=True, gc=False):
    """This replica hears of an instance for the first time."""

    instance: int


class InstanceUnknown(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A prepare came for an instance that this replica has never heard of."""

    instance: int


class BallotReset(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The leader has forgotten the value and the counts of its previous ballot."""

    instance: int


class PromiseDeferred(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A promise overtook the leader's own prepare and is put off."""

    instance: int
    ballot: int


class PromiseCounting(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The first of the two lines about a counted promise; others may print in between."""

    instance: int


class PromiseCounted(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The second: how many promises of how many participants, and whether a value is out."""

    participants: int
    count: int
    value_asked: bool


class DyingUndecided(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The leader has a quorum of votes, and its client's action makes it die with them."""

    instance: int
    value: int
