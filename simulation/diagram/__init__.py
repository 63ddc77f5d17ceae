"""A run as a space-time diagram: a line a process, time downwards, one SVG without script."""

from simulation.diagram.diagram import MOST, Diagram
from simulation.diagram.shown import html

__all__ = ["MOST", "Diagram", "html"]
