"""Faults as data, and whom they hit."""

from simulation.faults.kinds import (
    FAULTS,
    UNDONE_BY,
    Fault,
    Kill,
    Pin,
    PlannedFault,
    Restart,
    Resume,
    Strike,
    Suspend,
    Unsaid,
)
from simulation.faults.links import LINK_FAULTS, Cut, Delay, LinkFault, LinksHealed, LinksHit, Lose
from simulation.faults.targets import Target, View, resolve

__all__ = [
    "FAULTS",
    "LINK_FAULTS",
    "UNDONE_BY",
    "Cut",
    "Delay",
    "Fault",
    "Kill",
    "LinkFault",
    "LinksHealed",
    "LinksHit",
    "Lose",
    "Pin",
    "PlannedFault",
    "Restart",
    "Resume",
    "Strike",
    "Suspend",
    "Target",
    "Unsaid",
    "View",
    "resolve",
]
