"""From a scenario file and a seed to a plan that the harness carries out.

``load`` and ``parse`` read a file with its overrides and check everything in it;
``plan`` resolves what a seed decides; ``explain`` puts the result into words. The format
is documented in ``docs/scenarios.md``.
"""

from simulation.scenario.explainer import explain
from simulation.scenario.library import Entry, available, load, names
from simulation.scenario.model import Scenario
from simulation.scenario.planner import plan, plan_of
from simulation.scenario.read import parse, with_overrides

__all__ = [
    "Entry",
    "Scenario",
    "available",
    "explain",
    "load",
    "names",
    "parse",
    "plan",
    "plan_of",
    "with_overrides",
]
