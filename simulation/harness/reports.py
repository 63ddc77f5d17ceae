"""What scripts and the coordinator print: the harness's own lines in the log."""

from __future__ import annotations

from simulation.protocols.reports import Report


class ScriptStarted(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A script begins. ``participants`` is their order, or None where it is not announced."""

    participants: tuple[int, ...] | None


class SpareAnnounced(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A script prints who is meant to live."""

    spare: tuple[int, ...]


class KillsAnnounced(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A script prints who is meant to die."""

    leaders: tuple[int, ...]
    followers: tuple[int, ...]


class WaitEnded(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A waiting script has the decision, or ``None`` after ``waited_us``."""

    instance: int
    value: int | None
    waited_us: int


class QueueRead(Report, frozen=True, array_like=True, tag=True, gc=False):
    """How many inputs wait in the replica's mailbox when all scripts are done."""

    length: int


class Collected(Report, frozen=True, array_like=True, tag=True, gc=False):
    """The coordinator's last line: the values of all that were not killed, last one first."""

    values: tuple[int | None, ...]


class AnswerUnexpected(Report, frozen=True, array_like=True, tag=True, gc=False):
    """A proposal was not answered as its script says that it must be."""

    instance: int
    expected: str
    answer: str
