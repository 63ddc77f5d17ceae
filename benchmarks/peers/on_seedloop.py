"""seedloop: nodes with an endpoint each, started in a world, as in its quickstart.

``seedloop.replay`` makes the run of one seed. No invariant, no auditor, no fault: these are
off by default; the timeline of what was sent and delivered cannot be off. The latencies are
the network's own, 1 to 20 milliseconds, for there is no setting for them.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import seedloop

from benchmarks.peers.roles import TO_ACCEPTOR, TO_PROPOSER, Acceptor, Proposer, decree
from benchmarks.workloads import ACCEPTORS, Decree

PROPOSER: Final = 0
ADDRESSES: Final = tuple(range(1, ACCEPTORS + 1))

ENOUGH_SECONDS: Final = 1
"""Of virtual time, which costs nothing: everything has arrived after a tenth of it."""


class ProposerNode:
    """Tells all acceptors."""

    def __init__(self, world: seedloop.World, role: Proposer) -> None:
        self.endpoint = world.net.bind(PROPOSER)
        self.role = role

    async def run(self) -> None:
        """From phase 1 to the last vote."""
        await self._tell(self.role.start())
        for _ in range(TO_PROPOSER):
            _, message = await self.endpoint.recv()
            answer = self.role.receive(message)
            if answer:
                await self._tell(answer)

    async def _tell(self, message: Any) -> None:
        for address in ADDRESSES:
            await self.endpoint.send(address, message)


class AcceptorNode:
    """Answers whoever asks."""

    def __init__(self, world: seedloop.World, address: int, role: Acceptor) -> None:
        self.endpoint = world.net.bind(address)
        self.role = role

    async def run(self) -> None:
        """Until the decision and what it overtook have come."""
        for _ in range(TO_ACCEPTOR):
            sender, message = await self.endpoint.recv()
            answer = self.role.receive(message)
            if answer:
                await self.endpoint.send(sender, answer)


def decide(seed: int) -> Decree:
    """One decree."""
    proposer = Proposer()
    acceptors = [Acceptor() for _ in ADDRESSES]

    async def scenario(world: seedloop.World) -> None:
        pairs = zip(ADDRESSES, acceptors, strict=True)
        nodes = [AcceptorNode(world, address, role) for address, role in pairs]
        world.start(ProposerNode(world, proposer), *nodes)
        await asyncio.sleep(ENOUGH_SECONDS)

    seedloop.replay(scenario, seed=seed)
    return decree(proposer, acceptors)
