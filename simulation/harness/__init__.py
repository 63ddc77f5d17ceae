"""One run as the real system's tests did it: coordinator, scripts, clients, the end."""

from simulation.harness.harness import Harness, Outcome
from simulation.harness.plan import Calm, Expectation, Happening, Plan

__all__ = ["Calm", "Expectation", "Happening", "Harness", "Outcome", "Plan"]
