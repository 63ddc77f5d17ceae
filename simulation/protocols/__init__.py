"""Pure machines: what a protocol is, and the protocols that come with the package.

Nothing in this room knows a clock, a random number, a file or the simulator.
"""

from simulation.protocols.machine import Config, Machine, handles
from simulation.protocols.registry import Protocol, find_protocol, protocols

__all__ = ["Config", "Machine", "Protocol", "find_protocol", "handles", "protocols"]
