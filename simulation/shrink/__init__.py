"""From a failing run to the smallest one that fails in the same way, and the story that it tells."""

from simulation.shrink.door import Shrinking, Shrunk, failing, shrink

__all__ = ["Shrinking", "Shrunk", "failing", "shrink"]
