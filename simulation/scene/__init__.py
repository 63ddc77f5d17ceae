"""What there is to see in a run, before anybody draws it: the diagram and the page share it."""

from simulation.scene.bands import Band
from simulation.scene.casting import Lane
from simulation.scene.memory import Memory, memories
from simulation.scene.scene import Scene, Sight

__all__ = ["Band", "Lane", "Memory", "Scene", "Sight", "memories"]
