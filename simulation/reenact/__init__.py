"""The lines of a run in, an execution that prints exactly these out.

``reenactment`` searches: an ``enactment`` is one attempt, in which the ``outlook`` says what
the log has to come, ``inputs`` what a machine was given, ``silence`` what happened without a
line, ``election`` how a leader came to be announced, the ``coordinator`` and its ``script``s
what the harness did, all on a ``stage``: the driver of every simulated run, held by hand.
``casting`` says which scenario a run is of.
"""

from simulation.reenact.again import reenact_again
from simulation.reenact.enactment import LINE_US
from simulation.reenact.freedom import Freedom
from simulation.reenact.reenactment import Diverged, GivenUp, Reenacted, Reenactor
from simulation.reenact.steps import SpentError

__all__ = [
    "LINE_US",
    "Diverged",
    "Freedom",
    "GivenUp",
    "Reenacted",
    "Reenactor",
    "SpentError",
    "reenact_again",
]
