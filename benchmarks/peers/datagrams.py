"""Paxos as an ordinary asyncio program, for the peers that simulate asyncio's datagrams.

A socket per node, all on one host and each on a port of its own: what these peers run
without any change. No task per node and no stream per pair, for the network calls
``datagram_received``; a simulated host for each node would take a task to open its socket.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from msgspec.msgpack import decode, encode

from benchmarks.peers.roles import Acceptor, Proposer, decree
from benchmarks.workloads import ACCEPTORS, Decree

HOST: Final = "driver"
"""What simloop calls the host of the main coroutine; the others take any name."""

PROPOSER: Final = (HOST, 4000)
ADDRESSES: Final = tuple((HOST, 4000 + number) for number in range(1, ACCEPTORS + 1))

ENOUGH_SECONDS: Final = 1.0
"""Of virtual time, which costs nothing: everything has arrived after a fiftieth of it."""


class AcceptorNode(asyncio.DatagramProtocol):
    """Answers whoever asks."""

    def __init__(self, role: Acceptor) -> None:
        self.role = role
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        """Keep the way out."""
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Answer what wants an answer."""
        reply = self.role.receive(decode(data))
        if reply:
            self.transport.sendto(encode(reply), addr)


class ProposerNode(asyncio.DatagramProtocol):
    """Tells all acceptors."""

    def __init__(self, role: Proposer) -> None:
        self.role = role
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        """Open phase 1: everybody else listens already."""
        self.transport = transport
        self._tell(self.role.start())

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Go on once there is a quorum."""
        message = self.role.receive(decode(data))
        if message:
            self._tell(message)

    def _tell(self, message: Any) -> None:
        data = encode(message)
        for address in ADDRESSES:
            self.transport.sendto(data, address)


async def cluster() -> Decree:
    """One decree: the main coroutine of a run."""
    proposer = Proposer()
    acceptors = [Acceptor() for _ in ADDRESSES]
    for address, acceptor in zip(ADDRESSES, acceptors, strict=True):
        await _listen(AcceptorNode(acceptor), address)
    await _listen(ProposerNode(proposer), PROPOSER)
    await asyncio.sleep(ENOUGH_SECONDS)
    return decree(proposer, acceptors)


async def _listen(node: asyncio.DatagramProtocol, address: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: node, local_addr=address)
