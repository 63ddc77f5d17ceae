"""Runs that look for trouble: a strategy makes every move, and time has no say."""

from simulation.search.moves import Calm, Deliver, Schedule, misfit, read_schedule, write_schedule
from simulation.search.registry import STRATEGIES, find_strategy
from simulation.search.retrace import retrace
from simulation.search.storm import Storm, timeless
from simulation.search.strategy import Strategy

__all__ = [
    "STRATEGIES",
    "Calm",
    "Deliver",
    "Schedule",
    "Storm",
    "Strategy",
    "find_strategy",
    "misfit",
    "read_schedule",
    "retrace",
    "timeless",
    "write_schedule",
]
