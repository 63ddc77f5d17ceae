"""How soon is a bug found that is known to be there? Planted bugs x strategies, counted in runs.

A ``trial`` is one search for one bug, from a seed of its own, by what a ``judge`` looks at; the
``search`` carries it out, on many cores and in any order, ``store`` keeps what is finished, and
``statistics`` say what many of them have in common. ``door`` is the way in, ``result`` what comes
out. Everything but the seconds depends on the bugs, the strategies and the code alone.
"""

from simulation.power.door import measure
from simulation.power.judges import JUDGES
from simulation.power.result import Cell, Control, Power

__all__ = ["JUDGES", "Cell", "Control", "Power", "measure"]
