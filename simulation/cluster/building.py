"""The machines of all processes, as a protocol builds them."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.protocols.machine import Config, Machine
from simulation.protocols.registry import Protocol
from simulation.trace import Places


def build_machines(protocol: Protocol, places: Places, order: Sequence[int], acceptors: int) -> list[Machine]:
    """A sealed machine for each address; peers are the first ``acceptors`` processes, in this ``order``."""
    count = places.count
    parts = range(len(protocol.components))
    peers = [tuple([part * count + process for process in order if process < acceptors]) for part in parts]
    machines = []
    for address in range(count * len(protocol.components)):
        part, process = divmod(address, count)
        machine = protocol.components[part](
            Config(
                process=process,
                names=places.names,
                address=address,
                peers=peers[part],
                siblings=tuple(process + other * count for other in parts),
            )
        )
        machine.seal()
        machines.append(machine)
    return machines
