"""What a script can do, as data. A script touches its own replica only.

Times are whole microseconds. ``instance`` is the number of a decree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct


class Step(Struct, frozen=True, tag=True):
    """The root of all steps."""


class Propose(Step, frozen=True, tag=True):
    """Propose this process's value and block until an answer, or until the time is over.

    ``until_commit`` proposes again after every abort. ``action`` is handed to the
    protocol. ``expect`` is ``"abort"`` or ``"decision"`` where the answer must be that.
    """

    instance: int = 1
    timeout_us: int = 10_000_000
    until_commit: bool = False
    action: str | None = None
    expect: str | None = None


class Wait(Step, frozen=True, tag=True):
    """Ask every 100 ms whether the instance is decided, until it is or the time is over."""

    instance: int = 1
    timeout_us: int = 10_000_000


class Sleep(Step, frozen=True, tag=True):
    """Do nothing for a uniform whole number of ``unit_us``: both ends in, drawn each time."""

    low_us: int
    high_us: int
    unit_us: int = 1_000


class Suspend(Step, frozen=True, tag=True):
    """Suspend the own replica."""


class Resume(Step, frozen=True, tag=True):
    """Resume the own replica."""


class Kill(Step, frozen=True, tag=True):
    """Kill the own replica. Nothing but the end of the script follows."""


class Repeat(Step, frozen=True, tag=True):
    """Do ``body`` so many ``times``."""

    times: int
    body: tuple[Step, ...]


def proposals(script: Iterable[Step]) -> Iterator[Propose]:
    """What a script proposes, one after the other, and as often as it is repeated."""
    for step in script:
        if isinstance(step, Repeat):
            for _ in range(step.times):
                yield from proposals(step.body)
        elif isinstance(step, Propose):
            yield step
