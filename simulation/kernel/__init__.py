"""Time and chance. The only room that knows SimPy and NumPy's random numbers."""

from simulation.kernel.entropy import Entropy, Purpose, Stream, Table
from simulation.kernel.scheduler import Ending, Entry, Kernel, Lane, Signal

__all__ = ["Ending", "Entropy", "Entry", "Kernel", "Lane", "Purpose", "Signal", "Stream", "Table"]
