"""Does a consensus protocol survive crashes? A deterministic simulation that tells.

::

    import simulation

    scenario = simulation.load("leader_crash_complex", participants=11)
    run = simulation.run(scenario, seed=7)
    print(run.log())
    print(run.verdict, run.decisions, run.digest)

The rooms, from the ground up; each imports only from those above it in this list:

===============  ===================================================================
``units``        whole microseconds; ``errors``: whose fault it is
``kernel``       time and chance; the only room that knows SimPy and random numbers
``protocols``    pure machines: the contract, and the protocols that come with it
``network``      what becomes of a message; the profiles ``local`` and ``dist``
``faults``       what goes wrong, as data
``trace``        what happened, and the certificate of it; ``order``: what before what
``cluster``      the driver: hosts, clients, faults; the only interpreter of effects
``explore``      a protocol's machines in every order of events, within small bounds
``harness``      one run as the real system's tests did it: coordinator and scripts
``search``       one run as a strategy wants it: every move of it is chosen
``seedlog``      the lines of the real system's log
``checks``       a trace in, a verdict with its evidence out
``scenario``     files in the user's words, read strictly, resolved per seed
``scene``        what there is to see in a run, before anybody draws it
``report``       results as text and tables
``diagram``      a run as a space-time diagram; ``exports``: in the formats of other tools
``page``         one file in which a run is stepped through, in a browser or a notebook
``run``          wires all of this together
``reenact``      the lines of a real run in, an execution that prints them out
``replay``       a recorded run again, or why not; ``audit``: a whole log, run by run
``show``         a run as a file that can be looked at
``shrink``       a failing run in, the smallest that fails in the same way out
``sweep``        many runs on many cores, their results in one table
``planted``      protocols that are wrong on purpose, to measure what finds their bugs
``power``        how many runs a strategy needs to find each of them
``cli``          the command line; ``pytest_plugin``: the marker ``scenario`` of pytest
===============  ===================================================================
"""

import sys

if sys.argv[:1] == ["-m"] and sys.orig_argv[-len(sys.argv) :][:1] == ["simulation"]:
    # Ctrl-C while ``python -m simulation`` is still importing.
    import _simulation_command

    _simulation_command.listen()

from simulation.audit import check
from simulation.errors import (
    HarnessError,
    InputError,
    LogError,
    NondeterminismError,
    RecordError,
    ScenarioError,
    SimulationError,
)
from simulation.replay import replay
from simulation.run import Run, Runner, run
from simulation.scenario import Scenario, load
from simulation.show import show
from simulation.shrink import Shrunk, shrink
from simulation.sweep import Sweep, read_sweep, sweep

__version__ = "0.1.0"

__all__ = [
    "HarnessError",
    "InputError",
    "LogError",
    "NondeterminismError",
    "RecordError",
    "Run",
    "Runner",
    "Scenario",
    "ScenarioError",
    "Shrunk",
    "SimulationError",
    "Sweep",
    "check",
    "load",
    "read_sweep",
    "replay",
    "run",
    "show",
    "shrink",
    "sweep",
]
