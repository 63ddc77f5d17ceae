"""Roles behind ``asyncio.DatagramProtocol``, for the peers that simulate asyncio's datagrams.

No task per node and no stream per pair: the network calls ``datagram_received``.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from msgspec.msgpack import decode, encode

from benchmarks.peers.roles import Acceptor, Proposer
from benchmarks.workloads import ACCEPTORS

PORT: Final = 4000
PROPOSER: Final = "proposer"
NAMES: Final = tuple(f"acceptor{number}" for number in range(1, ACCEPTORS + 1))

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
        for name in NAMES:
            self.transport.sendto(data, (name, PORT))


async def listen(node: asyncio.DatagramProtocol, name: str) -> None:
    """Open a node's socket, on the host that this runs on."""
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: node, local_addr=(name, PORT))
