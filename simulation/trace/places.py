"""Names for addresses: which process, and which of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

CLIENT = "client"
COORDINATOR = "coordinator"


class Places:
    """The addresses of a run: the machines of all processes, their clients, the coordinator.

    With n processes and k machines in each, machine ``part`` of process ``p`` has the
    address ``part * n + p``, its client ``k * n + p``, the coordinator ``(k + 1) * n``.
    """

    def __init__(self, names: Sequence[str], parts: Sequence[str]) -> None:
        self.names = tuple(names)
        self.parts = (*parts, CLIENT)
        self.count = len(self.names)
        self.coordinator = len(self.parts) * self.count

    def client(self, process: int) -> int:
        """The address of this process's client."""
        return (len(self.parts) - 1) * self.count + process

    def process(self, address: int) -> int:
        """The process that has this address; -1 for the coordinator."""
        return -1 if address >= self.coordinator else address % self.count

    def name(self, address: int) -> str:
        """``p3`` for what serves clients, ``p3.elector``, ``p3.client``, ``coordinator``."""
        if address < 0:
            return ""
        if address >= self.coordinator:
            return COORDINATOR
        part, process = divmod(address, self.count)
        return self.names[process] if part == 0 else f"{self.names[process]}.{self.parts[part]}"

    def ballot(self, number: Any) -> str:
        """``3``; for a ballot that names its process, ``3·p2``, and ``0`` for the one below all of these."""
        match number:
            case (0, 0):
                return "0"
            case (int(turn), int(process)) if 0 <= process < self.count:
                return f"{turn}·{self.names[process]}"
        return str(number)
