"""What is on a machine's disk after a death, and how a disk comes to lie."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.cluster import lanes
from simulation.cluster.host import Host
from simulation.cluster.luck import Luck


def survives(host: Host, luck: Luck) -> bool:
    """Whether the record that a dying machine is writing, if it is, gets onto its disk; then it does."""
    busy_with = host.busy_with
    if busy_with is None or busy_with[3] != lanes.SYNCED or not luck.survives(host.address):
        return False
    host.durable = busy_with[5]
    return True


def forget(host: Host) -> None:
    """Let a machine that dies find what its disk has in truth."""
    if host.lies:
        host.durable = host.safe
        host.unsaid = ()


def wipe(hosts: Sequence[Host]) -> None:
    """Let nothing be durable any more."""
    for host in hosts:
        host.durable = host.safe = None
        host.unsaid = ()


def begin_to_lie(hosts: Sequence[Host]) -> None:
    """From now on nothing that is made durable is, whatever the machines are told."""
    for host in hosts:
        if not host.lies:
            host.safe = host.durable
        host.lies = True


def stop_lying(hosts: Sequence[Host]) -> None:
    """All is written that was said to be."""
    for host in hosts:
        host.lies = False
