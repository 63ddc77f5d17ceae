"""Many runs: every scenario at every point of a grid with every seed, on many cores, nothing lost.

``cells`` are what is run and ``seeds`` how often; ``tasks`` cut it into ``work``, which a ``crew``
does; ``flow`` takes results in order, whoever does them. A run becomes a ``row`` with the ``cause``
of its failure, rows become ``parts`` in a ``folder``, and the ``ledger`` asks them with SQL. The
``patrol`` has a share of runs done again. ``engine`` turns all this, ``door`` is the way in, and
``result`` what comes out. Results, their order and the digest depend on scenarios and seeds alone.
"""

from simulation.sweep.door import read_sweep, sweep
from simulation.sweep.result import Failure, Sweep

__all__ = ["Failure", "Sweep", "read_sweep", "sweep"]
