"""The lines of the real system's log."""

from simulation.seedlog.printer import log_lines

__all__ = ["log_lines"]
