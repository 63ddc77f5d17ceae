"""What can go wrong, and whose fault it is. Four kinds that are never mixed.

=====================  ==========================================  =========
exception              who has to act                              exit code
=====================  ==========================================  =========
(none: a result)       the protocol: a property was violated       1
``InputError``         the user: scenario, record, command line    2
``HarnessError``       us: a bug in the harness or in a machine    3
``NondeterminismError``  us, or the user's own protocol            3
=====================  ==========================================  =========

A violated property is a *result* and never an exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SimulationError(Exception):
    """The root of everything that this package raises on purpose."""


class InputError(SimulationError):
    """The user's input is wrong: says where, what is allowed and the nearest right word."""


class ScenarioError(InputError):
    """A scenario file cannot be used. ``problems`` lists everything wrong with it at once."""

    def __init__(self, problems: Iterable[str], *, source: str) -> None:
        self.problems = tuple(problems)
        self.source = source
        count = len(self.problems)
        lines = [*self.problems]
        if count > 1:
            lines.append(f"{count} mistakes in {source}")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by what it was made of, so that it survives the way out of a worker."""
        return _scenario_error, (self.problems, self.source)


def _scenario_error(problems: tuple[str, ...], source: str) -> ScenarioError:
    return ScenarioError(problems, source=source)


class RecordError(InputError):
    """A recorded run cannot be read."""


class LogError(InputError):
    """A log cannot be read as one of the real system."""


class HarnessError(SimulationError):
    """The harness, or a machine that it drives, is at fault. Never the input."""


class NondeterminismError(HarnessError):
    """The same scenario and seed gave two different runs."""


def nearest(word: str, known: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the known word nearest to ``word``, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""
