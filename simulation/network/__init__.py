"""What becomes of a message, and how long things take."""

from simulation.network.conditions import Boot, Conditions
from simulation.network.fabric import Fabric, Transit
from simulation.network.profiles import ABOUT, DIST, LOCAL, PROFILES

__all__ = ["ABOUT", "DIST", "LOCAL", "PROFILES", "Boot", "Conditions", "Fabric", "Transit"]
