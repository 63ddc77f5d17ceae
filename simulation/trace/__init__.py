"""What happened in a run, and the certificate of it."""

from simulation.trace.places import Places
from simulation.trace.record import Kind, Record
from simulation.trace.trace import FORMAT, Trace

__all__ = ["FORMAT", "Kind", "Places", "Record", "Trace"]
