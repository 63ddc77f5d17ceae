"""How much a search may do before it is given up: counted, so that it is the same on every machine."""

from __future__ import annotations

from simulation.seedlog.runs import LoggedRun

LEAST_STEPS = 1_000_000
"""Every run may have so many. The real log's runs take 10,226 at the most."""

FOR_EACH = 20
"""So many for each line and participant: ``many_1`` among a hundred takes 8."""

MOST_STEPS = 10_000_000
"""No run may have more, however large it is."""


def steps_for(run: LoggedRun) -> int:
    """How many steps the search for this run may take."""
    return min(max(LEAST_STEPS, FOR_EACH * len(run.readable) * run.participants), MOST_STEPS)


class SpentError(Exception):
    """All steps are taken. ``index`` is the line of the run that was to be printed then."""

    index = 0


class Steps:
    """The steps of one search. One is an input looked at, asked about, sent or handed over."""

    def __init__(self) -> None:
        self.most = self._left = 0

    def refill(self, most: int) -> None:
        """Begin a search that may take ``most``."""
        self.most = self._left = most

    def take(self, count: int = 1) -> None:
        """Take steps. Raises ``SpentError`` where there are not so many left."""
        self._left -= count
        if self._left < 0:
            raise SpentError

    @property
    def taken(self) -> int:
        """How many were taken in this search."""
        return self.most - self._left
