"""Faults as data, and whom they hit."""

from simulation.faults.kinds import FAULTS, Fault, Kill, PlannedFault, Restart, Resume, Strike, Suspend
from simulation.faults.links import LINK_FAULTS, Cut, Delay, LinkFault, LinksHealed, LinksHit, Lose
from simulation.faults.targets import Target, View, resolve

__all__ = [
    "FAULTS",
    "LINK_FAULTS",
    "Cut",
    "Delay",
    "Fault",
    "Kill",
    "LinkFault",
    "LinksHealed",
    "LinksHit",
    "Lose",
    "PlannedFault",
    "Restart",
    "Resume",
    "Strike",
    "Suspend",
    "Target",
    "View",
    "resolve",
]
