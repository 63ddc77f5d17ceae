"""Scenarios in a test suite: ``@pytest.mark.scenario("leader_crash_complex", seeds=200)``.

The hooks stand in ``_simulation_pytest``, which pytest loads in every session; they come here when
a test is marked. This is the only room that knows pytest, and nothing else imports it.
"""

from simulation.pytest_plugin.blocks import Block, call_for_each_seed, refuse_without_runs, spread
from simulation.pytest_plugin.seeds import read_seeds

__all__ = ["Block", "call_for_each_seed", "read_seeds", "refuse_without_runs", "spread"]
