"""The end of a machine, in the middle of whatever it does."""

from __future__ import annotations

from itertools import takewhile

from simulation.cluster import disk, lanes
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck
from simulation.cluster.points import Point
from simulation.kernel import Kernel
from simulation.protocols.reports import Report


def end(host: Host, kernel: Kernel, luck: Luck) -> None:
    """Let a machine be dead: what has not left never leaves, and its disk has what it has."""
    busy_with = host.busy_with
    unsaid: tuple[Report, ...] = ()
    if busy_with is None:
        unsaid = _next_reports(host)
    elif busy_with[3] == lanes.REPORT:
        unsaid = (busy_with[7], *_next_reports(host))
    elif busy_with[3] == lanes.SENT:
        kernel.withdraw(_unsent(host, kernel.now))
    elif disk.survives(host, luck):
        unsaid = _next_reports(host)
    host.stop()
    host.unsaid = unsaid
    disk.forget(host)


def _next_reports(host: Host) -> tuple[Report, ...]:
    """What a machine would have said next, before it did anything else."""
    if host.rest is None:
        return ()
    more = takewhile(lambda effect: isinstance(effect, (Report, Point)), host.rest)
    return tuple([effect for effect in more if isinstance(effect, Report)])


def _unsent(host: Host, now_us: int) -> range:
    """The numbers of those messages of the running broadcast that have not left."""
    last, leaves_us, each_us = host.sending
    return range(last, last - max(0, -((now_us - leaves_us) // each_us)), -1)
