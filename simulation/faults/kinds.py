"""What can go wrong, as data: printed, stored, compared, replayed.

A *fault* says what, a *target* whom (``faults.targets``), a *strike* is the two together
at the moment when it happened and stands in the trace.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simulation.faults.targets import Target


class Fault(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The root of all faults. The docstring's first line is what ``list`` shows."""


class Kill(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """The process stops: all its machines lose their state and their mailboxes."""


class Wipe(Kill, frozen=True, array_like=True, tag=True, gc=False):
    """The process stops, and what it had made durable is gone too."""


class Restart(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """A dead process begins another life with what it had made durable, and nothing else."""


class Suspend(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """The replica stops working and keeps everything, its mailbox too; its elector goes on."""


class Resume(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """A suspended replica goes on where it stopped; its mailbox waits for it."""


class LoseWrites(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """From now on the disk only says that it has written; a death brings back what stood there before."""


class KeepWrites(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """The disk has written all that it said it had, and is honest again."""


class Slow(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """From now on lines, sends, writes and timers of this process take so many ``times`` as long."""

    times: int


class Drift(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """From now on timers of this process take so much longer, out of a thousand; shorter below zero."""

    per_mille: int


class Steady(Fault, frozen=True, array_like=True, tag=True, gc=False):
    """The process is as quick as it should be, and so is its clock."""


class Wording(Struct, frozen=True):
    """How a fault is written in a scenario, by examples, and in a sentence what it does."""

    about: str
    examples: tuple[str, ...]


PACES = {
    "slow": Wording("Lines, sends, writes and timers take so many times as long", ("slow SET by 10x",)),
    "drift": Wording("Timers take so much longer, or shorter", ("drift SET by 2.5%", "drift SET by -5%")),
}
"""The words for a process that goes at another pace."""

OF_MACHINES = (LoseWrites, Slow, Drift)
"""Faults of what a process runs on: a restart does not end them, and the dead recover from them too."""

LOSE_WRITES = "lose unsynced writes of"
"""The words for a disk that lies, in a scenario."""

FAULTS: dict[str, type[Fault]] = {
    "kill": Kill,
    "suspend": Suspend,
    "resume": Resume,
    "restart": Restart,
    "wipe": Wipe,
}

UNDONE_BY: dict[type[Fault], Fault] = {
    Kill: Restart(),
    Wipe: Restart(),
    Suspend: Resume(),
    LoseWrites: KeepWrites(),
    Slow: Steady(),
    Drift: Steady(),
}
"""The faults that may last for a time, each with what then ends it."""


class Pin(Struct, frozen=True):
    """Just ``before`` or directly after the ``nth`` time that ``by`` (None: anybody) takes ``step``.

    A step is a report of the protocol, or the sending of one of its messages.
    """

    step: str
    nth: int
    before: bool
    by: Target | None = None


class PlannedFault(Struct, frozen=True):
    """A fault that the world does to somebody at a time after the scripts start, or at its ``pin``.

    One that hits messages has a second target, whom they go ``to`` (None: everybody else), hits
    ``both`` directions or one, or all within a ``ring`` but those of neighbours, and lasts ``for_us``
    (None: to the end of the run). So long a kill and a suspension last too, until a restart or a
    resumption ends them.

    With ``every_us`` it happens again and again, at random moments so far apart on average: from
    ``at_us`` on, which is none of them, to just before ``until_us`` (None: as long as anything happens).
    """

    name: str
    at_us: int
    fault: Fault
    target: Target
    must_happen: bool = True
    to: Target | None = None
    both: bool = False
    for_us: int | None = None
    pin: Pin | None = None
    every_us: int | None = None
    until_us: int | None = None
    ring: bool = False


class Strike(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A fault that struck ``process``: by its own ``script``, the ``schedule`` or the ``machine``.

    ``reason`` is the planned fault's name, or what the machine said when it died. A
    planned fault whose target was nobody strikes process -1.
    """

    fault: Fault
    process: int
    by: str
    reason: str = ""


class Unsaid(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What the last life of a machine had done and was about to ``report`` when it ended.

    What stands before a report has happened by then, so a restart may bring it back although
    no line ever told of it.
    """

    report: Any


class Calmed(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The storm is over for ``core``: its links are fair and its processes up. It has to decide in time."""

    core: tuple[int, ...]
    within_us: int
