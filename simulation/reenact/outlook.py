"""What a log has still to come, process by process: an attempt may look ahead in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.harness import reports as harness
from simulation.protocols.reports import LeaderNamed, Proposed, Report
from simulation.seedlog.forms import FORMS_OF
from simulation.seedlog.lines import Line

OF_SCRIPTS = frozenset(kind for kind in FORMS_OF if kind.__module__ == harness.__name__)
"""The reports that scripts and the coordinator print."""

NAMELESS = frozenset(kind for kind, forms in FORMS_OF.items() if not forms[0].named)
"""The reports whose line does not say who prints it."""


class Outlook:
    """The lines to come of ``count`` processes. Lines are numbered by their place in ``lines``."""

    def __init__(self, lines: Sequence[Line], count: int) -> None:
        self.lines = lines
        self.mine: list[list[int]] = [[] for _ in range(count)]
        """By process, the lines to come of its replica, the next one last."""
        self.waits: list[list[int]] = [[] for _ in range(count)]
        """By process, the lines to come in which its script stops waiting, the next one last."""
        self.last_needed = [-1] * count
        """By process, the last line that it prints, or in which somebody names it leader."""
        for index in range(len(lines) - 1, -1, -1):
            self._see(index, lines[index], count)

    def _see(self, index: int, line: Line, count: int) -> None:
        said = line.said
        if isinstance(said, LeaderNamed) and 0 <= said.leader < count:
            self.last_needed[said.leader] = max(self.last_needed[said.leader], index)
        process = line.process
        if not 0 <= process < count:
            return
        self.last_needed[process] = max(self.last_needed[process], index)
        if type(said) not in OF_SCRIPTS:
            self.mine[process].append(index)
        elif isinstance(said, harness.WaitEnded):
            self.waits[process].append(index)

    def said(self, index: int) -> Report:
        """What a line tells."""
        said = self.lines[index].said
        assert said is not None
        return said

    def next_of(self, process: int) -> int:
        """The next line of a replica, or the end of the log."""
        mine = self.mine[process]
        return mine[-1] if mine else len(self.lines)

    def next_act(self, process: int) -> int:
        """The next line for which a script has to be done with its announcements, or the end of the log."""
        proposals = [index for index in self.mine[process] if isinstance(self.said(index), Proposed)]
        return min([*proposals[-1:], *self.waits[process][-1:]], default=len(self.lines))

    def learns(self, process: int) -> bool:
        """Whether the next time that its script stops waiting, that is because it knows a decision."""
        waits = self.waits[process]
        said = self.said(waits[-1]) if waits else None
        return isinstance(said, harness.WaitEnded) and said.value is not None

    def names_later(self, leader: int) -> Iterator[int]:
        """The processes that will yet name this one leader."""
        for process, mine in enumerate(self.mine):
            if any(_names(self.said(index), leader) for index in mine):
                yield process


def _names(said: Report, leader: int) -> bool:
    return isinstance(said, LeaderNamed) and said.leader == leader
