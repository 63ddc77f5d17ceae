"""What goes wrong, as data."""

from simulation.faults.kinds import FAULTS, Fault, Kill, PlannedFault, Resume, Strike, Suspend
from simulation.faults.targets import Target, View, resolve

__all__ = [
    "FAULTS",
    "Fault",
    "Kill",
    "PlannedFault",
    "Resume",
    "Strike",
    "Suspend",
    "Target",
    "View",
    "resolve",
]
